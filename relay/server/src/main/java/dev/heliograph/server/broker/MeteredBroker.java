package dev.heliograph.server.broker;

import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.server.observe.Buckets;
import dev.heliograph.server.observe.Counts;
import dev.heliograph.server.observe.Histogram;
import dev.heliograph.server.observe.Instruments;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/// A broker of which one can see how long it takes and how often it fails.
public final class MeteredBroker implements Broker {

    private enum Operation {
        PUBLISH,
        JOIN_LEAVE,
        SUBSCRIBE,
        UNSUBSCRIBE,
        HISTORY,
        PRESENCE
    }

    private final Broker broker;
    private final Counts<Operation> errors;
    private final Map<Operation, Histogram> durations = new EnumMap<>(Operation.class);

    public MeteredBroker(Broker broker, Instruments instruments) {
        this.broker = broker;
        this.errors = instruments.counts(
                "heliograph_broker_errors", "Calls of the broker that failed.", "operation", Operation.class);
        for (Operation operation : Operation.values()) {
            durations.put(
                    operation,
                    instruments.histogram(
                            "heliograph_broker_operation_seconds",
                            "How long calls of the broker take, failed ones included.",
                            Buckets.WAITING,
                            "operation",
                            operation.name().toLowerCase(Locale.ROOT)));
        }
        instruments.gauge(
                "heliograph_broker_availability_ratio",
                "The share of the channels that the broker can serve, from 0 to 1.",
                broker::availability);
    }

    private void run(Operation operation, Runnable call) {
        get(operation, () -> {
            call.run();
            return operation;
        });
    }

    @SuppressWarnings("NullAway") // there is a histogram for each operation
    private <T> T get(Operation operation, Supplier<T> call) {
        long began = System.nanoTime();
        try {
            return call.get();
        } catch (BrokerException e) {
            errors.add(operation);
            throw e;
        } finally {
            durations.get(operation).record(System.nanoTime() - began);
        }
    }

    @Override
    public void start(Listener listener) {
        broker.start(listener);
    }

    @Override
    public void subscribe(String channel) {
        run(Operation.SUBSCRIBE, () -> broker.subscribe(channel));
    }

    @Override
    public void unsubscribe(String channel) {
        run(Operation.UNSUBSCRIBE, () -> broker.unsubscribe(channel));
    }

    @Override
    public PublishResult publish(String channel, Publication publication, PublishOptions options) {
        return get(Operation.PUBLISH, () -> broker.publish(channel, publication, options));
    }

    @Override
    public void publishJoin(String channel, ClientInfo info) {
        run(Operation.JOIN_LEAVE, () -> broker.publishJoin(channel, info));
    }

    @Override
    public void publishLeave(String channel, ClientInfo info) {
        run(Operation.JOIN_LEAVE, () -> broker.publishLeave(channel, info));
    }

    @Override
    public HistoryPage history(String channel, HistoryQuery query, Duration metaTtl) {
        return get(Operation.HISTORY, () -> broker.history(channel, query, metaTtl));
    }

    @Override
    public void removeHistory(String channel) {
        run(Operation.HISTORY, () -> broker.removeHistory(channel));
    }

    @Override
    public void addPresence(String channel, ClientInfo info, Duration ttl) {
        run(Operation.PRESENCE, () -> broker.addPresence(channel, info, ttl));
    }

    @Override
    public void removePresence(String channel, String client) {
        run(Operation.PRESENCE, () -> broker.removePresence(channel, client));
    }

    @Override
    public Map<String, ClientInfo> presence(String channel) {
        return get(Operation.PRESENCE, () -> broker.presence(channel));
    }

    @Override
    public PresenceCount presenceStats(String channel) {
        return get(Operation.PRESENCE, () -> broker.presenceStats(channel));
    }

    @Override
    public double availability() {
        return broker.availability();
    }

    @Override
    public void close() {
        broker.close();
    }
}
