package dev.heliograph.console.testing;

import dev.heliograph.console.action.Gate;
import dev.heliograph.console.action.Journal;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.workspace.Background;
import dev.heliograph.console.workspace.LinkState;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/// A workspace whose cluster is a [FakeRelay]: what a model does in the background is done at once, on the test's
/// thread,
/// and what it does now and again is done when [#tick] is called.
public final class Bench {

    public final TestClock clock = new TestClock();

    /// When the test begins.
    public final Instant start = clock.instant();

    public final FakeRelay relay = new FakeRelay(clock);

    public final TestFeed feed = new TestFeed();

    private final List<Runnable> repeated = new CopyOnWriteArrayList<>();

    public final Workspace workspace = new Workspace(
            "demo",
            relay.api(),
            feed,
            new Value<>(new LinkState.Connecting()),
            new Gate("demo", clock),
            new Journal(clock),
            new AtOnce(),
            clock);

    private final class AtOnce implements Background {

        @Override
        public <T> CompletableFuture<T> call(Callable<T> work) {
            try {
                return CompletableFuture.completedFuture(work.call());
            } catch (Exception e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        @Override
        public Watch every(Duration pause, Runnable work) {
            repeated.add(work);
            work.run();
            return () -> repeated.remove(work);
        }
    }

    /// Whatever is done now and again is done once more.
    public void tick() {
        repeated.forEach(Runnable::run);
    }

    /// Whether the cluster is asked anything without being told to.
    public boolean isBusy() {
        return !repeated.isEmpty() || !feed.wishes().isEmpty();
    }

    /// Performs a proposal as the console does, and keeps it in the journal.
    public Proposal.Outcome perform(Proposal proposal, String reason) {
        Proposal.Outcome outcome = proposal.work().perform(reason);
        workspace.journal().add(proposal, outcome);
        return outcome;
    }
}
