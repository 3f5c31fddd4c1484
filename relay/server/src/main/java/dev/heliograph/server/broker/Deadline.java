package dev.heliograph.server.broker;

import java.time.Duration;

/// Moments in milliseconds at which something ends.
final class Deadline {

    /// Later than every other.
    static final long NEVER = Long.MAX_VALUE;

    private static final Duration LONGEST = Duration.ofDays(365_000);

    private Deadline() {}

    /// A time to live from now on; an absurdly long one never ends instead of overflowing.
    static long after(long now, Duration ttl) {
        return ttl.compareTo(LONGEST) < 0 ? now + ttl.toMillis() : NEVER;
    }
}
