package dev.heliograph.server.transport;

import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.config.SlowConsumer;
import dev.heliograph.server.hub.Batch;
import dev.heliograph.server.hub.Shard;
import dev.heliograph.server.hub.ShardMeter;
import dev.heliograph.server.hub.Sink;
import dev.heliograph.server.hub.Subscription;
import dev.heliograph.server.observe.Instruments;
import dev.heliograph.server.observe.Tracer;
import java.time.Clock;

/// Makes subscriptions for tests of what is behind the hub.
final class Subscriptions {

    private Subscriptions() {}

    /// A live subscription, whose sink takes nothing.
    ///
    /// @param onLost run when it ends because something was lost
    static Subscription live(String channel, boolean positioned, SlowConsumer policy, Runnable onLost) {
        Shard shard = new Shard(new ShardMeter(Instruments.off(), new Tracer(Clock.systemUTC())));
        Subscription subscription = new Subscription(channel, new Nowhere(), positioned, true, policy, onLost);
        shard.add(subscription);
        shard.activate(subscription, StreamPosition.START);
        return subscription;
    }

    private static final class Nowhere implements Sink {

        @Override
        public Encoding encoding() {
            return Encoding.JSON;
        }

        @Override
        public void write(Batch batch, int from, Subscription subscription) {
            throw new AssertionError("nothing is delivered");
        }

        @Override
        public void write(byte[] frame, boolean publication, Subscription subscription) {
            throw new AssertionError("nothing is delivered");
        }
    }
}
