package dev.heliograph.capacity;

import dev.heliograph.capacity.Calibration.Redis;
import java.util.List;

/// What the relays share.
///
/// @param shards    that channels are spread over
/// @param hosts     of shards and their replicas
/// @param cpuCores  of all shards
/// @param memoryGib of all shards, without replicas
/// @param inMbit    of all shards, from relays
/// @param outMbit   of all shards, to relays
public record RedisPlan(int shards, int hosts, double cpuCores, double memoryGib, double inMbit, double outMbit) {

    /// @param relays that hear of publications
    static RedisPlan of(Demand demand, Redis measured, int relays, NodeLoad node) {
        double copies = node.heard() * relays;
        double publications = demand.allPublications();
        double beyondFirst = Math.max(0, copies - publications);
        double presence = demand.allConnections() * node.subscriptions() * demand.presenceShare();
        double cpu = (publications
                                * (demand.guarantee().keepsHistory()
                                        ? measured.redisHistoryCpuUs()
                                        : measured.redisCpuUs())
                        + beyondFirst * Assumed.REDIS_FAN_OUT_US
                        + presence / Assumed.PRESENCE_SECONDS * measured.redisCpuUs())
                / 1e6;
        double bytes = bytes(demand, measured, presence);
        double base = measured.baseBytes().orElse(Assumed.REDIS_BASE_BYTES);
        double room = demand.memoryGib() * Assumed.GIB * Assumed.FULL - base;
        double in = NodeLoad.mbit(publications * node.redisMessage());
        double out = NodeLoad.mbit(copies * node.redisMessage());
        double target = demand.targetUtilisation();
        int shards = (int) Math.ceil(Math.max(
                Math.max(1, cpu / target),
                Math.max(bytes / Math.max(1, room), Math.max(in, out) / (demand.networkMbit() * target))));
        return new RedisPlan(
                shards,
                shards * (demand.failures() > 0 ? Assumed.REDIS_COPIES : 1),
                cpu,
                (bytes + shards * base) / Assumed.GIB,
                in,
                out);
    }

    private static double bytes(Demand demand, Redis measured, double presence) {
        double entry = demand.payloadBytes() + measured.entryBytes().orElse(Assumed.REDIS_ENTRY_BYTES);
        double history = demand.guarantee().keepsHistory()
                ? demand.allChannels()
                        * (measured.channelBytes().orElse(Assumed.REDIS_CHANNEL_BYTES)
                                + demand.historyEntries() * entry)
                : 0;
        double keys = demand.guarantee() == Guarantee.EFFECTIVELY_ONCE
                ? demand.allPublications() * Assumed.IDEMPOTENCY_SECONDS * Assumed.IDEMPOTENCY_BYTES
                : 0;
        return history + keys + presence * Assumed.PRESENCE_BYTES;
    }

    /// Of the busiest shard, if channels are spread evenly.
    List<Resource> resources(Demand demand) {
        return List.of(
                new Resource("redis cpu", "cores", cpuCores / shards, 1, demand.targetUtilisation()),
                new Resource("redis memory", "GiB", memoryGib / shards, demand.memoryGib(), Assumed.FULL),
                new Resource(
                        "redis network",
                        "Mbit/s",
                        Math.max(inMbit, outMbit) / shards,
                        demand.networkMbit(),
                        demand.targetUtilisation()));
    }
}
