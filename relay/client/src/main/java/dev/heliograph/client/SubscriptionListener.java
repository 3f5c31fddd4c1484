package dev.heliograph.client;

import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;

/// Hears of a subscription. Calls come one after the other, in order, on a virtual thread; they may block, and while
/// they do the subscription's events wait, up to a bound, see [HeliographClient].
public interface SubscriptionListener {

    /// The subscription is on its way, for the first time or again; what was published meanwhile is not lost if
    /// it is recovered, see [#onSubscribed].
    default void onSubscribing(String channel, Cause cause) {}

    /// The subscription stands. The recovered publications follow at once, as if they had just been published.
    default void onSubscribed(String channel, SubscribedEvent event) {}

    default void onPublication(String channel, Publication publication) {}

    default void onJoin(String channel, ClientInfo info) {}

    default void onLeave(String channel, ClientInfo info) {}

    /// The subscription ended and will not come back by itself.
    default void onUnsubscribed(String channel, Cause cause) {}

    /// Something failed that will be tried again: a token, a temporary error of the server.
    default void onError(String channel, Throwable error) {}
}
