package dev.heliograph.client;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// One channel of one client. Once subscribed it stays so, through lost connections, until [#unsubscribe] or until the
/// server ends it; see [SubscriptionState] for the states in between. Threadsafe.
public final class Subscription {

    private final HeliographClient client;
    private final Engine engine;
    private final Membership membership;

    Subscription(HeliographClient client, Engine engine, Membership membership) {
        this.client = client;
        this.engine = engine;
        this.membership = membership;
    }

    Membership membership() {
        return membership;
    }

    public String channel() {
        return membership.channel();
    }

    public SubscriptionState state() {
        return membership.state();
    }

    /// Begins to subscribe, unless that has been done.
    ///
    /// @return completes when the subscription stands, or exceptionally when it ends first
    public CompletableFuture<SubscribedEvent> subscribe() {
        CompletableFuture<SubscribedEvent> future = new CompletableFuture<>();
        engine.execute(() -> membership.subscribe(future));
        return future;
    }

    /// Ends the subscription. Where it stood in the stream is kept, and recovered from if it subscribes again.
    public void unsubscribe() {
        engine.execute(() -> membership.unsubscribe(Cause.UNSUBSCRIBE_CALLED));
    }

    /// The subscription's publications for a loop; from now on they go there and not to the listener. To miss
    /// none, call this before [#subscribe()]. When the loop is over, call it anew for another.
    public Publications publications() {
        return membership.loop(this::unsubscribe);
    }

    /// The last publication the application was given, for [SubscriptionOptions#since]; empty if the channel
    /// keeps no positions.
    public Optional<StreamPosition> position() {
        return membership.handedOver();
    }

    /// See [HeliographClient#publish(String, Bytes)].
    public CompletableFuture<Void> publish(Bytes data) {
        return client.publish(channel(), data);
    }

    /// See [HeliographClient#presence].
    public CompletableFuture<Result.Presence> presence() {
        return client.presence(channel());
    }

    /// See [HeliographClient#history].
    public CompletableFuture<Result.History> history(int limit, Optional<StreamPosition> since, boolean reverse) {
        return client.history(channel(), limit, since, reverse);
    }
}
