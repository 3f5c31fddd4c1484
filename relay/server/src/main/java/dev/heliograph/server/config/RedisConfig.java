package dev.heliograph.server.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Section `broker.redis`.
///
/// @param addresses      `host:port`: one Redis, several that share the channels, or sentinels
/// @param clusterAddresses nodes of a Redis Cluster, used instead of `addresses`; empty without a cluster
/// @param sentinelMaster what sentinels call the master; empty without sentinels
/// @param user           of an ACL; empty for the default user
/// @param prefix         of keys and pub/sub channels
/// @param timeout        for connecting, and for a command with its waiting
/// @param waitReplicas   how many replicas have a stored publication before it counts as published
public record RedisConfig(
        List<String> addresses,
        List<String> clusterAddresses,
        String sentinelMaster,
        String user,
        String password,
        RedisTlsConfig tls,
        String prefix,
        Duration timeout,
        int waitReplicas) {

    private static final String ADDRESSES = "broker.redis.address";
    private static final String CLUSTER = "broker.redis.cluster_address";
    private static final String SENTINEL_MASTER = "broker.redis.sentinel_master_name";

    private static final Pattern ADDRESS = Pattern.compile("[^:\\s]+:\\d{1,5}|\\[[0-9a-fA-F:.]+]:\\d{1,5}");

    /// A brace would be taken for the hash tag of a key.
    private static final Pattern PREFIX = Pattern.compile("[-a-zA-Z0-9_.]+");

    static RedisConfig from(Values v) {
        RedisConfig config = new RedisConfig(
                List.copyOf(v.list(ADDRESSES)),
                List.copyOf(v.list(CLUSTER)),
                v.string(SENTINEL_MASTER),
                v.string("broker.redis.user"),
                v.string("broker.redis.password"),
                RedisTlsConfig.from(v),
                v.string("broker.redis.prefix"),
                v.duration("broker.redis.timeout"),
                v.integer("broker.redis.wait_replicas"));
        if (config.addresses.isEmpty()) {
            v.problem(ADDRESSES, "is empty");
        }
        checkAddresses(v, ADDRESSES, config.addresses);
        checkAddresses(v, CLUSTER, config.clusterAddresses);
        if (!config.clusterAddresses.isEmpty() && !config.sentinelMaster.isEmpty()) {
            v.problem(CLUSTER, "does not go together with " + SENTINEL_MASTER + ": a cluster has no sentinels");
        }
        if (!PREFIX.matcher(config.prefix).matches()) {
            v.problem(
                    "broker.redis.prefix", "'" + config.prefix + "' is not made of letters, digits, '-', '_' and '.'");
        }
        return config;
    }

    private static void checkAddresses(Values v, String key, List<String> addresses) {
        for (String address : addresses) {
            if (!ADDRESS.matcher(address).matches()) {
                // The text is not shown: it may be a URL with a password.
                v.problem(key, "an address is not host:port");
            }
        }
    }

    /// The password never shows up in a log.
    @Override
    public String toString() {
        return "RedisConfig[addresses=%s, clusterAddresses=%s, sentinelMaster=%s, user=%s, tls=%s, prefix=%s, timeout=%s, waitReplicas=%s]"
                .formatted(addresses, clusterAddresses, sentinelMaster, user, tls, prefix, timeout, waitReplicas);
    }
}
