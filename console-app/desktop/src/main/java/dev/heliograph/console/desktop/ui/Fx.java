package dev.heliograph.console.desktop.ui;

import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.application.Platform;

/// The way to JavaFX's thread. Nothing touches a node that is shown on another one.
public final class Fx {

    private Fx() {}

    /// To be called first by whatever must be on JavaFX's thread.
    public static void checkThread() {
        if (!Platform.isFxApplicationThread()) {
            throw new IllegalStateException(
                    "not on JavaFX's thread but on " + Thread.currentThread().getName());
        }
    }

    /// At once if this is JavaFX's thread, else later on it.
    public static void run(Runnable work) {
        if (Platform.isFxApplicationThread()) {
            work.run();
        } else {
            Platform.runLater(work);
        }
    }

    /// Shows a value of the core and each later one on JavaFX's thread. Of values that come faster than the toolkit
    /// draws only
    /// the last one is shown. After the watch is closed, on JavaFX's thread, nothing is shown any more.
    public static <T> Watch show(Value<T> value, Consumer<? super T> show) {
        AtomicReference<Optional<T>> pending = new AtomicReference<>(Optional.empty());
        Shown<T> shown = new Shown<>(pending, show);
        Watch watch = value.listen(next -> {
            if (pending.getAndSet(Optional.of(next)).isEmpty()) {
                run(shown);
            }
        });
        return () -> {
            watch.close();
            shown.closed = true;
        };
    }

    /// What becomes of work in the background, on JavaFX's thread.
    public static <T> void then(
            CompletableFuture<T> work, Consumer<? super T> done, Consumer<? super Throwable> failed) {
        CompletableFuture<T> _ = work.whenComplete((result, failure) -> run(() -> {
            if (failure == null) {
                done.accept(result);
            } else if (failure instanceof CompletionException e && e.getCause() != null) {
                failed.accept(e.getCause());
            } else {
                failed.accept(failure);
            }
        }));
    }

    private static final class Shown<T> implements Runnable {

        private final AtomicReference<Optional<T>> pending;
        private final Consumer<? super T> show;
        private volatile boolean closed;

        Shown(AtomicReference<Optional<T>> pending, Consumer<? super T> show) {
            this.pending = pending;
            this.show = show;
        }

        @Override
        public void run() {
            Optional<T> next = pending.getAndSet(Optional.empty());
            if (!closed) {
                next.ifPresent(show);
            }
        }
    }
}
