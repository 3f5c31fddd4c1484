package dev.heliograph.server.connections;

import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Push;
import dev.heliograph.server.hub.Delivery;
import dev.heliograph.server.hub.Hub;
import dev.heliograph.server.hub.Loop;
import dev.heliograph.server.hub.Shard;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// Shows an operator some of what is published in a channel, until its time is over or it is closed. Threadsafe.
///
/// It hears the channel on its own node as a loop of connections does, but counts as no subscriber and holds
/// nobody up: what it cannot show is counted. Masking and the listener's work are done on a thread of its own.
public final class Tail implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Tail.class.getName());

    /// Publications that wait for the listener.
    private static final int WAITING = 4 * TailRequest.MAX_PER_SECOND;

    /// Who looks. Both are called on the tail's thread, and may block.
    public interface Listener {
        /// @param skipped publications so far that were not shown
        void onLine(TailLine line, long skipped);

        /// Called once, and nothing after it.
        ///
        /// @param seen    publications that came
        /// @param skipped those of them that were not shown
        void onEnd(long seen, long skipped);
    }

    private record Heard(long at, Publication publication) {}

    private final TailRequest request;
    private final Hub hub;
    private final Clock clock;
    private final Listener listener;
    private final Runnable whenEnded;
    private final Ear ear;

    /// Empty at the end.
    private final BlockingQueue<Optional<Heard>> waiting = new ArrayBlockingQueue<>(WAITING);

    private final LongAdder seen = new LongAdder();
    private final LongAdder shown = new LongAdder();
    private final LongAdder skipped = new LongAdder();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean closed;

    /// Begins to listen; when this returns, it hears what is published from now on.
    ///
    /// @param whenEnded run behind the listener's end
    Tail(TailRequest request, Hub hub, Clock clock, Listener listener, Runnable whenEnded) {
        this.request = request;
        this.hub = hub;
        this.clock = clock;
        this.listener = listener;
        this.whenEnded = whenEnded;
        this.ear = new Ear(request.perSecond());
    }

    void start() {
        hub.join(request.channel(), ear);
        Thread.ofVirtual().name("tail").start(this::run);
    }

    private void run() {
        long deadline = System.nanoTime() + request.duration().toNanos();
        try {
            while (!closed) {
                Optional<Heard> heard = waiting.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                // Without one its time is over.
                if (heard == null || heard.isEmpty()) {
                    break;
                }
                show(heard.get());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, () -> "the listener of a tail failed: " + e);
        } finally {
            end();
        }
    }

    private void show(Heard heard) {
        Publication publication = heard.publication();
        shown.increment();
        TailLine line = new TailLine(
                heard.at(),
                publication.offset(),
                publication.data().length(),
                request.masking().show(publication.data()),
                publication.info().map(ClientInfo::user).orElse(""),
                publication.info().map(ClientInfo::client).orElse(""));
        listener.onLine(line, skipped.sum());
    }

    private void end() {
        closed = true;
        try {
            hub.leave(request.channel(), ear);
            listener.onEnd(seen.sum(), seen.sum() - shown.sum());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "a tail could not be ended in order: " + e);
        } finally {
            whenEnded.run();
            ended.countDown();
        }
    }

    /// Ends it soon; does nothing if it has ended.
    @Override
    public void close() {
        closed = true;
        waiting.clear();
        waiting.offer(Optional.empty());
    }

    /// Waits for its end.
    ///
    /// @return whether it has ended
    boolean awaitEnd(long millis) throws InterruptedException {
        return ended.await(millis, TimeUnit.MILLISECONDS);
    }

    /// How the hub sees it.
    private final class Ear implements Loop {

        private final SecondBudget budget;

        Ear(int perSecond) {
            this.budget = new SecondBudget(perSecond);
        }

        @Override
        public void deliver(Delivery delivery) {
            if (delivery.push() instanceof Push.Pub pub) {
                seen.increment();
                // Where it is full the listener is too slow.
                if (closed
                        || !budget.take(System.nanoTime())
                        || !waiting.offer(Optional.of(new Heard(clock.millis(), pub.publication())))) {
                    skipped.increment();
                }
            }
        }

        @Override
        public boolean observes() {
            return true;
        }

        @Override
        public int backlog() {
            return 0;
        }

        /// What the hub asks of shards is none of its business.
        @Override
        public void execute(Runnable task) {}

        @Override
        public void run(Runnable task) {}

        @Override
        public Shard shard() {
            throw new IllegalStateException("a tail has no shard");
        }
    }
}
