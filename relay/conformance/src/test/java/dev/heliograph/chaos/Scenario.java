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
import java.util.concurrent.TimeUnit;

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
    private final long began = System.nanoTime();

    private Scenario() {}

    private void count(String figure, long count) {
        figures.merge(figure, count, Long::sum);
    }

    private void say(Traffic traffic, String what) {
        System.out.printf(
                "chaos: after %d s and %d messages: %s%n",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began), traffic.acknowledged(), what);
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
                channels(scale.channels()),
                scale.readers(),
                scale.publishers(),
                scale.perSecond(),
                goal,
                true,
                5,
                scale.drops());
    }

    private Outcome end(Traffic traffic) {
        say(traffic, "no more faults");
        List<String> faults = traffic.finish();
        say(traffic, "all is read and checked");
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
        return new Outcome(figures, new ArrayList<>(faults));
    }

    /// Relays with one Redis: a relay is killed, Redis is killed and comes back with its append-only file, all
    /// that Redis says to a relay is swallowed, then pub/sub of another one. All the while connections are cut.
    /// At the end pub/sub of a relay is swallowed again.
    static Outcome ofOneRedis(Scale scale) throws InterruptedException {
        return new Scenario().oneRedis(scale);
    }

    private Outcome oneRedis(Scale scale) throws InterruptedException {
        List<FaultProxy> proxies = new ArrayList<>();
        try (RedisServer redis = RedisServer.start("--appendonly yes", "--appendfsync always")) {
            for (int i = 0; i < RELAYS; i++) {
                proxies.add(FaultProxy.start(redis.port()));
            }
            try (Cluster cluster = Cluster.behind(proxies);
                    Traffic traffic = Traffic.start(cluster, load(scale, scale.ofOneRedis()))) {
                long step = scale.ofOneRedis() / (4L * scale.rounds());
                say(traffic, "steady");
                traffic.awaitMore(step);
                for (int i = 0; i < scale.rounds(); i++) {
                    killRelay(cluster.relays().get(i % RELAYS), traffic, step);
                    restartRedis(redis, traffic, step);
                    say(traffic, "all that Redis says to a relay is swallowed");
                    swallow(proxies.get((i + 1) % RELAYS), "", scale.cut());
                    traffic.awaitFlow();
                    say(traffic, "pub/sub of a relay is swallowed");
                    swallow(proxies.get((i + 2) % RELAYS), PUB_SUB, scale.cut());
                    traffic.awaitFlow();
                }
                // Nothing comes behind the last messages that shows that they are missing.
                proxies.getLast().mode(FaultProxy.Mode.SWALLOW, PUB_SUB);
                Outcome outcome = end(traffic);
                // Redis has lost nothing, so that only channels that keep little may have had gaps.
                expect("gaps in channels that keep all", 0, traffic.gaps(Cluster.WHOLE), outcome.faults());
                return outcome;
            }
        } finally {
            proxies.forEach(FaultProxy::close);
        }
    }

    /// Relays with a Redis that sentinels watch, whose master is killed.
    static Outcome ofFailover(Scale scale) throws InterruptedException {
        return new Scenario().failover(scale);
    }

    private Outcome failover(Scale scale) throws InterruptedException {
        try (RedisSentinels redis = RedisSentinels.start();
                Cluster cluster = Cluster.of(
                        RELAYS,
                        "address: [\"%s\"], sentinel_master_name: %s, wait_replicas: 1"
                                .formatted(String.join("\", \"", redis.sentinels()), redis.masterName()));
                Traffic traffic = Traffic.start(cluster, load(scale, scale.ofFailover()))) {
            long step = scale.ofFailover() / 3;
            say(traffic, "steady, with sentinels");
            traffic.awaitMore(step);
            say(traffic, "the master of Redis is killed");
            RedisServer old = redis.master();
            redis.killMaster();
            count("failovers", 1);
            redis.awaitNewMaster();
            // Nothing is acknowledged until there is a replica again.
            old.restart();
            traffic.awaitFlow();
            traffic.awaitMore(step);
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
                Traffic traffic = Traffic.start(cluster, new Load(channels, 1, 32, 3_000, messages, false, 25, 0))) {
            say(traffic, "publishes are repeated while relays die");
            int kills = 0;
            while (traffic.acknowledged() < messages / 10 * 9) {
                traffic.awaitMore(messages / 20);
                killRelay(cluster.relays().get(kills++ % RELAYS), traffic, messages / 40);
            }
            Outcome outcome = end(traffic);
            if (kills < RELAYS) {
                outcome.faults().add("only %d relays were killed in time".formatted(kills));
            }
            expect("acknowledged", messages, traffic.acknowledged(), outcome.faults());
            expect("delivered", messages, traffic.counts().deliveries.sum(), outcome.faults());
            expect("stored", messages, channels.stream().mapToLong(cluster::top).sum(), outcome.faults());
            return new Outcome(outcome.figures(), outcome.faults());
        }
    }

    private static void expect(String what, long expected, long actual, List<String> faults) {
        if (actual != expected) {
            faults.add("%s: %d, not %d".formatted(what, actual, expected));
        }
    }

    // ---- faults ----

    private void killRelay(RelayNode relay, Traffic traffic, long messages) throws InterruptedException {
        say(traffic, "a relay is killed");
        relay.kill();
        count("relays_killed", 1);
        traffic.awaitMore(messages);
        relay.startAgain();
    }

    private void restartRedis(RedisServer redis, Traffic traffic, long messages) {
        say(traffic, "Redis is killed and comes back with its append-only file");
        redis.kill();
        count("redis_restarts", 1);
        redis.restart();
        traffic.awaitFlow();
        traffic.awaitMore(messages);
    }

    private void swallow(FaultProxy proxy, String said, Duration time) throws InterruptedException {
        proxy.mode(FaultProxy.Mode.SWALLOW, said);
        Thread.sleep(time);
        proxy.mode(FaultProxy.Mode.PASS);
        count("swallowed_s", time.toSeconds());
    }
}
