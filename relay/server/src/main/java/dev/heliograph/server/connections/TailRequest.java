package dev.heliograph.server.connections;

import java.time.Duration;

/// A look at what is published in a channel.
///
/// @param perSecond publications that are shown in any second, 1 to 20; more are counted only
/// @param duration  after which it ends, at most ten minutes
public record TailRequest(String channel, int perSecond, Duration duration, Masking masking) {

    /// Publications a second.
    public static final int MAX_PER_SECOND = 20;

    public static final Duration MAX_DURATION = Duration.ofMinutes(10);

    /// @throws IllegalArgumentException if something is out of its bounds
    public TailRequest {
        if (perSecond < 1 || perSecond > MAX_PER_SECOND) {
            throw new IllegalArgumentException("a tail shows 1 to %d publications a second".formatted(MAX_PER_SECOND));
        }
        if (!duration.isPositive() || duration.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException("a tail takes at most %d minutes".formatted(MAX_DURATION.toMinutes()));
        }
    }
}
