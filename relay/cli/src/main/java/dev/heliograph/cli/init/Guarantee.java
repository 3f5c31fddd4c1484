package dev.heliograph.cli.init;

import java.util.Locale;

/// What becomes of a message when a client, a relay or a Redis is away for a while.
enum Guarantee {
    /// It may be missed.
    BEST_EFFORT,
    /// It arrives; a back end that repeats a publish may deliver it twice.
    AT_LEAST_ONCE,
    /// It arrives once, where publishes carry idempotency keys.
    EFFECTIVELY_ONCE;

    boolean keepsHistory() {
        return this != BEST_EFFORT;
    }

    /// As it is written in options.
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
