package dev.heliograph.server.session;

import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.server.channel.Channel;
import dev.heliograph.server.hub.Subscription;

/// One subscription of a session, as its mailbox knows it; the shard knows the other half, a [Subscription].
final class ClientSubscription {

    private final Channel channel;
    private final Subscription onShard;
    private ClientInfo info;
    private final boolean serverSide;
    private final boolean presence;
    private final boolean joinLeave;
    private final boolean refreshable;

    /// Unix seconds, 0 for never.
    private long expireAt;

    /// @param serverSide  whether a token or the API made it, not a subscribe request
    /// @param presence    whether it is listed in the channel's presence
    /// @param joinLeave   whether the others are told of its coming and going
    /// @param refreshable whether a subscription token made it, so that a new one can prolong it
    ClientSubscription(
            Channel channel,
            Subscription onShard,
            ClientInfo info,
            boolean serverSide,
            boolean presence,
            boolean joinLeave,
            boolean refreshable,
            long expireAt) {
        this.channel = channel;
        this.onShard = onShard;
        this.info = info;
        this.serverSide = serverSide;
        this.presence = presence;
        this.joinLeave = joinLeave;
        this.refreshable = refreshable;
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

    boolean refreshable() {
        return refreshable;
    }

    long expireAt() {
        return expireAt;
    }

    void expireAt(long unixSeconds) {
        expireAt = unixSeconds;
    }
}
