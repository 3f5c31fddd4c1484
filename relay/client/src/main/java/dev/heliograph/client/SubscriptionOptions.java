package dev.heliograph.client;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.StreamPosition;
import java.util.Optional;

/// How to subscribe. Immutable; each method returns a copy with one thing changed.
///
/// @param token       for channels that need a subscription token
/// @param positioned  ask the server to detect lost publications
/// @param recoverable ask the server to make up for lost connections from the channel's history
/// @param joinLeave   ask for join and leave events
/// @param since       recover from here at the first subscribe, for an application that kept its position
/// @param data        custom data for a subscribe hook
/// @param listener    hears of the subscription
public record SubscriptionOptions(
        Optional<TokenSource> token,
        boolean positioned,
        boolean recoverable,
        boolean joinLeave,
        Optional<StreamPosition> since,
        Bytes data,
        SubscriptionListener listener) {

    /// Nothing asked for: the server's configuration of the channel decides.
    public static final SubscriptionOptions DEFAULT = new SubscriptionOptions(
            Optional.empty(), false, false, false, Optional.empty(), Bytes.EMPTY, new SubscriptionListener() {});

    public SubscriptionOptions withToken(TokenSource source) {
        return new SubscriptionOptions(Optional.of(source), positioned, recoverable, joinLeave, since, data, listener);
    }

    public SubscriptionOptions withPositioned() {
        return new SubscriptionOptions(token, true, recoverable, joinLeave, since, data, listener);
    }

    public SubscriptionOptions withRecoverable() {
        return new SubscriptionOptions(token, positioned, true, joinLeave, since, data, listener);
    }

    public SubscriptionOptions withJoinLeave() {
        return new SubscriptionOptions(token, positioned, recoverable, true, since, data, listener);
    }

    public SubscriptionOptions withSince(StreamPosition position) {
        return new SubscriptionOptions(
                token, positioned, recoverable, joinLeave, Optional.of(position), data, listener);
    }

    public SubscriptionOptions withData(Bytes custom) {
        return new SubscriptionOptions(token, positioned, recoverable, joinLeave, since, custom, listener);
    }

    public SubscriptionOptions withListener(SubscriptionListener hearer) {
        return new SubscriptionOptions(token, positioned, recoverable, joinLeave, since, data, hearer);
    }
}
