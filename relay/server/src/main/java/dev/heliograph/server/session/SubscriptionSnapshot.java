package dev.heliograph.server.session;

/// What is known of a subscription at a moment.
///
/// @param serverSide whether a token or the API made it, not a subscribe request
/// @param positioned whether loss is detected
/// @param presence   whether it is listed in the channel's presence
/// @param joinLeave  whether others are told of its coming and going
/// @param expireAt   Unix seconds; 0 for never
public record SubscriptionSnapshot(
        String channel, boolean serverSide, boolean positioned, boolean presence, boolean joinLeave, long expireAt) {

    static SubscriptionSnapshot of(ClientSubscription subscription) {
        return new SubscriptionSnapshot(
                subscription.channel().name(),
                subscription.serverSide(),
                subscription.onShard().positioned(),
                subscription.presence(),
                subscription.joinLeave(),
                subscription.expireAt());
    }
}
