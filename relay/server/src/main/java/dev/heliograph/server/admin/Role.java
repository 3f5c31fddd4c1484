package dev.heliograph.server.admin;

import dev.heliograph.server.config.AdminConfig;
import java.util.Optional;

/// What an operator may do; each may do what those before it may.
enum Role {
    /// Sees what is there.
    VIEWER,
    /// Changes what runs: disconnects, bans, limits, drains.
    OPERATOR,
    /// Changes who may change it, and the configuration.
    ADMIN;

    /// The name in tokens, in the configuration and in the API.
    String text() {
        return AdminConfig.ROLES.get(ordinal());
    }

    static Optional<Role> of(String text) {
        int place = AdminConfig.ROLES.indexOf(text);
        return place < 0 ? Optional.empty() : Optional.of(values()[place]);
    }

    boolean allows(Role needed) {
        return compareTo(needed) >= 0;
    }
}
