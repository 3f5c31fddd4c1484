package dev.heliograph.server.transport;

import dev.heliograph.server.config.SlowConsumer;
import dev.heliograph.server.hub.Subscription;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// Treats what waits for peers that do not read fast enough by the policy of each namespace, and counts what is
/// lost by that. One for all connections of a node; the counts may be read from any thread.
///
/// How a client hears of a loss: its subscription ends with 2500 behind all that waits, so that it subscribes anew when
/// it has read that far, and recovers if the namespace lets it.
///
/// - A subscription with a position could not use what follows a gap: all of it that waits goes, and it ends at once.
/// - Any other keeps its newest publications, and ends when the peer has caught up, or when it loses for the second
///   time before: so that a short stall costs it as little as possible, and a long one is not hidden.
/// - With [SlowConsumer#LATEST_ONLY] a publication that is overtaken is skipped as long as the peer is behind. A
///   subscription with a position ends when the peer has caught up. One without does not: what came while it
///   subscribes anew would be lost, and that may be the newest.
public final class SlowConsumers {

    private final Map<SlowConsumer, LongAdder> dropped = adders();
    private final Map<SlowConsumer, LongAdder> ended = adders();

    SlowConsumers() {}

    private static Map<SlowConsumer, LongAdder> adders() {
        Map<SlowConsumer, LongAdder> adders = new EnumMap<>(SlowConsumer.class);
        for (SlowConsumer policy : SlowConsumer.values()) {
            adders.put(policy, new LongAdder());
        }
        return adders;
    }

    /// Frames that were on their way to a peer and dropped, since the start.
    public long dropped(SlowConsumer policy) {
        return counter(dropped, policy).sum();
    }

    /// Subscriptions that ended because of a loss, since the start; for [SlowConsumer#DISCONNECT] connections
    /// that ended with 3008.
    public long ended(SlowConsumer policy) {
        return counter(ended, policy).sum();
    }

    @SuppressWarnings("NullAway")
    private static LongAdder counter(Map<SlowConsumer, LongAdder> of, SlowConsumer policy) {
        return of.get(policy);
    }

    /// Lets a frame of a subscription wait.
    ///
    /// @param behind whether the peer has not taken what it was sent before
    void queue(Outbox outbox, byte[] frame, boolean publication, Subscription subscription, boolean behind) {
        switch (subscription.slowConsumer()) {
            case DISCONNECT -> outbox.add(frame);
            case DROP_OLDEST -> outbox.add(frame, subscription);
            case LATEST_ONLY -> {
                if (!publication) {
                    outbox.add(frame);
                } else if (!behind) {
                    outbox.add(frame, subscription);
                } else {
                    skipped(outbox, subscription, outbox.replace(frame, subscription));
                }
            }
        }
    }

    /// Notes that publications were overtaken before they could wait.
    void skipped(Outbox outbox, Subscription subscription, int count) {
        if (count > 0) {
            counter(dropped, SlowConsumer.LATEST_ONLY).add(count);
            if (subscription.positioned()) {
                outbox.owe(subscription);
            }
        }
    }

    /// More waits than may: drops what may be dropped until half of the bound is free.
    void relieve(Outbox outbox, long limit) {
        outbox.shrink(limit / 2).forEach((subscription, count) -> {
            counter(dropped, subscription.slowConsumer()).add(count);
            if (subscription.positioned() || !outbox.owe(subscription)) {
                end(subscription);
            }
        });
    }

    /// The peer has taken everything.
    void caughtUp(Outbox outbox) {
        outbox.takeOwed().forEach(this::end);
    }

    /// A connection ends with 3008.
    ///
    /// @param count frames that waited for it
    void disconnected(int count) {
        counter(dropped, SlowConsumer.DISCONNECT).add(count);
        counter(ended, SlowConsumer.DISCONNECT).increment();
    }

    private void end(Subscription subscription) {
        if (subscription.lost()) {
            counter(ended, subscription.slowConsumer()).increment();
        }
    }
}
