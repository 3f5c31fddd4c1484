package dev.heliograph.server.guard;

import java.util.List;
import java.util.Optional;

/// What is decided of a handshake.
///
/// @param refusal    if it is not admitted
/// @param waitNanos  else how long it has to wait for its turn; at most [#LONGEST_WAIT_NANOS]
/// @param turnstiles what it goes through then
public record Admission(Optional<Refusal> refusal, long waitNanos, List<Turnstile> turnstiles) {

    /// Clients give a connection up after some seconds: five, those with the official SDKs.
    static final long LONGEST_WAIT_NANOS = 1_000_000_000L;

    static final Admission NOW = new Admission(Optional.empty(), 0, List.of());

    static Admission refused(Refusal refusal) {
        return new Admission(Optional.of(refusal), 0, List.of());
    }

    /// Its turn has come.
    ///
    /// @param now of [System#nanoTime]
    /// @return for how many nanoseconds it must wait once more, because those before it were late
    public long goThrough(long now) {
        long wait = 0;
        for (Turnstile each : turnstiles) {
            wait = Math.max(wait, each.waitNanos(now));
        }
        return wait;
    }
}
