package dev.heliograph.console.testing;

import dev.heliograph.console.action.Gate;
import dev.heliograph.console.action.Journal;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.api.LiveFeed;
import dev.heliograph.console.api.StreamWish;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.StreamMessage;
import dev.heliograph.console.workspace.Background;
import dev.heliograph.console.workspace.LinkState;
import dev.heliograph.console.workspace.Workspace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/// A workspace whose cluster is a [FakeRelay]: what a model does in the background is done at once, what it does now
/// and
/// again when [#tick] is called, and time goes on when [#pass] is called.
public final class Bench {

    /// Where time begins.
    public static final Instant START = Instant.parse("2026-11-29T12:00:00Z");

    private Instant now = START;

    public final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    public final FakeRelay relay = new FakeRelay(clock);

    /// Streams that are being watched.
    public final List<Stream> streams = new ArrayList<>();

    private final List<Runnable> repeated = new ArrayList<>();

    /// One who watches.
    public record Stream(StreamWish wish, LiveFeed.Listener listener) {

        public void send(StreamMessage message) {
            listener.onMessage(message);
        }
    }

    public final Workspace workspace = new Workspace(
            "test cluster",
            relay.api(),
            this::watch,
            new Value<>(new LinkState.Connecting()),
            new Gate("test cluster", clock),
            new Journal(clock),
            new AtOnce(),
            clock);

    private Watch watch(StreamWish wish, LiveFeed.Listener listener) {
        Stream stream = new Stream(wish, listener);
        streams.add(stream);
        return () -> streams.remove(stream);
    }

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
        List.copyOf(repeated).forEach(Runnable::run);
    }

    /// Whether anything is done now and again.
    public boolean isBusy() {
        return !repeated.isEmpty() || !streams.isEmpty();
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    /// Performs a proposal as the console does, and keeps it in the journal.
    public Proposal.Outcome perform(Proposal proposal, String reason) {
        Proposal.Outcome outcome = proposal.work().perform(reason);
        workspace.journal().add(proposal, outcome);
        return outcome;
    }
}
