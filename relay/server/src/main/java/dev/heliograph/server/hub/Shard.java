package dev.heliograph.server.hub;

import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.StreamPosition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The subscriptions of the connections of one event loop. Only the loop's thread touches it: no locks.
///
/// Deliveries are collected while the loop works through its queue and written in [#flush]: what is pending for
/// a channel goes to each of its subscribers in one write of one shared buffer. A write costs the same for one
/// frame as for many, so after a flush that took long the next one waits a little for more ([#flushIfDue]):
/// throughput grows with the load, and a shard that has little to do never waits.
public final class Shard {

    /// Bytes of a batch that share one buffer: a socket's send buffer takes about as much in one write.
    private static final int BATCH_BYTES = 128 * 1024;

    /// After a flush deliveries wait as long as it took, but no longer than this. To 1,000 subscribers on two
    /// cores that makes 1.4 million deliveries a second out of 0.95 million, and lower latencies (`make bench`,
    /// 32 publications on their way); more pause gives little more.
    static final long MAX_PAUSE_NANOS = 5_000_000;

    /// Shorter pauses than a selector can sleep are none.
    private static final long MIN_PAUSE_NANOS = 500_000;

    /// As many deliveries as this do not wait.
    static final int FULL = 1_024;

    private final ShardMeter meter;
    private final LongSupplier clock;

    private final Map<String, Channel> channels = new HashMap<>();
    private final List<Channel> touched = new ArrayList<>();
    private final ByteBuffer json = ByteBuffer.allocateDirect(BATCH_BYTES);
    private final ByteBuffer protobuf = ByteBuffer.allocateDirect(BATCH_BYTES);

    private int collected;

    /// When collected deliveries may be written.
    private long dueAt;

    public Shard(ShardMeter meter) {
        this(meter, System::nanoTime);
    }

    /// @param clock nanoseconds, as of [System#nanoTime]
    Shard(ShardMeter meter, LongSupplier clock) {
        this.meter = meter;
        this.clock = clock;
        this.dueAt = clock.getAsLong();
    }

    /// Adds a pending subscription.
    public void add(Subscription subscription) {
        channels.computeIfAbsent(subscription.channel(), Channel::new).add(subscription);
    }

    /// Makes a subscription live at a position, with all that came since it was added. Called behind the reply.
    public void activate(Subscription subscription, StreamPosition position) {
        if (!subscription.pending()) {
            return;
        }
        // What was collected before belongs to the pending phase, or the position check below would see it as a gap.
        Channel channel = channels.get(subscription.channel());
        if (channel != null && !channel.pending.isEmpty()) {
            flush();
        }
        if (!subscription.activate(position) && subscription.positioned()) {
            meter.gap(ShardMeter.Gap.BEGINNING);
            remove(subscription);
            subscription.insufficientState();
        }
    }

    public void remove(Subscription subscription) {
        Channel channel = channels.get(subscription.channel());
        if (channel != null && subscription.index >= 0 && !channel.pending.isEmpty()) {
            // What was published before it leaves is still for it. (It may leave by this flush, at a gap.)
            flush();
        }
        if (channel != null && subscription.index >= 0) {
            channel.remove(subscription);
            if (channel.isEmpty()) {
                channels.remove(subscription.channel());
            }
        }
        subscription.end();
    }

    /// Collects a delivery for the next [#flush].
    public void deliver(Delivery delivery) {
        Channel channel = channels.get(delivery.channel());
        if (channel != null) {
            if (channel.pending.isEmpty()) {
                touched.add(channel);
            }
            channel.pending.add(delivery);
            collected++;
        }
    }

    /// Ends the positioned subscriptions of a channel that have not come as far as they should have.
    public void verify(String name, StreamPosition reached) {
        Channel channel = channels.get(name);
        if (channel == null) {
            return;
        }
        if (!channel.pending.isEmpty()) {
            flush();
        }
        for (int i = channel.size - 1; i >= 0; i--) {
            Subscription subscription = channel.subscriptions[i];
            if (subscription.isBehind(reached)) {
                meter.gap(ShardMeter.Gap.POSITION_CHECK);
                channel.remove(subscription);
                subscription.end();
                subscription.insufficientState();
            }
        }
        if (channel.isEmpty()) {
            channels.remove(name);
        }
    }

    /// How long what was collected must still wait; negative if nothing was.
    public long waitNanos() {
        if (touched.isEmpty()) {
            return -1;
        }
        return collected >= FULL ? 0 : Math.max(0, dueAt - clock.getAsLong());
    }

