package dev.heliograph.console.runbooks;

import dev.heliograph.console.runbooks.RunbooksModel.Ended;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.Step;
import dev.heliograph.runbook.run.Entry;
import dev.heliograph.runbook.run.RunbookRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Steps that are done on this machine and take minutes: they go on by themselves until they end or are stopped.
/// Closing stops all. Threadsafe.
final class LocalSteps implements AutoCloseable {

    /// A process gets five seconds to end before it is forced to.
    private static final Duration END = Duration.ofSeconds(7);

    /// One of them.
    ///
    /// @param over comes to zero when nothing of it is left, also after it was cancelled
    record Going(RunbookRun run, Step step, CompletableFuture<Boolean> work, CountDownLatch over) {

        private boolean isGoing() {
            return over.getCount() > 0;
        }

        /// Has it end, and waits for that.
        ///
        /// @return whether it has
        boolean stop() {
            work.cancel(true);
            try {
                return over.await(END.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private final Workspace workspace;
    private final Value<Optional<Ended>> ended = new Value<>(Optional.empty());
    private final List<Going> all = new CopyOnWriteArrayList<>();

    LocalSteps(Workspace workspace) {
        this.workspace = workspace;
    }

    Value<Optional<Ended>> ended() {
        return ended;
    }

    /// @param work does the step, and writes down how it ended
    void begin(RunbookRun run, Step step, Runnable work) {
        if (find(run, step.id()).isPresent()) {
            throw new RunbookException(Messages.text("runbooks.going"));
        }
        CountDownLatch over = new CountDownLatch(1);
        CompletableFuture<Boolean> doing = workspace.background().call(() -> {
            try {
                work.run();
                return true;
            } finally {
                over.countDown();
            }
        });
        all.removeIf(each -> !each.isGoing());
        all.add(new Going(run, step, doing, over));
        var _ = doing.whenComplete((_, failure) -> tellEnd(run, step, Optional.ofNullable(failure)));
    }

    private void tellEnd(RunbookRun run, Step step, Optional<Throwable> failure) {
        if (failure.filter(CancellationException.class::isInstance).isPresent()) {
            return;
        }
        String last = run.state().transcript().entries().reversed().stream()
                .filter(entry -> entry.subject().equals(step.id()))
                .findFirst()
                .map(Entry::text)
                .orElse("");
        String key = failure.isEmpty() ? "runbooks.ended" : "runbooks.ended.failed";
        ended.set(Optional.of(
                new Ended(workspace.clock().instant(), Messages.text(key, step.title(), last), failure.isEmpty())));
    }

    Optional<Going> find(RunbookRun run, String step) {
        return all.stream()
                .filter(each -> each.run() == run && each.step().id().equals(step) && each.isGoing())
                .findFirst();
    }

    boolean isAnyOf(RunbookRun run) {
        return all.stream().anyMatch(each -> each.run() == run && each.isGoing());
    }

    /// Waits until they have ended: no process is left behind.
    @Override
    public void close() {
        all.forEach(each -> each.work().cancel(true));
        all.forEach(Going::stop);
    }
}
