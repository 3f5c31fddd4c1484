package dev.heliograph.server.session;

import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.server.auth.SubscriptionToken;
import dev.heliograph.server.channel.Channel;
import dev.heliograph.server.hub.Subscription;
import java.util.Optional;

/// One subscription of a session, as its mailbox knows it; the shard knows the other half, a [Subscription].
final class ClientSubscription {

    private final Channel channel;
    private final Subscription onShard;
    private ClientInfo info;
    private final boolean serverSide;
    private final boolean presence;
    private final boolean joinLeave;
    private final boolean refreshable;
    private String tokenId;
    private long issuedAt;

    /// Unix seconds, 0 for never.
    private long expireAt;

    /// @param serverSide  whether a token or the API made it, not a subscribe request
    /// @param presence    whether it is listed in the channel's presence
    /// @param joinLeave   whether the others are told of its coming and going
    /// @param token       what made it, so that a new one can prolong it
    ClientSubscription(
            Channel channel,
            Subscription onShard,
            ClientInfo info,
            boolean serverSide,
            boolean presence,
            boolean joinLeave,
            Optional<SubscriptionToken> token,
            long expireAt) {
        this.channel = channel;
        this.onShard = onShard;
        this.info = info;
        this.serverSide = serverSide;
        this.presence = presence;
        this.joinLeave = joinLeave;
        this.refreshable = token.isPresent();
        this.tokenId = token.map(SubscriptionToken::id).orElse("");
        this.issuedAt = token.map(SubscriptionToken::issuedAt).orElse(0L);
        this.expireAt = expireAt;
    }

    Channel channel() {
        return channel;
    }

    Subscription onShard() {
        return onShard;
    }

    ClientInfo info() {
        return info;
    }

    void info(ClientInfo newInfo) {
        info = newInfo;
    }

    boolean serverSide() {
        return serverSide;
    }

    boolean presence() {
        return presence;
    }

    boolean joinLeave() {
        return joinLeave;
    }

    /// Whether a subscription token made it.
    boolean refreshable() {
        return refreshable;
    }

    long expireAt() {
        return expireAt;
    }

    /// A new token prolongs it.
    void refreshed(SubscriptionToken token) {
        tokenId = token.id();
        issuedAt = token.issuedAt();
        expireAt = token.expireAt();
    }

    /// `jti` of its token; empty if there is none.
    String tokenId() {
        return tokenId;
    }

    /// `iat` of its token in Unix seconds; 0 if there is none.
    long issuedAt() {
        return issuedAt;
    }
}
