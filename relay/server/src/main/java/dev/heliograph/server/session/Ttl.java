package dev.heliograph.server.session;

/// Times to live as clients are told of them.
final class Ttl {

    /// A year: clients compute timers from it, and longer ones overflow in some.
    private static final long MAX_SECONDS = 365L * 24 * 3600;

    private Ttl() {}

    /// Seconds from now to a Unix time, at most a year; 0 if there is none.
    static int seconds(long expireAt, long now) {
        return expireAt == 0 ? 0 : (int) Math.clamp(expireAt - now, 0, MAX_SECONDS);
    }
}
