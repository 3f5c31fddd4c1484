package dev.heliograph.console.desktop.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// Begins as [Toolkit#CLOCK], and goes when the test says so.
public final class TickingClock extends Clock {

    private volatile Instant now = Toolkit.CLOCK.instant();

    /// Is so much later.
    public synchronized void pass(Duration time) {
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

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
