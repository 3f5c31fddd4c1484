package dev.heliograph.server;

import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.config.ControlConfig;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.control.Control;
import dev.heliograph.server.control.ControlException;
import dev.heliograph.server.control.ControlStore;
import dev.heliograph.server.control.redis.RedisStore;
import dev.heliograph.server.control.sql.SqlStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;

/// Opens what operators decide where the configuration says that it is kept.
final class Controls {

    private Controls() {}

    /// @param cluster not started yet
    /// @return not started yet
    /// @throws ControlException if the directory is in use by another relay, or cannot be read; an unreachable Redis
    ///                          is none of these
    static Control open(RelayConfig config, Cluster cluster, Clock clock) {
        return new Control(store(config, clock), cluster, clock);
    }

    private static ControlStore store(RelayConfig config, Clock clock) {
        return switch (config.broker()) {
            case EMBEDDED -> embedded(config.control(), clock);
            case REDIS -> new RedisStore(config.redis(), config.control());
        };
    }

    private static ControlStore embedded(ControlConfig config, Clock clock) {
        if (config.directory().isEmpty()) {
            return SqlStore.inMemory(clock, config.auditRetention());
        }
        try {
            return SqlStore.open(Path.of(config.directory()), clock, config.auditRetention());
        } catch (InvalidPathException e) {
            throw new ControlException("control.directory: '" + config.directory() + "' is not a path", e);
        }
    }
}
