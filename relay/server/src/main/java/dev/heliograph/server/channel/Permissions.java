package dev.heliograph.server.channel;

import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.server.config.ChannelOptions.Access;
import java.util.Optional;

/// Who may do what in a channel without a token for it (protocol B.3): the first rule that says something decides.
/// Answers are empty for yes, else the error.
public final class Permissions {

    private static final Optional<ErrorCode> DENIED = Optional.of(ErrorCode.PERMISSION_DENIED);
    private static final Optional<ErrorCode> NOT_AVAILABLE = Optional.of(ErrorCode.NOT_AVAILABLE);

    private Permissions() {}

    /// For a subscribe request without a token; one with a token is decided by the token alone.
    ///
    /// @param user empty for an anonymous one
    public static Optional<ErrorCode> subscribe(Channel channel, String user, boolean insecure) {
        if (channel.isPrivate()) {
            return DENIED;
        }
        if (channel.userLimited()) {
            return channel.lists(user) || insecure ? Optional.empty() : DENIED;
        }
        return decide(channel.options().subscribe(), user, false, insecure);
    }

    /// For a publication of a client.
    ///
    /// @param subscribed whether the connection is subscribed to the channel
    public static Optional<ErrorCode> publish(Channel channel, String user, boolean subscribed, boolean insecure) {
        return decide(channel.options().publish(), user, subscribed, insecure);
    }

    public static Optional<ErrorCode> history(Channel channel, String user, boolean subscribed, boolean insecure) {
        return channel.options().keepsHistory()
                ? decide(channel.options().history(), user, subscribed, insecure)
                : NOT_AVAILABLE;
    }

    public static Optional<ErrorCode> presence(Channel channel, String user, boolean subscribed, boolean insecure) {
        return channel.options().presence()
                ? decide(channel.options().seePresence(), user, subscribed, insecure)
                : NOT_AVAILABLE;
    }

    /// Whether a subscriber that asks for joins and leaves gets them, where the namespace has them. That takes
    /// the permission to see presence, whether presence is kept or not.
    public static boolean mayHearJoinLeave(Channel channel, String user, boolean insecure) {
        return decide(channel.options().seePresence(), user, true, insecure).isEmpty();
    }

    private static Optional<ErrorCode> decide(Access access, String user, boolean subscribed, boolean insecure) {
        boolean counts = !user.isEmpty() || access.anonymous();
        boolean allowed = (access.client() && counts) || (access.subscriber() && subscribed && counts) || insecure;
        return allowed ? Optional.empty() : DENIED;
    }
}
