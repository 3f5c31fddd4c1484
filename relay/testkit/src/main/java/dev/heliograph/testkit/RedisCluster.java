package dev.heliograph.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A Redis cluster of three masters without replicas that share the slots evenly.
public final class RedisCluster implements AutoCloseable {

    private static final int NODES = 3;
    private static final int SLOTS = 16_384;

    private final Group all;
    private final List<RedisServer> nodes;

    private RedisCluster(Group all, List<RedisServer> nodes) {
        this.all = all;
        this.nodes = List.copyOf(nodes);
    }

    /// Starts all nodes, and waits until each of them finds the cluster complete.
    public static RedisCluster start() {
        Group all = new Group();
        try {
            List<RedisServer> nodes = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                RedisServer node = all.add(RedisServer.start("--cluster-enabled yes", "--cluster-node-timeout 2000"));
                // Nodes that begin with different epochs need not settle them first.
                node.call("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
                node.call(addSlots(SLOTS * i / NODES, SLOTS * (i + 1) / NODES));
                nodes.add(node);
            }
            for (RedisServer node : nodes.subList(1, NODES)) {
                nodes.getFirst().call("CLUSTER", "MEET", "127.0.0.1", Integer.toString(node.port()));
            }
            Group.awaitAll("a complete cluster", nodes, RedisCluster::isComplete);
            return new RedisCluster(all, nodes);
        } catch (RuntimeException | Error e) {
            all.close();
            throw e;
        }
    }

    /// Slot by slot, since Redis 6.2 knows no ranges.
    private static String[] addSlots(int from, int to) {
        return Stream.concat(
                        Stream.of("CLUSTER", "ADDSLOTS"),
                        IntStream.range(from, to).mapToObj(Integer::toString))
                .toArray(String[]::new);
    }

    private static boolean isComplete(RedisServer node) {
        String info = node.call("CLUSTER", "INFO");
        return info.contains("cluster_state:ok")
                && info.contains("cluster_slots_ok:" + SLOTS)
                && info.contains("cluster_known_nodes:" + NODES);
    }

    /// The nodes, in the order of their slots.
    public List<RedisServer> nodes() {
        return nodes;
    }

    /// Ends all nodes.
    @Override
    public void close() {
        all.close();
    }
}
