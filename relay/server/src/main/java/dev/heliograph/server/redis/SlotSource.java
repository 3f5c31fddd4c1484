package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.ClusterKeyword;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/// Asks a cluster where its slots are. It stays with one node as long as that one is well, since the views of two may
/// differ for a moment. For one thread, but for [#prefer].
final class SlotSource implements AutoCloseable {

    private final List<HostAndPort> seeds;
    private final JedisClientConfig login;
    private final AtomicReference<@Nullable HostAndPort> preferred = new AtomicReference<>();
    private Set<HostAndPort> known = Set.of();
    private @Nullable NodeConnection connection;

    /// @param seeds where to ask first
    SlotSource(List<HostAndPort> seeds, JedisClientConfig login) {
        this.seeds = List.copyOf(seeds);
        this.login = login;
    }

    /// Asks this node next, because it has got a slot: nobody knows it better.
    void prefer(HostAndPort node) {
        preferred.set(node);
    }

    /// What a node says that finds the cluster well; else what any node says, as one that is cut off from the
    /// others believes what was.
    ///
    /// @throws JedisException if no node answers
    SlotMap read() {
        Set<HostAndPort> candidates = candidates();
        Optional<SlotMap> second = Optional.empty();
        String reason = "";
        for (HostAndPort candidate : candidates) {
            try {
                NodeConnection node = connected(candidate);
                SlotMap map = slots(node);
                if (isWell(node)) {
                    known = map.nodes();
                    return map;
                }
                second = second.or(() -> Optional.of(map));
            } catch (JedisException e) {
                reason = ": " + candidate + ": " + Reasons.of(e);
            }
            close();
        }
        String last = reason;
        return second.orElseThrow(() -> new JedisConnectionException("no node of the cluster answers" + last));
    }

    private Set<HostAndPort> candidates() {
        Set<HostAndPort> candidates = new LinkedHashSet<>();
        HostAndPort first = preferred.getAndSet(null);
        if (first != null) {
            candidates.add(first);
        }
        if (connection != null) {
            candidates.add(connection.address());
        }
        candidates.addAll(known);
        candidates.addAll(seeds);
        return candidates;
    }

    private NodeConnection connected(HostAndPort node) {
        NodeConnection open = connection;
        if (open != null && open.address().equals(node)) {
            return open;
        }
        close();
        NodeConnection fresh = new NodeConnection(node, login);
        connection = fresh;
        return fresh;
    }

    private static SlotMap slots(NodeConnection node) {
        if (node.executeCommand(new CommandArguments(Command.CLUSTER).add(ClusterKeyword.SLOTS))
                instanceof List<?> reply) {
            return SlotMap.read(reply, node.address().getHost());
        }
        throw new JedisConnectionException("CLUSTER SLOTS is not answered by a list");
    }

    private static boolean isWell(NodeConnection node) {
        return node.executeCommand(new CommandArguments(Command.CLUSTER).add(ClusterKeyword.INFO))
                        instanceof byte[] info
                && new String(info, UTF_8).contains("cluster_state:ok");
    }

    @Override
    public void close() {
        NodeConnection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (JedisException _) {
                // It is broken anyway.
            }
        }
    }
}
