package dev.heliograph.server.transport;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// Keeps the accept loop from running ahead of the virtual threads that serve what it accepts.
///
/// Those threads take turns in the order in which they became ready. Thousands of new connections at once would be in
/// front of the next command of every client that is connected already; so the loop looks each [#RUN] connections
/// whether the turn has come to what it started last, and meanwhile the others wait in the listen backlog, where they
/// delay nobody. For the accept loop's thread only.
final class AcceptPace {

    /// As many handshakes take some milliseconds.
    static final int RUN = 16;

    /// The machine has stalled, or somebody blocks the carriers: not to accept would not help.
    static final Duration LONGEST = Duration.ofMillis(100);

    private final Executor threads;
    private int accepted;

    AcceptPace() {
        this(Thread::startVirtualThread);
    }

    /// @param threads runs what it is given when its turn has come
    AcceptPace(Executor threads) {
        this.threads = threads;
    }

    /// A connection was accepted; returns when the next one may be.
    void accepted() {
        if (++accepted < RUN) {
            return;
        }
        accepted = 0;
        CountDownLatch turn = new CountDownLatch(1);
        threads.execute(turn::countDown);
        try {
            // Late or not, the next one is accepted.
            var _ = turn.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
