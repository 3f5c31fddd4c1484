package dev.heliograph.server.control;

import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.control.redis.RedisStore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Stores in a real Redis, however it is laid out. A prefix of its own is as good as an empty Redis.
final class RedisStores {

    private static final AtomicInteger STORES = new AtomicInteger();

    private final Supplier<String> settings;
    private String prefix = "";

    /// @param settings of `broker.redis` that tell how to reach it, as in a file
    RedisStores(Supplier<String> settings) {
        this.settings = settings;
    }

    ControlStore create() {
        prefix = "test" + STORES.incrementAndGet();
        return reopen();
    }

    ControlStore reopen() {
        return withAuditMaxEntries(1_000_000);
    }

    ControlStore withAuditMaxEntries(int entries) {
        // Patient, since machines are busy and no test of the contract is about timeouts.
        RelayConfig config =
                RelayConfig.parse("broker: {redis: {timeout: 10s, prefix: %s, %s}}\ncontrol: {audit_max_entries: %d}"
                        .formatted(prefix, settings.get(), entries));
        return new RedisStore(config.redis(), config.control());
    }

    String prefix() {
        return prefix;
    }
}
