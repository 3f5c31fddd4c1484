package dev.heliograph.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A Redis cluster of three masters that share the slots evenly, with a replica for each if wanted.
///
/// A master that dies is called so after two seconds; then its replica takes over.
public final class RedisCluster implements AutoCloseable {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;

    private final Group all;
    private final List<RedisServer> masters;
    private final List<RedisServer> replicas;
    private final boolean tls;

    private RedisCluster(Group all, List<RedisServer> masters, List<RedisServer> replicas, boolean tls) {
        this.all = all;
        this.masters = List.copyOf(masters);
        this.replicas = List.copyOf(replicas);
        this.tls = tls;
    }

    /// Starts masters without replicas, and waits until each of them finds the cluster complete.
    ///
    /// @param options of every node, as of [RedisServer#start]; with a certificate nodes announce their TLS
    ///                port
    public static RedisCluster start(String... options) {
        return start(false, options);
    }

    /// Starts masters with one replica each, and waits until each node finds the cluster complete and each
    /// replica is in step.
    public static RedisCluster startWithReplicas() {
        return start(true);
    }

    private static RedisCluster start(boolean withReplicas, String... options) {
        Group all = new Group();
        try {
            List<RedisServer> masters = new ArrayList<>();
            List<RedisServer> replicas = new ArrayList<>();
            boolean tls = Stream.of(options).anyMatch(option -> option.startsWith("--tls-cert-file "));
            for (int i = 0; i < MASTERS; i++) {
                RedisServer node = all.add(node(options));
                // Nodes that begin with different epochs need not settle them first.
                node.call("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
                node.call(addSlots(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS));
                masters.add(node);
                if (withReplicas) {
                    replicas.add(all.add(node(options)));
                }
            }
            List<RedisServer> nodes =
                    Stream.concat(masters.stream(), replicas.stream()).toList();
            RedisServer first = masters.getFirst();
            for (RedisServer node : nodes.subList(1, nodes.size())) {
                first.call("CLUSTER", "MEET", "127.0.0.1", Integer.toString(port(node, tls)));
            }
            Group.awaitAll("a complete cluster", nodes, node -> isComplete(node, nodes.size()));
            for (int i = 0; i < replicas.size(); i++) {
                replicas.get(i).call("CLUSTER", "REPLICATE", id(masters.get(i)));
            }
            Group.awaitAll(
                    "replicas that are in step",
                    replicas,
                    node -> node.call("INFO", "replication").contains("master_link_status:up"));
            // Only a master that knows its replica is given up in favour of it.
            Group.awaitAll("nodes that know the replicas", nodes, node -> slaves(node) == replicas.size());
            return new RedisCluster(all, masters, replicas, tls);
        } catch (RuntimeException | Error e) {
            all.close();
            throw e;
        }
    }

    private static RedisServer node(String... options) {
        List<String> lines = new ArrayList<>(
                List.of("--cluster-enabled yes", "--cluster-node-timeout 2000", "--repl-diskless-sync-delay 0"));
        lines.addAll(List.of(options));
        return RedisServer.start(lines);
    }

    private static int port(RedisServer node, boolean tls) {
        return tls ? node.tlsPort() : node.port();
    }

    private static String id(RedisServer node) {
        return node.call("CLUSTER", "MYID");
    }

    /// Slot by slot, since Redis 6.2 knows no ranges.
    private static String[] addSlots(int from, int to) {
        return Stream.concat(
                        Stream.of("CLUSTER", "ADDSLOTS"),
                        IntStream.range(from, to).mapToObj(Integer::toString))
                .toArray(String[]::new);
    }

    private static boolean isComplete(RedisServer node, int nodes) {
        String info = node.call("CLUSTER", "INFO");
        return info.contains("cluster_state:ok")
                && info.contains("cluster_slots_ok:" + SLOTS)
                && info.contains("cluster_known_nodes:" + nodes);
    }

    private static long slaves(RedisServer node) {
        return node.call("CLUSTER", "NODES")
                .lines()
                .filter(line -> line.split(" ", 4)[2].contains("slave"))
                .count();
    }

    /// The first masters, in the order of their slots.
    public List<RedisServer> nodes() {
        return masters;
    }

    /// The replica of each of [#nodes]; empty if there are none.
    public List<RedisServer> replicas() {
        return replicas;
    }

    /// Host and port of each of [#nodes], for clients with TLS if they have a certificate.
    public List<String> addresses() {
        return masters.stream().map(node -> "127.0.0.1:" + port(node, tls)).toList();
    }

    /// The master that has a slot, according to itself.
    public RedisServer owner(int slot) {
        return Stream.concat(masters.stream(), replicas.stream())
                .filter(RedisServer::isRunning)
                .filter(node -> has(node, slot))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody has slot " + slot));
    }

    private static boolean has(RedisServer node, int slot) {
        return node.call("CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains("myself,master"))
                .flatMap(line -> Stream.of(line.split(" ")).skip(8))
                .filter(range -> !range.startsWith("["))
                .anyMatch(range -> {
                    String[] ends = range.split("-", 2);
                    return Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]);
                });
    }

    /// Waits until the replica of a master has everything that the master has written so far.
    ///
    /// @param index of the master in [#nodes]
    public void awaitReplica(int index) {
        long written = offset(masters.get(index), "master_repl_offset");
        Group.awaitAll(
                "a replica that has everything",
                List.of(replicas.get(index)),
                replica -> offset(replica, "slave_repl_offset") >= written);
    }

    private static long offset(RedisServer node, String key) {
        return node.call("INFO", "replication")
                .lines()
                .filter(line -> line.startsWith(key + ":"))
                .mapToLong(
                        line -> Long.parseLong(line.substring(key.length() + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    /// Waits until the replica of a master that was killed has taken over its slots, and all others know it.
    ///
    /// @param index of the master in [#nodes]
    public void awaitFailover(int index) {
        RedisServer next = replicas.get(index);
        int slot = SLOTS * index / MASTERS;
        Group.awaitAll("a replica that took over", List.of(next), node -> has(node, slot));
        Group.awaitAll(
                "nodes that know it",
                masters.stream().filter(RedisServer::isRunning).toList(),
                node -> node.call("CLUSTER", "INFO").contains("cluster_state:ok"));
    }

    /// Moves a slot with its keys, one key at a time, as an operator's tool does.
    ///
    /// @param progress called before each key, and before the slot itself moves, with the number of moved keys
    public void moveSlot(int slot, RedisServer to, IntConsumer progress) {
        RedisServer from = owner(slot);
        String number = Integer.toString(slot);
        to.call("CLUSTER", "SETSLOT", number, "IMPORTING", id(from));
        from.call("CLUSTER", "SETSLOT", number, "MIGRATING", id(to));
        int moved = 0;
        while (true) {
            String key = from.call("CLUSTER", "GETKEYSINSLOT", number, "1");
            if (key.isEmpty()) {
                break;
            }
            progress.accept(moved++);
            from.call("MIGRATE", "127.0.0.1", Integer.toString(to.port()), key, "0", "5000");
        }
        progress.accept(moved);
        // The new owner first, or the slot has none for a moment.
        to.call("CLUSTER", "SETSLOT", number, "NODE", id(to));
        from.call("CLUSTER", "SETSLOT", number, "NODE", id(to));
        masters.stream()
                .filter(node -> node != to && node != from)
                .forEach(node -> node.call("CLUSTER", "SETSLOT", number, "NODE", id(to)));
    }

    /// Ends all nodes.
    @Override
    public void close() {
        all.close();
    }
}