    /// Writes all that was collected, unless it must wait after the last flush.
    public void flushIfDue() {
        if (waitNanos() == 0) {
            long began = clock.getAsLong();
            flush();
            long ended = clock.getAsLong();
            long pause = Math.min(ended - began, MAX_PAUSE_NANOS);
            dueAt = pause < MIN_PAUSE_NANOS ? ended : ended + pause;
        }
    }

    /// Writes all that was collected.
    public void flush() {
        if (touched.isEmpty()) {
            return;
        }
        for (Channel channel : touched) {
            channel.flush(this);
        }
        for (Channel channel : touched) {
            channel.pending.clear();
            if (channel.isEmpty()) {
                channels.remove(channel.name);
            }
        }
        touched.clear();
        collected = 0;
    }

    private Batch batch(List<Delivery> run, Encoding encoding) {
        return Batch.of(run, encoding, encoding == Encoding.JSON ? json : protobuf);
    }

    private static final class Channel {

        private final String name;
        private Subscription[] subscriptions = new Subscription[2];
        private int size;
        private final List<Delivery> pending = new ArrayList<>(2);

        Channel(String name) {
            this.name = name;
        }

        boolean isEmpty() {
            return size == 0;
        }

        void add(Subscription subscription) {
            if (size == subscriptions.length) {
                subscriptions = Arrays.copyOf(subscriptions, size * 2);
            }
            subscription.index = size;
            subscriptions[size++] = subscription;
        }

        /// The last one takes the place of the removed one: their order means nothing.
        @SuppressWarnings("NullAway")
        void remove(Subscription subscription) {
            Subscription last = subscriptions[--size];
            subscriptions[subscription.index] = last;
            last.index = subscription.index;
            subscriptions[size] = null;
            subscription.index = -1;
        }

        void flush(Shard shard) {
            int from = 0;
            while (from < pending.size()) {
                int to = endOfRun(from);
                write(shard, pending.subList(from, to));
                from = to;
            }
        }

        /// A run is what can be written as one: publications numbered one after the other that fit the buffer,
        /// or one other delivery.
        private int endOfRun(int from) {
            Delivery first = pending.get(from);
            int to = from + 1;
            if (!first.publication()) {
                return to;
            }
            long bytes = first.sizeHint();
            while (to < pending.size()) {
                Delivery next = pending.get(to);
                long expected = first.offset() == 0 ? 0 : first.offset() + (to - from);
                if (!next.publication()
                        || next.offset() != expected
                        || !next.epoch().equals(first.epoch())) {
                    break;
                }
                bytes += next.sizeHint();
                if (bytes > BATCH_BYTES) {
                    break;
                }
                to++;
            }
            return to;
        }

        /// From the last to the first, so that one that leaves does not move one that is yet to come.
        private void write(Shard shard, List<Delivery> run) {
            Delivery first = run.getFirst();
            @Nullable Batch json = null;
            @Nullable Batch protobuf = null;
            boolean tracing = shard.meter.tracing();
            int written = 0;
            for (int i = size - 1; i >= 0; i--) {
                Subscription subscription = subscriptions[i];
                if (subscription.pending()) {
                    run.forEach(subscription::keep);
                    continue;
                }
                if (!subscription.live() || !(first.publication() || subscription.hearsJoinLeave())) {
                    continue;
                }
                Batch batch;
                if (subscription.sink().encoding() == Encoding.JSON) {
                    batch = json == null ? json = shard.batch(run, Encoding.JSON) : json;
                } else {
                    batch = protobuf == null ? protobuf = shard.batch(run, Encoding.PROTOBUF) : protobuf;
                }
                if (!subscription.accept(batch, first.epoch(), first.publication() ? first.offset() : 0)) {
                    shard.meter.gap(ShardMeter.Gap.PUBLICATION);
                    remove(subscription);
                    subscription.end();
                    subscription.insufficientState();
                    continue;
                }
                written++;
                if (tracing) {
                    trace(shard, subscription, batch);
                }
            }
            if (first.publication()) {
                shard.meter.written(run, written);
            }
        }

        private void trace(Shard shard, Subscription subscription, Batch batch) {
            subscription
                    .sink()
                    .about()
                    .ifPresent(about -> shard.meter
                            .tracer()
                            .delivered(
                                    about, name, batch.frames(), batch.bytes(0).remaining()));
        }
    }
}
