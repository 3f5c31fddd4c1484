package dev.heliograph.console.testing;

import dev.heliograph.console.value.Watch;
import dev.heliograph.console.workspace.Background;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/// Does work on virtual threads; what is to be done now and again is done when the test says so, on its thread.
public final class TestBackground implements Background {

    private record Again(Duration pause, Runnable work) {}

    private final List<Again> again = new CopyOnWriteArrayList<>();

    @Override
    public <T> CompletableFuture<T> call(Callable<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().unstarted(() -> {
            try {
                future.complete(work.call());
            } catch (Exception e) {
                future.completeExceptionally(e);
            }
        });
        var _ = future.whenComplete((_, _) -> {
            if (future.isCancelled()) {
                thread.interrupt();
            }
        });
        thread.start();
        return future;
    }

    @Override
    public Watch every(Duration pause, Runnable work) {
        Again added = new Again(pause, work);
        again.add(added);
        return () -> again.remove(added);
    }

    /// How often something is done, of all that is done now and again.
    public List<Duration> pauses() {
        return again.stream().map(Again::pause).toList();
    }

    /// Does all of it once.
    public void tick() {
        again.forEach(each -> each.work.run());
    }
}
