package dev.heliograph.server.auth;

import dev.heliograph.server.observe.Counts;
import dev.heliograph.server.observe.Instruments;

/// What a key or secret of before may still let in, beside the one that took its place.
public enum PreviousKey {
    /// A request of the HTTP API.
    API,
    /// The token of a connection.
    CONNECTION,
    /// The token of a subscription.
    SUBSCRIPTION,
    /// The token of an operator.
    OPERATOR;

    /// How often one did: while this grows, somebody does not have the new one. The same for all who ask.
    public static Counts<PreviousKey> uses(Instruments instruments) {
        return instruments.counts(
                "heliograph_previous_key_uses",
                "Requests of the HTTP API and tokens that were accepted since a previous key or secret still is.",
                "kind",
                PreviousKey.class);
    }
}
