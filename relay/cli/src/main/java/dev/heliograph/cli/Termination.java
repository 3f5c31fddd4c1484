package dev.heliograph.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Turns SIGTERM and SIGINT into a request for an orderly end with exit code 0; a second one ends the process at once.
///
/// Not a shutdown hook: with one the exit code is 143 whatever happens, and the loggers end while the relay still has
/// something to say.
public final class Termination implements AutoCloseable {

    private static final int KILLED_BY_SIGNAL = 128;

    private record Previous(Signal signal, SignalHandler handler) {}

    private final AtomicBoolean asked = new AtomicBoolean();
    private final Runnable end;
    private final Deque<Previous> previous = new ArrayDeque<>();

    /// Begins to listen.
    ///
    /// @param end told of the first signal; must not block
    public Termination(Runnable end) {
        this.end = end;
        for (String name : new String[] {"TERM", "INT"}) {
            Signal signal = new Signal(name);
            previous.add(new Previous(signal, Signal.handle(signal, this::hear)));
        }
    }

    private void hear(Signal signal) {
        if (!asked.compareAndSet(false, true)) {
            Runtime.getRuntime().halt(KILLED_BY_SIGNAL + signal.getNumber());
        }
        end.run();
    }

    /// Signals do again what they did before.
    @Override
    public void close() {
        previous.forEach(each -> Signal.handle(each.signal(), each.handler()));
    }
}
