package dev.heliograph.server.auth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A clock that stands still until it is told to move.
final class ManualClock extends Clock {

    /// Where every clock of this kind begins, in Unix seconds.
    static final long START = 1_900_000_000L;

    private volatile Instant now = Instant.ofEpochSecond(START);

    void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /// In another zone it stands still for good.
    @Override
    public Clock withZone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? this : Clock.fixed(now, zone);
    }
}
