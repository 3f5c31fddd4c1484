package dev.heliograph.cli;

import java.util.concurrent.CountDownLatch;

/// The end that SIGTERM or SIGINT asks for. While this is installed a first signal only wakes [#await], so that the end
/// is an orderly one with exit code 0; a second one ends the process at once.
///
/// Not a shutdown hook: there the exit code is always 143, and the loggers end while the relay still has something to
/// say.
final class Termination {

    private static final int KILLED_BY_SIGNAL = 128;

    private final CountDownLatch asked = new CountDownLatch(1);

    private Termination() {}

    static Termination install() {
        Termination termination = new Termination();
        for (String name : new String[] {"TERM", "INT"}) {
            sun.misc.Signal.handle(new sun.misc.Signal(name), termination::signal);
        }
        return termination;
    }

    private void signal(sun.misc.Signal signal) {
        if (asked.getCount() == 0) {
            Runtime.getRuntime().halt(KILLED_BY_SIGNAL + signal.getNumber());
        }
        asked.countDown();
    }

    /// Returns when the process is asked to end.
    void await() throws InterruptedException {
        asked.await();
    }
}
