package dev.heliograph.compare;

import dev.heliograph.loadtest.Burst;
import dev.heliograph.loadtest.Swarm;
import dev.heliograph.testkit.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Two nodes of each kind with one Redis: how late a publication on one is for the subscribers of the other, and how
/// many with history one node takes.
final class SharedRedis {

    private static final int SUBSCRIBERS = 100;
    private static final int SIZE = 256;
    private static final double RATE = 200;
    private static final Duration TIME = Duration.ofSeconds(3);
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    private final Sheet sheet;
    private final int rounds;

    SharedRedis(Sheet sheet, int rounds) {
        this.sheet = sheet;
        this.rounds = rounds;
    }

    private record Pair(Running one, Running other, Swarm subscribers, RedisServer redis) implements AutoCloseable {

        static Pair of(Peer peer) {
            RedisServer redis = RedisServer.start();
            Running one = Running.start(peer, Peer.Task.sharing(redis.address()));
            Running other = Running.start(peer, Peer.Task.sharing(redis.address()));
            Swarm swarm = new Swarm(other.url(), peer.dialect(_ -> "", true), List.of("log:far"), 1);
            swarm.enter(SUBSCRIBERS, _ -> new int[] {0}, Duration.ofSeconds(30));
            swarm.openSenders(1, one.url());
            return new Pair(one, other, swarm, redis);
        }

        @Override
        public void close() {
            subscribers.close();
            one.close();
            other.close();
            redis.close();
        }
    }

    void run() {
        List<Pair> pairs = new ArrayList<>();
        try {
            Peer.relays().forEach(peer -> pairs.add(Pair.of(peer)));
            pairs.forEach(pair -> pair.subscribers.pace(RATE, SIZE, WARM_UP));
            for (int i = 0; i < rounds; i++) {
                for (Pair pair : pairs) {
                    Burst burst = pair.subscribers.pace(RATE, SIZE, TIME);
                    if (!burst.exact()) {
                        throw new IllegalStateException(
                                "%s: %d of %d deliveries through Redis; connections that ended: %s"
                                        .formatted(
                                                pair.one.peer().key(),
                                                burst.deliveries(),
                                                burst.expected(),
                                                pair.subscribers.ends()));
                    }
                    sheet.add("redis_p50_ms", pair.one.peer(), burst.latencyMillis(50));
                    sheet.add("redis_p99_ms", pair.one.peer(), burst.latencyMillis(99));
                }
            }
            Map<Peer, Running> servers = new LinkedHashMap<>();
            pairs.forEach(pair -> servers.put(pair.one.peer(), pair.one));
            new Publishes(sheet, rounds).measure(servers, "redis_history_one", "log:", 1);
            new Publishes(sheet, rounds).measure(servers, "redis_history_batch", "log:", 32);
        } finally {
            pairs.forEach(Pair::close);
        }
        sheet.atMost("redis_p99_ms", Peer.REFERENCE, 1);
        sheet.atLeast("redis_history_one_per_s", Peer.REFERENCE, 1.2);
    }
}
