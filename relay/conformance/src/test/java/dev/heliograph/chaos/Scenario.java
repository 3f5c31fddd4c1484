package dev.heliograph.chaos;

import dev.heliograph.chaos.Traffic.Load;
import dev.heliograph.testkit.FaultProxy;
import dev.heliograph.testkit.RedisSentinels;
import dev.heliograph.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What breaks, in which order, while publishers publish and readers read.
final class Scenario {

    private static final int RELAYS = 3;

    /// As the relay names its connection for subscriptions to Redis.
    private static final String PUB_SUB = "heliograph-subscriber";

    /// What a run was like and what was wrong.
    ///
    /// @param faults empty if all promises were kept
    record Outcome(Map<String, Long> figures, List<String> faults) {}

    private final Map<String, Long> figures = new LinkedHashMap<>();

    private Scenario() {}

    private void count(String figure, long count) {
        figures.merge(figure, count, Long::sum);
    }

    private static void say(String what) {
        System.out.println("chaos: " + what);
    }

    private static List<String> channels(int count) {
        List<String> channels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            channels.add((i % 5 == 4 ? Cluster.SHORT : Cluster.WHOLE) + ":" + i);
        }
        return channels;
    }

    private static Load load(Scale scale, int goal) {
        return new Load(
                channels(scale.channels()), scale.readers(), 8, scale.perSecond(), goal, true, 5, scale.drops());
    }

    private Outcome end(Traffic traffic) {
        List<String> faults = traffic.finish();
        Counts counts = traffic.counts();
        count("messages", traffic.acknowledged());
        count("deliveries", counts.deliveries.sum());
        count("requests", counts.requests.sum());
        count("failed_requests", counts.failedRequests.sum());
        count("repeated_publishes", counts.repeats.sum());
        count("drops", counts.drops.sum());
        count("recovered", counts.recoveries.sum());
        count("recovered_in_a_new_epoch", counts.continuations.sum());
        count("unrecovered", counts.gaps.sum());
        count("insufficient_state", counts.insufficient.sum());
        return new Outcome(figures, faults);
    }

    /// Relays with one Redis: a relay is killed, Redis is killed and comes back with its append-only file, pub/sub of a
    /// relay is swallowed, then all that Redis says to another one, and connections are cut and hang.
    ///
    /// @param messages at least so many
    static Outcome ofOneRedis(Scale scale, int messages) throws InterruptedException {
        return new Scenario().oneRedis(scale, messages);
    }

    private Outcome oneRedis(Scale scale, int messages) throws InterruptedException {
        List<FaultProxy> proxies = new ArrayList<>();
        try (RedisServer redis = RedisServer.start("--appendonly yes", "--appendfsync always")) {
            for (int i = 0; i < RELAYS; i++) {
                proxies.add(FaultProxy.start(redis.port()));
            }
            try (Cluster cluster = Cluster.behind(proxies);
                    Traffic traffic = Traffic.start(cluster, load(scale, messages))) {
                long step = messages / 8;
                say("steady");
                traffic.awaitAcknowledged(step);
                killRelay(cluster.relays().get(0), traffic, step);
                restartRedis(redis, traffic, step);
                say("pub/sub of a relay is swallowed");
                swallow(proxies.get(1), PUB_SUB, scale.cut(), traffic);
                say("all that Redis says to a relay is swallowed");
                swallow(proxies.get(2), "", scale.cut(), traffic);
                restartRedis(redis, traffic, step);
                killRelay(cluster.relays().get(1), traffic, step);
                return end(traffic);
            }
        } finally {
            proxies.forEach(FaultProxy::close);
        }
    }

    /// Relays with a Redis that sentinels watch, whose master is killed, twice.
    ///
    /// @param messages at least so many
    static Outcome ofFailover(Scale scale, int messages) throws InterruptedException {
        return new Scenario().failover(scale, messages);
    }

    private Outcome failover(Scale scale, int messages) throws InterruptedException {
        try (RedisSentinels redis = RedisSentinels.start();
                Cluster cluster = Cluster.of(
                        RELAYS,
                        "address: [\"%s\"], sentinel_master_name: %s"
                                .formatted(String.join("\", \"", redis.sentinels()), redis.masterName()));
                Traffic traffic = Traffic.start(cluster, load(scale, messages))) {
            long step = messages / 3;
            say("steady, with sentinels");
            traffic.awaitAcknowledged(step);
            say("the master of Redis is killed");
            redis.killMaster();
            count("failovers", 1);
            redis.awaitNewMaster();
            traffic.awaitFlow();
            traffic.awaitAcknowledged(traffic.acknowledged() + step);
            return end(traffic);
        }
    }

    /// Publishes that are repeated through deaths of relays are delivered once.
    ///
    /// @param messages exactly so many
    static Outcome ofRepeatedPublishes(int messages) throws InterruptedException {
        return new Scenario().repeatedPublishes(messages);
    }

    private Outcome repeatedPublishes(int messages) throws InterruptedException {
        List<String> channels = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            channels.add(Cluster.WHOLE + ":" + i);
        }
        try (RedisServer redis = RedisServer.start();
                Cluster cluster = Cluster.of(RELAYS, "address: [\"%s\"]".formatted(redis.address()));
                Traffic traffic = Traffic.start(cluster, new Load(channels, 1, 8, 10_000, messages, false, 25, 0))) {
            say("publishes are repeated while relays die");
            for (int i = 0; i < 2 * RELAYS; i++) {
                traffic.awaitAcknowledged((long) messages * (i + 1) / (2 * RELAYS + 2));
                killRelay(cluster.relays().get(i % RELAYS), traffic, messages / (4 * RELAYS + 4));
            }
            Outcome outcome = end(traffic);
            List<String> faults = new ArrayList<>(outcome.faults());
            expect("acknowledged", messages, traffic.acknowledged(), faults);
            expect("delivered", messages, traffic.counts().deliveries.sum(), faults);
            expect("stored", messages, channels.stream().mapToLong(cluster::top).sum(), faults);
            return new Outcome(outcome.figures(), faults);
        }
    }

    private static void expect(String what, long expected, long actual, List<String> faults) {
        if (actual != expected) {
            faults.add("%d messages were %s, not %d".formatted(actual, what, expected));
        }
    }

    // ---- faults ----

    private void killRelay(RelayNode relay, Traffic traffic, long messages) throws InterruptedException {
        say("a relay is killed");
        relay.kill();
        count("relays_killed", 1);
        traffic.awaitAcknowledged(traffic.acknowledged() + messages);
        relay.startAgain();
    }

    private void restartRedis(RedisServer redis, Traffic traffic, long messages) {
        say("Redis is killed and comes back with its append-only file");
        redis.kill();
        count("redis_restarts", 1);
        redis.restart();
        traffic.awaitFlow();
        traffic.awaitAcknowledged(traffic.acknowledged() + messages);
    }

    private void swallow(FaultProxy proxy, String said, Duration time, Traffic traffic) throws InterruptedException {
        proxy.mode(FaultProxy.Mode.SWALLOW, said);
        Thread.sleep(time);
        proxy.mode(FaultProxy.Mode.PASS);
        count("swallowed_s", time.toSeconds());
        traffic.awaitFlow();
    }
}
