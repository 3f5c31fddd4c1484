package dev.heliograph.testkit;

import java.util.ArrayList;
import java.util.List;

/// A Redis master with one replica, watched by three sentinels that call it down after a second; two of them must
/// agree.
public final class RedisSentinels implements AutoCloseable {

    private static final String NAME = "heliograph";
    private static final int SENTINELS = 3;

    private final Group all;
    private final List<RedisServer> data;
    private final List<RedisServer> sentinels;
    private volatile RedisServer master;

    private RedisSentinels(Group all, RedisServer master, RedisServer replica, List<RedisServer> sentinels) {
        this.all = all;
        this.data = List.of(master, replica);
        this.sentinels = List.copyOf(sentinels);
        this.master = master;
    }

    /// Starts all five, and waits until every sentinel sees the replica and the other sentinels.
    public static RedisSentinels start() {
        Group all = new Group();
        try {
            // A replica is not kept waiting for others to copy the data with it.
            String atOnce = "--repl-diskless-sync-delay 0";
            RedisServer master = all.add(RedisServer.start(atOnce));
            RedisServer replica = all.add(RedisServer.start(atOnce, "--replicaof 127.0.0.1 " + master.port()));
            // Sentinels ask a master for its replicas at once and then every 10 s.
            Group.awaitAll(
                    "a replica that is in step",
                    List.of(master),
                    server -> server.call("INFO", "replication").contains("state=online"));
            List<RedisServer> sentinels = new ArrayList<>();
            for (int i = 0; i < SENTINELS; i++) {
                sentinels.add(all.add(RedisServer.startSentinel(List.of(
                        "--sentinel monitor " + NAME + " 127.0.0.1 " + master.port() + " 2",
                        "--sentinel down-after-milliseconds " + NAME + " 1000",
                        "--sentinel failover-timeout " + NAME + " 5000"))));
            }
            Group.awaitAll("sentinels that see each other and the replica", sentinels, RedisSentinels::seesAll);
            return new RedisSentinels(all, master, replica, sentinels);
        } catch (RuntimeException | Error e) {
            all.close();
            throw e;
        }
    }

    private static boolean seesAll(RedisServer sentinel) {
        String master = sentinel.call("SENTINEL", "MASTER", NAME);
        return master.contains("\nflags\nmaster\n")
                && master.contains("\nnum-slaves\n1\n")
                && master.contains("\nnum-other-sentinels\n" + (SENTINELS - 1) + "\n")
                && sentinel.call("SENTINEL", "REPLICAS", NAME).contains("\nmaster-link-status\nok\n");
    }

    /// Under which the sentinels know the master.
    public String masterName() {
        return NAME;
    }

    /// Host and port of each sentinel.
    public List<String> sentinels() {
        return sentinels.stream().map(RedisServer::address).toList();
    }

    /// Host and port of the master and of its replica.
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

    /// Has the replica take over, as planned; the master becomes its replica. Does nothing but wait if sentinels are
    /// at it already.
    ///
    /// @return host and port of the new master
    public String failover() {
        if (master.isRunning()) {
            sentinels.getFirst().call("SENTINEL", "FAILOVER", NAME);
        }
        return awaitNewMaster();
    }

    /// Waits until all sentinels name another master than [#master], and that one agrees.
    ///
    /// @return its host and port
    public String awaitNewMaster() {
        RedisServer next = data.stream()
                .filter(server -> server.port() != master.port())
                .findFirst()
                .orElseThrow();
        String expected = next.address().replace(':', '\n');
        Group.awaitAll(
                "sentinels that name another master",
                sentinels,
                sentinel -> sentinel.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", NAME)
                        .equals(expected));
        Group.awaitAll(
                "a replica that became master",
                List.of(next),
                server -> server.call("ROLE").startsWith("master"));
        master = next;
        return next.address();
    }

    /// Ends all five.
    @Override
    public void close() {
        // Sentinels end before what they watch; a replica that ended is nothing its master waits for.
        all.close();
    }
}
