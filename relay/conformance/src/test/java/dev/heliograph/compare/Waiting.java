package dev.heliograph.compare;

import java.time.Duration;

/// Time that belongs to a measurement.
final class Waiting {

    private Waiting() {}

    static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
