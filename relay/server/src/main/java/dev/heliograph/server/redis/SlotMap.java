package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import redis.clients.jedis.HostAndPort;

/// What CLUSTER SLOTS says about the partitions.
///
/// @param owners of each partition the master; without those whose slot no master has
/// @param nodes  all that are named, replicas too
record SlotMap(Map<Integer, HostAndPort> owners, Set<HostAndPort> nodes) {

    /// @param reply of CLUSTER SLOTS: ranges of slots, each with its master and that one's replicas
    /// @param asked the host that was asked, which stands for hosts that are not announced
    static SlotMap read(List<?> reply, String asked) {
        Map<Integer, HostAndPort> owners = new HashMap<>();
        Set<HostAndPort> nodes = new LinkedHashSet<>();
        for (Object each : reply) {
            List<?> range = (List<?>) each;
            HostAndPort master = address((List<?>) range.get(2), asked);
            for (int partition = 0; partition < Partitions.COUNT; partition++) {
                int slot = Partitions.slot(partition);
                if ((Long) range.get(0) <= slot && slot <= (Long) range.get(1)) {
                    owners.put(partition, master);
                }
            }
            for (Object node : range.subList(2, range.size())) {
                nodes.add(address((List<?>) node, asked));
            }
        }
        return new SlotMap(owners, nodes);
    }

    private static HostAndPort address(List<?> node, String asked) {
        String host = node.get(0) instanceof byte[] text ? new String(text, UTF_8) : "";
        return new HostAndPort(announced(host) ? host : asked, ((Long) node.get(1)).intValue());
    }

    /// Nodes that do not know by which address clients reach them say so: by nothing, or, if it should be a
    /// host name, by a question mark.
    static boolean announced(String host) {
        return !host.isEmpty() && !host.equals("?");
    }
}
