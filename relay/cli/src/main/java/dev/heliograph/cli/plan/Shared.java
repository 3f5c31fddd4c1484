package dev.heliograph.cli.plan;

import static dev.heliograph.cli.plan.Alone.positive;

import dev.heliograph.capacity.Calibration;
import dev.heliograph.loadtest.Burst;
import java.nio.file.Path;
import java.util.Optional;

/// What relays use that share a Redis, and what that uses.
///
/// @param delivery CPU microseconds of a delivery by a relay alone
record Shared(Effort effort, Path folder, double delivery) {

    private static final double MICROS = 1e6;
    private static final int SMALL = 128;
    private static final int NO_PINGS = 3_600;
    private static final int BACK_ENDS = 32;
    private static final int HEARD_CHANNELS = 50;
    private static final int IDLE_RATE = 60;

    /// Entries of a channel: so many that the channel itself is little beside them; a history has room for 100.
    private static final int STORED_EACH = 90;

    /// Microseconds of a relay and of Redis.
    private record Cost(double relay, double redis) {}

    /// @param program redis-server
    Calibration.Redis measure(Path program) throws InterruptedException {
        try (MeasuredRedis redis = MeasuredRedis.start(program, folder);
                MeasuredRelay sender = MeasuredRelay.start(folder, NO_PINGS, Optional.of(redis.address()));
                MeasuredRelay receiver = MeasuredRelay.start(folder, NO_PINGS, Optional.of(redis.address()))) {
            double base = redis.usedBytes();
            double[] stored = stored(redis, sender);
            Cost plain = published(redis, sender, "plain-");
            Cost history = published(redis, sender, "log:kept-");
            return new Calibration.Redis(
                    plain.relay(),
                    history.relay(),
                    heard(sender, receiver),
                    plain.redis(),
                    history.redis(),
                    idleMillis(sender, receiver),
                    Optional.of(base),
                    Optional.of(stored[0]),
                    Optional.of(stored[1]));
        }
    }

    /// Bytes of a channel and of an entry beside its payload.
    private double[] stored(MeasuredRedis redis, MeasuredRelay relay) {
        int count = effort.connections() / 10;
        double empty = redis.keysBytes();
        try (BackEnds backEnds = new BackEnds(relay.port(), BACK_ENDS, Load.names("log:stored-", count), 1, SMALL)) {
            backEnds.publishRounds(1);
            double first = redis.keysBytes();
            double more = backEnds.publishRounds(STORED_EACH);
            double entry = (redis.keysBytes() - first) / more;
            double channel = (first - empty) / count - entry;
            return new double[] {Math.max(1, channel), Math.max(1, entry - SMALL)};
        }
    }

    private Cost published(MeasuredRedis redis, MeasuredRelay relay, String prefix) {
        try (BackEnds backEnds = new BackEnds(relay.port(), BACK_ENDS, Load.names(prefix, BACK_ENDS), 1, SMALL)) {
            backEnds.publish(effort.time());
            double ofRelay = relay.cpuSeconds();
            double ofRedis = redis.cpuSeconds();
            double micros = MICROS / backEnds.publish(effort.time());
            return new Cost(
                    positive((relay.cpuSeconds() - ofRelay) * micros),
                    positive((redis.cpuSeconds() - ofRedis) * micros));
        }
    }

    /// Published by one relay to one subscriber of another, which hears of it and delivers it.
    private Optional<Double> heard(MeasuredRelay sender, MeasuredRelay receiver) {
        try (Load load = Load.enter(receiver, "heard-", HEARD_CHANNELS, 1)) {
            load.swarm().openSenders(1, Load.url(sender));
            load.swarm().saturate(HEARD_CHANNELS, SMALL, effort.time());
            double cpu = receiver.cpuSeconds();
            Burst burst = Load.exact(load.swarm().saturate(HEARD_CHANNELS, SMALL, effort.time()));
            return Optional.of(positive((receiver.cpuSeconds() - cpu) * MICROS / burst.deliveries() - delivery));
        }
    }

    private double idleMillis(MeasuredRelay sender, MeasuredRelay receiver) {
        try (Load load = Load.enter(receiver, "calm-", 1, 10)) {
            load.swarm().openSenders(1, Load.url(sender));
            return Load.exact(load.swarm().pace(IDLE_RATE, SMALL, effort.time().multipliedBy(2)))
                    .latencyMillis(99);
        }
    }
}
