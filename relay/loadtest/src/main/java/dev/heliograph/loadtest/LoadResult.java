package dev.heliograph.loadtest;

import java.util.Locale;

/// What came of a load test, as a whole.
///
/// @param unacknowledged publications that were given up; whether they were published nobody knows
/// @param peakReconnects in one second of the wall clock
public record LoadResult(
        int clients,
        long acknowledged,
        long unacknowledged,
        long lost,
        long duplicated,
        long reordered,
        long failedHandshakes,
        long abrupt,
        int peakReconnects,
        long longestGapMillis) {

    /// Whether every subscriber got all that was acknowledged, once and in order.
    public boolean complete() {
        return lost == 0 && duplicated == 0 && reordered == 0 && unacknowledged == 0;
    }

    /// All of it in one line, for programs.
    public String line() {
        return String.format(
                Locale.ROOT,
                "RESULT load: clients=%d acknowledged=%d lost=%d duplicated=%d reordered=%d failed_handshakes=%d"
                        + " abrupt=%d peak_reconnects=%d longest_gap_ms=%d%s",
                clients,
                acknowledged,
                lost,
                duplicated,
                reordered,
                failedHandshakes,
                abrupt,
                peakReconnects,
                longestGapMillis,
                unacknowledged == 0 ? "" : " unacknowledged=" + unacknowledged);
    }
}
