package dev.heliograph.server.session;

import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.server.auth.SubscriptionToken;
import dev.heliograph.server.auth.TokenException;
import dev.heliograph.server.channel.Channel;
import dev.heliograph.server.channel.ChannelException;
import dev.heliograph.server.channel.Permissions;

/// Which channels a session may have: by its namespaces, or by a subscription token (protocol A.6, "subscribe").
final class ChannelAccess {

    private final Services services;
    private final Session session;

    ChannelAccess(Services services, Session session) {
        this.services = services;
        this.session = session;
    }

    /// Whether a client that lists a channel in its connect request may have it: as if it had subscribed.
    boolean mayAskFor(String name) {
        try {
            return Permissions.subscribe(
                            session.now().channels().resolve(name),
                            session.user(),
                            session.now().config().client().insecure())
                    .isEmpty();
        } catch (ChannelException e) {
            if (e.code() == ErrorCode.UNKNOWN_CHANNEL) {
                throw new DisconnectException(DisconnectCode.BAD_REQUEST, "connect asks for an unknown namespace");
            }
            return false;
        }
    }

    /// @throws RequestException if no namespace allows such a name
    Channel resolve(String name) {
        try {
            return session.now().channels().resolve(name);
        } catch (ChannelException e) {
            throw new RequestException(e.code());
        }
    }

    /// A token for this session and a channel.
    ///
    /// @throws RequestException    if it is not accepted
    /// @throws DisconnectException if it is for somebody else
    SubscriptionToken verify(String text, String channel) {
        SubscriptionToken token;
        try {
            token = session.now().subscriptionTokens().verifySubscription(text);
        } catch (TokenException e) {
            throw new RequestException(
                    switch (e.verdict()) {
                        case EXPIRED -> ErrorCode.TOKEN_EXPIRED;
                        case INVALID -> ErrorCode.PERMISSION_DENIED;
                        case UNAVAILABLE -> ErrorCode.INTERNAL;
                    });
        }
        requireOwn(token, channel);
        return token;
    }

    boolean isRevoked(SubscriptionToken token) {
        return services.guard().isRevoked(token.user(), token.id(), token.issuedAt());
    }

    /// @throws DisconnectException if a token is for another channel, user or client
    void requireOwn(SubscriptionToken token, String channel) {
        if (!token.channel().equals(channel)
                || !token.user().equals(session.user())
                || !(token.client().isEmpty() || token.client().equals(session.id()))) {
            throw new DisconnectException(
                    DisconnectCode.INVALID_TOKEN, "the subscription token is for another channel, user or client");
        }
    }
}
