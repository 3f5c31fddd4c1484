package dev.heliograph.server.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Section `broker.redis`.
///
/// @param addresses      `host:port`: one Redis, several that share the channels, or sentinels
/// @param sentinelMaster what sentinels call the master; empty without sentinels
/// @param user           of an ACL; empty for the default user
/// @param prefix         of keys and pub/sub channels
/// @param timeout        for connecting, and for a command with its waiting
/// @param waitReplicas   how many replicas have a stored publication before it counts as published
public record RedisConfig(
        List<String> addresses,
        String sentinelMaster,
        String user,
        String password,
        boolean tls,
        String prefix,
        Duration timeout,
        int waitReplicas) {

    private static final Pattern ADDRESS = Pattern.compile("[^:\\s]+:\\d{1,5}|\\[[0-9a-fA-F:.]+]:\\d{1,5}");

    /// A brace would be taken for the hash tag of a key.
    private static final Pattern PREFIX = Pattern.compile("[-a-zA-Z0-9_.]+");

    static RedisConfig from(Values v) {
        RedisConfig config = new RedisConfig(
                List.copyOf(v.list("broker.redis.address")),
                v.string("broker.redis.sentinel_master_name"),
                v.string("broker.redis.user"),
                v.string("broker.redis.password"),
                v.bool("broker.redis.tls.enabled"),
                v.string("broker.redis.prefix"),
                v.duration("broker.redis.timeout"),
                v.integer("broker.redis.wait_replicas"));
        if (config.addresses.isEmpty()) {
            v.problem("broker.redis.address", "is empty");
        }
        for (String address : config.addresses) {
            if (!ADDRESS.matcher(address).matches()) {
                // The text is not shown: it may be a URL with a password.
                v.problem("broker.redis.address", "an address is not host:port");
            }
        }
        if (!PREFIX.matcher(config.prefix).matches()) {
            v.problem(
                    "broker.redis.prefix", "'" + config.prefix + "' is not made of letters, digits, '-', '_' and '.'");
        }
        return config;
    }

    /// The password never shows up in a log.
    @Override
    public String toString() {
        return "RedisConfig[addresses=%s, sentinelMaster=%s, user=%s, tls=%s, prefix=%s, timeout=%s, waitReplicas=%s]"
                .formatted(addresses, sentinelMaster, user, tls, prefix, timeout, waitReplicas);
    }
}
