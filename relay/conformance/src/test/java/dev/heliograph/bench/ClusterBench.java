package dev.heliograph.bench;

import dev.heliograph.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// What a shared Redis costs: the same load on a relay with the embedded broker and on relays that share a real Redis,
/// in turn, so that what disturbs the machine disturbs both.
///
/// `redis` writes nothing to disk; `aof` has the settings of `examples/cluster/redis.conf`, an append-only file that is
/// flushed once a second.
final class ClusterBench {

    private static final int RUNS = 5;
    private static final int PAYLOAD = 128;

    /// Publications a second where latency is measured, as in the paced runs of one relay.
    private static final int RATE = 60;

    private static final long LATENCY_MILLIS = 2_000;

    /// Enough to use up the two cores with requests of one publication each.
    private static final int BACK_ENDS = 64;

    private static final int BATCH = 32;
    private static final long LOAD_MILLIS = 1_500;

    /// Of each relay with each kind of request: compiled code is what runs for all but the first seconds of its
    /// life.
    private static final long WARM_UP_MILLIS = 8_000;

    private static final String CONFIG = """
            http_server: {address: 127.0.0.1, port: 0}
            client: {insecure: true}
            http_api: {insecure: true}
            channel: {namespaces: [{name: log, history_size: 100, history_ttl: 10m, force_recovery: true}]}
            """;

    /// A broker with the relay that is published to.
    private record Side(String name, RelayUnderTest publishedTo, long redisPid) {

        double redisSeconds() {
            return redisPid == 0 ? 0 : ProcessFigures.cpuSeconds(redisPid);
        }
    }

    private final BiConsumer<String, double[]> figure;

    /// @param figure takes a figure's name and the values of the runs
    ClusterBench(BiConsumer<String, double[]> figure) {
        this.figure = figure;
    }

    void run() {
        try (RedisServer memory = RedisServer.start();
                RedisServer aof = RedisServer.start("--appendonly yes", "--appendfsync everysec");
                RelayUnderTest alone = RelayUnderTest.start(CONFIG);
                RelayUnderTest sender = RelayUnderTest.start(sharing(memory));
                RelayUnderTest receiver = RelayUnderTest.start(sharing(memory));
                RelayUnderTest persistent = RelayUnderTest.start(sharing(aof))) {
            latency(10, alone, sender, receiver);
            latency(1_000, alone, sender, receiver);
            Side embedded = new Side("embedded", alone, 0);
            Side redis = new Side("redis", sender, memory.pid());
            Side durable = new Side("aof", persistent, aof.pid());
            List<Side> sides = List.of(embedded, redis, durable);
            sides.forEach(side -> warmUp(side, BATCH));
            sides.forEach(side -> warmUp(side, 1));
            for (int publications : new int[] {1, BATCH}) {
                String kind = publications == 1 ? "one" : "batch";
                publish("plain_" + kind, "", publications, List.of(embedded, redis));
                publish("history_" + kind, "log:", publications, sides);
            }
        }
    }

    private static String sharing(RedisServer redis) {
        return CONFIG + "broker: {type: redis, redis: {address: ['%s']}}%n".formatted(redis.address());
    }

    private static void warmUp(Side side, int publications) {
        for (String namespace : List.of("", "log:")) {
            try (ApiLoad load = new ApiLoad(side.publishedTo().port(), namespace, BACK_ENDS, publications)) {
                load.run(WARM_UP_MILLIS / 2);
            }
        }
    }

    /// From a request to the API of one relay to the subscribers of another, beside those of the same one.
    private void latency(int subscribers, RelayUnderTest alone, RelayUnderTest sender, RelayUnderTest receiver) {
        String channel = "log:bench-" + subscribers;
        double[][] p50 = new double[2][RUNS];
        double[][] p99 = new double[2][RUNS];
        try (Fleet near = new Fleet(alone.port(), channel, _ -> "{}");
                Fleet far = new Fleet(receiver.port(), channel, _ -> "{}");
                ApiPublisher toNear = new ApiPublisher(alone.port(), channel, PAYLOAD);
                ApiPublisher toFar = new ApiPublisher(sender.port(), channel, PAYLOAD)) {
            near.open(subscribers);
            far.open(subscribers);
            // The first runs only warm up.
            for (int i = -1; i < RUNS; i++) {
                paced(near, toNear);
                paced(far, toFar);
                if (i >= 0) {
                    p50[0][i] = near.latencyMillis(50);
                    p50[1][i] = far.latencyMillis(50);
                    p99[0][i] = near.latencyMillis(99);
                    p99[1][i] = far.latencyMillis(99);
                }
            }
        }
        String prefix = "cluster_to_" + subscribers + "_";
        figure.accept(prefix + "embedded_p50_ms", p50[0]);
        figure.accept(prefix + "redis_p50_ms", p50[1]);
        figure.accept(prefix + "embedded_p99_ms", p99[0]);
        figure.accept(prefix + "redis_p99_ms", p99[1]);
    }

    private static void paced(Fleet fleet, ApiPublisher publisher) {
        fleet.measure(true);
        long expected = fleet.frames();
        long began = System.nanoTime();
        for (int published = 0; published < RATE * LATENCY_MILLIS / 1_000; ) {
            if (System.nanoTime() - began >= published * 1_000_000_000L / RATE) {
                publisher.publish();
                published++;
                expected += fleet.size();
            }
            fleet.turn(1);
        }
        long all = expected;
        if (!fleet.until(each -> each.frames() >= all, 10_000)) {
            throw new IllegalStateException("lost: " + fleet.frames() + " of " + all + " frames came");
        }
    }

    /// Publications a second that are acknowledged over the API, and what each costs.
    private void publish(String load, String namespace, int publications, List<Side> sides) {
        List<ApiLoad> loads = new ArrayList<>();
        double[][][] measured = new double[sides.size()][4][RUNS];
        try {
            for (Side side : sides) {
                ApiLoad each = new ApiLoad(side.publishedTo().port(), namespace, BACK_ENDS, publications);
                loads.add(each);
                each.run(LOAD_MILLIS / 3);
            }
            for (int run = 0; run < RUNS; run++) {
                for (int i = 0; i < sides.size(); i++) {
                    double[] values = measure(sides.get(i), loads.get(i));
                    for (int value = 0; value < values.length; value++) {
                        measured[i][value][run] = values[value];
                    }
                }
            }
        } finally {
            loads.forEach(ApiLoad::close);
        }
        for (int i = 0; i < sides.size(); i++) {
            String prefix = "publish_" + sides.get(i).name() + "_" + load + "_";
            figure.accept(prefix + "per_s", measured[i][0]);
            figure.accept(prefix + "relay_us", measured[i][1]);
            if (sides.get(i).redisPid() != 0) {
                figure.accept(prefix + "redis_us", measured[i][2]);
            }
            figure.accept(prefix + "client_us", measured[i][3]);
        }
    }

    /// Publications a second, and the microseconds of CPU that relay, Redis and this process use for each.
    private static double[] measure(Side side, ApiLoad load) {
        double relay = side.publishedTo().cpuSeconds();
        double redis = side.redisSeconds();
        double client = ownSeconds();
        long began = System.nanoTime();
        long published = load.run(LOAD_MILLIS);
        double seconds = (System.nanoTime() - began) / 1e9;
        double micros = 1e6 / published;
        return new double[] {
            published / seconds,
            (side.publishedTo().cpuSeconds() - relay) * micros,
            (side.redisSeconds() - redis) * micros,
            (ownSeconds() - client) * micros
        };
    }

    private static double ownSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .map(Duration::toNanos)
                        .orElseThrow()
                / 1e9;
    }
}
