package dev.heliograph.server;

import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.config.ControlConfig;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.control.AuditEntry;
import dev.heliograph.server.control.Control;
import dev.heliograph.server.control.ControlException;
import dev.heliograph.server.control.ControlStore;
import dev.heliograph.server.control.Document;
import dev.heliograph.server.control.DocumentType;
import dev.heliograph.server.control.Edit;
import dev.heliograph.server.control.redis.RedisStore;
import dev.heliograph.server.control.sql.SqlStore;
import dev.heliograph.server.guard.Decisions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Opens what operators decide where the configuration says that it is kept.
final class Controls {

    private Controls() {}

    /// Of a relay that is alone and has no admin API nobody can decide anything, unless they did so before.
    ///
    /// @param cluster not started yet
    /// @return not started yet
    static Optional<Control> openIfNeeded(RelayConfig config, Cluster cluster, Clock clock) {
        boolean needed = config.admin().enabled()
                || config.broker() == RelayConfig.BrokerType.REDIS
                || (!config.control().directory().isEmpty()
                        && Files.isDirectory(Path.of(config.control().directory())));
        return needed ? Optional.of(open(config, cluster, clock)) : Optional.empty();
    }

    /// What the guard needs of it.
    static Decisions decisions(Control control) {
        return new Decisions() {
            @Override
            public <T> List<Document<T>> all(DocumentType<T> type) {
                return control.all(type);
            }

            @Override
            public <T> Optional<Document<T>> find(DocumentType<T> type, String id) {
                return control.find(type, id);
            }

            @Override
            public void commit(List<? extends Edit<?>> edits, AuditEntry entry) {
                control.commit(edits, entry);
            }
        };
    }

    /// Opens it; not started yet.
    ///
    /// @param cluster not started yet
    /// @throws ControlException if the directory is in use by another relay, or cannot be read; that Redis
    ///         cannot
    ///                          be reached is no reason
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
