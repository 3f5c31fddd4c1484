package dev.heliograph.chaos;

import java.time.Duration;

/// How much of everything a run has.
///
/// @param messages    in all phases together
/// @param channels    of them every fifth keeps only a short history
/// @param readers     of each channel
/// @param publishers each with one message on its way
/// @param perSecond   messages that publishers try to send
/// @param drops       connections cut a second
/// @param rounds      how often everything breaks
/// @param cut         how long pub/sub is swallowed
/// @param idempotent  messages of the run with repeated publishes
record Scale(
        int messages,
        int channels,
        int readers,
        int publishers,
        int perSecond,
        int drops,
        int rounds,
        Duration cut,
        int idempotent) {

    static final Scale LONG = new Scale(1_000_000, 40, 10, 64, 3_000, 500, 2, Duration.ofSeconds(60), 100_000);

    static final Scale SHORT = new Scale(30_000, 10, 10, 16, 2_000, 100, 1, Duration.ofSeconds(7), 100_000);

    /// Those of the phases with one Redis.
    int ofOneRedis() {
        return messages / 5 * 4;
    }

    /// The others.
    int ofFailover() {
        return messages - ofOneRedis();
    }
}
