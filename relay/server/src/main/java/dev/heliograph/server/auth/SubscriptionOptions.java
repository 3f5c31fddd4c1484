package dev.heliograph.server.auth;

import dev.heliograph.protocol.Bytes;

/// How a subscription that the server makes differs from what the channel's namespace says.
///
/// @param info     of the user in this channel; shown to others
/// @param data     for the subscriber
/// @param expireAt in Unix seconds; 0 for never
public record SubscriptionOptions(Bytes info, Bytes data, SubscriptionOverride override, long expireAt) {

    public static final SubscriptionOptions NONE =
            new SubscriptionOptions(Bytes.EMPTY, Bytes.EMPTY, SubscriptionOverride.NONE, 0);
}
