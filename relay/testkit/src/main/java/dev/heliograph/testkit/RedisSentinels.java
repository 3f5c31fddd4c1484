package dev.heliograph.testkit;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A Redis master with one replica or more, watched by three sentinels that call it down after a second; two of
/// them must
/// agree.
public final class RedisSentinels implements AutoCloseable {

    private static final String NAME = "heliograph";
    private static final int SENTINELS = 3;

    /// For sentinels to have a replica take over.
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Group all;
    private final List<RedisServer> data;
    private final List<RedisServer> sentinels;
    private volatile RedisServer master;

    private RedisSentinels(Group all, RedisServer master, List<RedisServer> replicas, List<RedisServer> sentinels) {
        this.all = all;
        this.data = Stream.concat(Stream.of(master), replicas.stream()).toList();
        this.sentinels = List.copyOf(sentinels);
        this.master = master;
    }

    /// Starts all five, and waits until every sentinel sees the replica and the other sentinels.
    public static RedisSentinels start() {
        return start(1);
    }

    /// As [#start()], with so many replicas.
    public static RedisSentinels start(int replicas) {
        Group all = new Group();
        try {
            // A replica is not kept waiting for others to copy the data with it.
            String atOnce = "--repl-diskless-sync-delay 0";
            RedisServer master = all.add(RedisServer.start(atOnce));
            List<RedisServer> copies = new ArrayList<>();
            for (int i = 0; i < replicas; i++) {
                copies.add(all.add(RedisServer.start(atOnce, "--replicaof 127.0.0.1 " + master.port())));
            }
            // Sentinels ask a master for its replicas at once and then every 10 s.
            Group.awaitAll(
                    "replicas that are in step",
                    List.of(master),
                    server -> server.call("INFO", "replication").split("state=online", -1).length == replicas + 1);
            List<RedisServer> sentinels = new ArrayList<>();
            for (int i = 0; i < SENTINELS; i++) {
                sentinels.add(all.add(RedisServer.startSentinel(List.of(
                        "--sentinel monitor " + NAME + " 127.0.0.1 " + master.port() + " 2",
                        "--sentinel down-after-milliseconds " + NAME + " 1000",
                        "--sentinel failover-timeout " + NAME + " 5000"))));
            }
            Group.awaitAll(
                    "sentinels that see each other and the replicas",
                    sentinels,
                    sentinel -> seesAll(sentinel, replicas));
            return new RedisSentinels(all, master, copies, sentinels);
        } catch (RuntimeException | Error e) {
            all.close();
            throw e;
        }
    }

    private static boolean seesAll(RedisServer sentinel, int replicas) {
        String master = sentinel.call("SENTINEL", "MASTER", NAME);
        return master.contains("\nflags\nmaster\n")
                && master.contains("\nnum-slaves\n" + replicas + "\n")
                && master.contains("\nnum-other-sentinels\n" + (SENTINELS - 1) + "\n")
                && sentinel.call("SENTINEL", "REPLICAS", NAME).split("\nmaster-link-status\nok\n", -1).length
                        == replicas + 1;
    }

    /// Under which the sentinels know the master.
    public String masterName() {
        return NAME;
    }

    /// Host and port of each sentinel.
    public List<String> sentinels() {
        return sentinels.stream().map(RedisServer::address).toList();
    }

    /// Host and port of the master at the start and of its replicas.
    public List<String> data() {
        return data.stream().map(RedisServer::address).toList();
    }

    /// The master at the start, then that of the last [#awaitNewMaster].
    public RedisServer master() {
        return master;
    }

    /// Ends the master as a crash would.
    public void killMaster() {
        master.kill();
    }

    /// Has a replica take over, as planned: writes wait meanwhile, so that the old master takes none that the
    /// new one
    /// does not have. Does nothing but wait if the master is dead or hangs, since sentinels are at
    /// it already.
    ///
    /// @return host and port of the new master
    public String failover() {
        if (nameOfMaster(sentinels.getFirst()).equals(named(master)) && answers(master)) {
            master.call("CLIENT", "PAUSE", Long.toString(PAUSE.toMillis()), "WRITE");
            sentinels.getFirst().call("SENTINEL", "FAILOVER", NAME);
        }
        return awaitNewMaster();
    }

    /// Waits until all sentinels name another master than [#master], and that one agrees.
    ///
    /// @return its host and port
    public String awaitNewMaster() {
        String before = named(master);
        Group.awaitAll(
                "sentinels that name another master",
                sentinels,
                sentinel -> !nameOfMaster(sentinel).equals(before)
                        && nameOfMaster(sentinel).equals(nameOfMaster(sentinels.getFirst())));
        String now = nameOfMaster(sentinels.getFirst());
        RedisServer next = data.stream()
                .filter(server -> named(server).equals(now))
                .findFirst()
                .orElseThrow();
        Group.awaitAll(
                "a replica that became master",
                List.of(next),
                server -> server.call("ROLE").startsWith("master"));
        master = next;
        return next.address();
    }

    private static boolean answers(RedisServer server) {
        try {
            return server.isRunning() && server.call("PING").equals("PONG");
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    private static String named(RedisServer server) {
        return server.address().replace(':', '\n');
    }

    private static String nameOfMaster(RedisServer sentinel) {
        return sentinel.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME);
    }

    /// Ends all.
    @Override
    public void close() {
        // Sentinels end before what they watch; a replica that ended is nothing its master waits for.
        all.close();
    }
}
