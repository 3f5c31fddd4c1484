package dev.heliograph.console.action;

import java.util.Locale;
import java.util.Optional;

/// What a token allows; each role may do what those before it may (docs/admin.md, "Who may do what").
public enum Role {
    VIEWER,
    OPERATOR,
    ADMIN;

    /// The role of this name in the admin API; empty for one that this console does not know.
    public static Optional<Role> of(String name) {
        for (Role role : values()) {
            if (role.text().equals(name)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether a token of this role may do what needs that one.
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
