package dev.heliograph.loadtest.scenario;

import dev.heliograph.loadtest.Account;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/// What came of a scenario.
///
/// @param early     whether it was ended before its time
/// @param published publications
/// @param seconds   of publishing
/// @param entry     the time until all clients were there
/// @param latency   in microseconds, from when a publication was due
/// @param entries   in microseconds
/// @param slow      the account of the clients that were slow on purpose
/// @param marks     what the scenario did
public record Result(
        Settings settings,
        Instant started,
        boolean early,
        long published,
        double seconds,
        double entry,
        Histogram latency,
        Histogram entries,
        Account account,
        Account slow,
        List<Second> series,
        List<Mark> marks) {

    /// Something that the scenario did, as seconds since the run began.
    public record Mark(double at, String text) {}

    public double deliveriesPerSecond() {
        return seconds == 0 ? 0 : account.delivered() / seconds;
    }

    /// In milliseconds.
    public double latencyMillis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e3;
    }

    /// In milliseconds.
    public double entryMillis(double percentile) {
        return entries.getValueAtPercentile(percentile) / 1e3;
    }

    /// Whether each client that is not slow on purpose got each publication once and in order, to the end; and each of
    /// the others nothing twice.
    public boolean exact() {
        return account.exact() && slow.duplicated() == 0;
    }

    /// All of it in one line, for programs.
    public String line() {
        return String.format(
                Locale.ROOT,
                "RESULT load-%s: clients=%d published=%d deliveries_per_s=%.0f p50_ms=%.2f p99_ms=%.2f entry_p99_ms=%.1f"
                        + " disconnected=%d returned=%d lost=%d duplicated=%d reordered=%d",
                settings.scenario().label(),
                settings.clients(),
                published,
                deliveriesPerSecond(),
                latencyMillis(50),
                latencyMillis(99),
                entryMillis(99),
                account.disconnected(),
                account.returned(),
                account.lost(),
                account.duplicated(),
                account.reordered());
    }
}
