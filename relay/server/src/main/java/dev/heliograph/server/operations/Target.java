package dev.heliograph.server.operations;

import dev.heliograph.server.session.Session;
import dev.heliograph.server.session.Sessions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which sessions are meant: those of a user, or one client.
///
/// @param user   null for whoever has the client id; empty for those without a user
/// @param client the client id; empty for all of the user's
public record Target(@Nullable String user, String client) {

    /// @throws IllegalArgumentException if neither is given
    public Target {
        if (user == null && client.isEmpty()) {
            throw new IllegalArgumentException("user is required");
        }
    }

    List<Session> in(Sessions sessions) {
        if (client.isEmpty()) {
            return sessions.user(user == null ? "" : user);
        }
        return sessions.client(client)
                .filter(session -> user == null || session.user().equals(user))
                .map(List::of)
                .orElse(List.of());
    }
}
