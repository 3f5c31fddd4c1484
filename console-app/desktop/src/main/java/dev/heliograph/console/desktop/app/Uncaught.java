package dev.heliograph.console.desktop.app;

import dev.heliograph.console.desktop.ui.Fx;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// What becomes of an error that nobody expected: it is logged, and told to the operator once, and the console goes on:
/// whoever is in the middle of an incident wants to go on. One that comes again each second would keep them from it.
/// Threadsafe.
final class Uncaught implements Thread.UncaughtExceptionHandler {

    private static final System.Logger LOG = System.getLogger(Uncaught.class.getName());

    private final Consumer<Throwable> tell;
    private final Set<Place> told = ConcurrentHashMap.newKeySet();

    /// Two errors of the same place are the same.
    private record Place(Class<?> kind, Optional<StackTraceElement> line) {}

    /// @param tell shows an error to the operator, on JavaFX's thread
    Uncaught(Consumer<Throwable> tell) {
        this.tell = tell;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable error) {
        LOG.log(Level.ERROR, "uncaught on " + thread.getName(), error);
        Optional<StackTraceElement> line = Arrays.stream(error.getStackTrace()).findFirst();
        if (told.add(new Place(error.getClass(), line))) {
            Fx.run(() -> tell.accept(error));
        }
    }
}
