package dev.heliograph.server.channel;

import dev.heliograph.server.config.ChannelOptions;

/// A channel's name and what its namespace says about it.
///
/// @param namespace   its namespace; empty without one
/// @param isPrivate   its name begins with the private prefix: only a token opens it
/// @param userLimited its name lists the users who may have it, and the namespace honours that
/// @param users       those users; empty if it is not user-limited
/// @param separator   between them; empty if `users` is one
public record Channel(
        String name,
        String namespace,
        ChannelOptions options,
        boolean isPrivate,
        boolean userLimited,
        String users,
        String separator) {

    /// Whether a user-limited channel lists a user. Nobody without an id is listed, not by an empty entry
    /// either.
    public boolean lists(String user) {
        if (!userLimited || user.isEmpty()) {
            return false;
        }
        if (separator.isEmpty()) {
            return users.equals(user);
        }
        int from = 0;
        while (from <= users.length()) {
            int end = users.indexOf(separator, from);
            int to = end < 0 ? users.length() : end;
            if (to - from == user.length() && users.startsWith(user, from)) {
                return true;
            }
            if (end < 0) {
                return false;
            }
            from = end + separator.length();
        }
        return false;
    }
}
