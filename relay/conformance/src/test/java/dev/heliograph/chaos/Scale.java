package dev.heliograph.chaos;

import java.time.Duration;

/// How much of everything a run has.
///
/// @param messages    in all phases together
/// @param channels    of them every fifth keeps only a short history
/// @param readers     of each channel
/// @param perSecond   messages that publishers try to send
/// @param drops       connections cut a second
/// @param cut         how long pub/sub is swallowed
/// @param idempotent  messages of the run with repeated publishes
record Scale(int messages, int channels, int readers, int perSecond, int drops, Duration cut, int idempotent) {

    static final Scale LONG = new Scale(1_000_000, 20, 20, 2_500, 500, Duration.ofSeconds(60), 100_000);

    static final Scale SHORT = new Scale(60_000, 10, 10, 1_000, 100, Duration.ofSeconds(8), 100_000);
}
