package dev.heliograph.loadtest;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Publishes to topics in turn, either as many as are delivered or at an even rate, for some time; then waits for the
/// last
/// of them to be delivered. For the thread of its reactor, but for [#result].
final class Publishing {

    /// How many, and how long it took.
    record Done(long published, long expected, double seconds) {}

    /// How long nothing may be delivered while something is on its way.
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    private static final long WATCH = TimeUnit.MILLISECONDS.toNanos(100);

    private final Reactor reactor;
    private final List<Sender> senders;
    private final List<Topic> topics;
    private final int size;
    private final LongSupplier delivered;
    private final long start;
    private final long began = System.nanoTime();
    private long end;

    /// Publications on their way at a time; 0 to keep a rate.
    private final int inFlight;

    /// Nanoseconds from one publication to the next; 0 to keep as many on their way.
    private final double pause;

    private final CompletableFuture<Done> result = new CompletableFuture<>();
    private final double meanSubscribers;
    private long published;
    private long expected;
    private long seen;
    private long seenAt = began;
    private boolean pumping;
    private boolean planned;
    private boolean awaiting = true;

    /// @param delivered how many publications members got so far
    private Publishing(
            Reactor reactor,
            List<Sender> senders,
            List<Topic> topics,
            int size,
            LongSupplier delivered,
            int inFlight,
            double pause,
            long nanos) {
        this.reactor = reactor;
        this.senders = senders;
        this.topics = topics;
        this.size = size;
        this.delivered = delivered;
        this.inFlight = inFlight;
        this.pause = pause;
        this.start = delivered.getAsLong();
        this.end = began + nanos;
        this.meanSubscribers =
                topics.stream().mapToInt(Topic::subscribers).average().orElse(0);
    }

    static Publishing saturating(
            Reactor reactor,
            List<Sender> senders,
            List<Topic> topics,
            int size,
            LongSupplier delivered,
            int inFlight,
            long nanos) {
        return new Publishing(reactor, senders, topics, size, delivered, inFlight, 0, nanos);
    }

    static Publishing paced(
            Reactor reactor,
            List<Sender> senders,
            List<Topic> topics,
            int size,
            LongSupplier delivered,
            double perSecond,
            long nanos) {
        return new Publishing(
                reactor, senders, topics, size, delivered, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, nanos);
    }

    CompletableFuture<Done> result() {
        return result;
    }

    void begin() {
        pump();
        watch();
    }

    private void watch() {
        if (!result.isDone()) {
            pump();
            reactor.after(WATCH, this::watch);
        }
    }

    /// Does not wait for the last deliveries: clients come and go, so that nobody knows their number before.
    Publishing withoutWaiting() {
        awaiting = false;
        return this;
    }

    /// Whether deliveries bring the next publication on.
    boolean isSaturating() {
        return pause == 0;
    }

    /// Publishes nothing more.
    void stop() {
        end = Math.min(end, System.nanoTime());
    }

    /// Publishes what is due; to be called whenever something was delivered.
    void pump() {
        if (pumping || result.isDone()) {
            return;
        }
        pumping = true;
        // Called for all that is delivered: no stream, nothing allocated.
        for (Sender sender : senders) {
            if (!sender.failure().isEmpty()) {
                result.completeExceptionally(new LoadException(sender.failure()));
                return;
            }
        }
        if (pause > 0) {
            paced();
        } else {
            saturate();
        }
        for (Sender sender : senders) {
            sender.flush();
        }
        pumping = false;
        finishIfOver();
    }

    private void saturate() {
        long now = System.nanoTime();
        long most = (long) Math.ceil(inFlight * meanSubscribers);
        while (now - end < 0 && expected - came() < most) {
            publish(now);
        }
    }

    private void paced() {
        long due = due();
        while (due - System.nanoTime() <= 0 && due - end < 0) {
            publish(due);
            due = due();
        }
        // One timer at a time, however often this is called.
        if (due - end < 0 && !planned) {
            planned = true;
            reactor.after(Math.max(0, due - System.nanoTime()), () -> {
                planned = false;
                pump();
            });
        }
    }

    private long due() {
        return began + (long) (published * pause);
    }

    private void publish(long due) {
        Topic topic = topics.get((int) (published % topics.size()));
        // A topic has one sender, so that its publications keep their order.
        Sender sender = senders.get(topic.index() % senders.size());
        expected += topic.subscribers();
        sender.publish(topic, topic.publish(), due, size);
        published++;
    }

    private long came() {
        return delivered.getAsLong() - start;
    }

    private void finishIfOver() {
        long now = System.nanoTime();
        long came = came();
        if (came != seen) {
            seen = came;
            seenAt = now;
        }
        boolean over = pause > 0 ? due() - end >= 0 : now - end >= 0;
        if ((over && (!awaiting || came >= expected)) || (awaiting && came < expected && now - seenAt > PATIENCE)) {
            result.complete(new Done(published, expected, (seenAt - began) / 1e9));
        }
    }
}
