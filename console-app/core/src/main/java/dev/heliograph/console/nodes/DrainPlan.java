package dev.heliograph.console.nodes;

import dev.heliograph.console.wire.DrainWish;
import java.time.Duration;
import java.util.Optional;

/// How a node is to be drained.
///
/// @param percent   of its clients; 100 empties it, and it takes nobody until the drain is cancelled
/// @param perSecond clients a second, or
/// @param within    until when all are asked; one of the two is there
/// @param force     also if no other node is there to take them
public record DrainPlan(double percent, Optional<Double> perSecond, Optional<Duration> within, boolean force) {

    public DrainPlan {
        if (!(percent > 0 && percent <= 100)) {
            throw new IllegalArgumentException("a share is more than 0 and at most 100 percent");
        }
        if (perSecond.isPresent() == within.isPresent()) {
            throw new IllegalArgumentException("a drain has a pace or a time, and not both");
        }
        if (perSecond.filter(pace -> !(pace > 0)).isPresent()) {
            throw new IllegalArgumentException("a pace is more than 0 a second");
        }
        if (within.filter(time -> time.isZero() || time.isNegative()).isPresent()) {
            throw new IllegalArgumentException("a time is more than 0 s");
        }
    }

    public static DrainPlan atPace(double percent, double perSecond) {
        return new DrainPlan(percent, Optional.of(perSecond), Optional.empty(), false);
    }

    public static DrainPlan within(double percent, Duration time) {
        return new DrainPlan(percent, Optional.empty(), Optional.of(time), false);
    }

    /// Whether it empties the node.
    public boolean whole() {
        return percent >= 100;
    }

    DrainWish wish() {
        return new DrainWish(
                percent,
                null,
                perSecond.orElse(null),
                within.map(Duration::toMillis).orElse(null),
                force ? Boolean.TRUE : null);
    }
}
