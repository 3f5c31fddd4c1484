package dev.heliograph.server;

import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.guard.Guard;
import dev.heliograph.server.hub.ShardMeter;
import dev.heliograph.server.observe.RecentDurations.Percentiles;
import dev.heliograph.server.session.PublicationMeter;
import dev.heliograph.server.session.SessionMeter;
import dev.heliograph.server.transport.Transport;
import java.util.Optional;
import java.util.function.Supplier;

/// What went through this node so far, of all the parts that count it. Threadsafe.
record TrafficCount(
        PublicationMeter publications, SessionMeter sessions, Guard guard, Transport transport, ShardMeter shards)
        implements Supplier<Node.Traffic> {

    @Override
    public Node.Traffic get() {
        Optional<Percentiles> delays = shards.recentDelays();
        return new Node.Traffic(
                true,
                publications.total(),
                transport.deliveryCount(),
                transport.receivedBytes(),
                transport.sentBytes(),
                sessions.errorCount(),
                guard.refusalCount() + transport.floodCount(),
                sessions.slowCount(),
                delays.isPresent(),
                delays.map(Percentiles::p50).orElse(0.0),
                delays.map(Percentiles::p95).orElse(0.0),
                delays.map(Percentiles::p99).orElse(0.0));
    }
}
