package dev.heliograph.client;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;

/// What the server promised a subscription.
///
/// @param recoverable   whether a lost connection will be made up for from the channel's history
/// @param positioned    whether the server detects lost publications
/// @param position      where the stream stood: before the recovered publications, or at its top
/// @param wasRecovering whether recovery was tried
/// @param recovered     whether nothing is missing; if not, while `wasRecovering`, publications were lost and the
///                      application should load its state anew
/// @param data          custom data of the subscription
public record SubscribedEvent(
        boolean recoverable,
        boolean positioned,
        StreamPosition position,
        boolean wasRecovering,
        boolean recovered,
        Bytes data) {

    static SubscribedEvent of(Result.Subscribe result) {
        return new SubscribedEvent(
                result.recoverable(),
                result.positioned(),
                new StreamPosition(result.offset(), result.epoch()),
                result.wasRecovering(),
                result.recovered(),
                result.data());
    }
}
