package dev.heliograph.loadtest;

import java.util.Arrays;

/// One channel and the publications that were acknowledged in it: the numbers from 0 on, since a number is begun only
/// when that before it is acknowledged. Threadsafe.
final class Channel {

    private final String name;

    // Guarded by this.
    private int begun;
    private int acknowledged;
    private long[] times = new long[64];

    Channel(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /// The next number, which is to be published from now on.
    synchronized int begin() {
        return begun++;
    }

    /// Whoever is subscribed by now gets this number and all that follow.
    synchronized int begun() {
        return begun;
    }

    /// The number that was begun is published.
    synchronized void acknowledge(long now) {
        if (acknowledged == times.length) {
            times = Arrays.copyOf(times, 2 * times.length);
        }
        times[acknowledged++] = now;
    }

    /// How many are acknowledged.
    synchronized int acknowledged() {
        return acknowledged;
    }

    /// How many were acknowledged before a time, as of [System#nanoTime].
    synchronized int acknowledgedBefore(long time) {
        int low = 0;
        int high = acknowledged;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] - time < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
