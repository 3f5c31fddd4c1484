package dev.heliograph.loadtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// What happened between two marks, or in the whole run. Not threadsafe.
final class Figures {

    final String name;
    final Instant at = Instant.now();
    final long began = System.nanoTime();

    /// What had been acknowledged in each channel when it began.
    final int[] from;

    final Endings clients = new Endings();
    final Endings visitors = new Endings();

    /// Clients that came back, by second of the wall clock.
    final Map<Long, Integer> reconnects = new TreeMap<>();

    final Map<String, Long> publishErrors = new TreeMap<>();
    final Map<String, Long> clientErrors = new TreeMap<>();
    long duplicated;
    long reordered;
    long recovered;
    long unrecovered;
    long fromHistory;
    long longestGap;
    long visits;
    long visitsServed;
    long visitsSilent;
    long visitsSkipped;

    /// When all clients were connected again, as of [System#nanoTime]; the beginning if none was away.
    long backAt = began;

    /// Whether at its end, or now, all clients are connected.
    boolean back;

    Figures(String name, int[] from) {
        this.name = name;
        this.from = from;
    }

    int peak() {
        return reconnects.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    long failedHandshakes() {
        return clients.failedHandshakes() + visitors.failedHandshakes();
    }

    long abrupt() {
        return clients.abrupt() + visitors.abrupt();
    }

    long longestGapMillis() {
        return TimeUnit.NANOSECONDS.toMillis(longestGap);
    }

    /// @param acknowledged in this time
    /// @param lost         of these
    void write(ObjectNode node, long acknowledged, long lost) {
        node.put("name", name)
                .put("at", at.toString())
                .put("acknowledged", acknowledged)
                .put("lost", lost)
                .put("duplicated", duplicated)
                .put("reordered", reordered)
                .put("longest_gap_ms", longestGapMillis())
                .put("failed_handshakes", failedHandshakes())
                .put("abrupt", abrupt())
                .put(
                        "publish_retries",
                        publishErrors.values().stream()
                                .mapToLong(Long::longValue)
                                .sum());
        Endings.write(node.putObject("publish_retries_by_cause"), publishErrors);
        if (back) {
            node.put("all_back_ms", TimeUnit.NANOSECONDS.toMillis(backAt - began));
        } else {
            node.putNull("all_back_ms");
        }
        node.put(
                        "reconnects",
                        reconnects.values().stream()
                                .mapToLong(Integer::longValue)
                                .sum())
                .put("peak_reconnects", peak());
        ObjectNode seconds = node.putObject("reconnects_by_second");
        reconnects.forEach((second, count) -> seconds.put(Long.toString(second), count));
        node.put("recovered", recovered).put("unrecovered", unrecovered).put("from_history", fromHistory);
        clients.write(node.putObject("clients"));
        Endings.write(node.putObject("client_errors"), clientErrors);
        ObjectNode churn = node.putObject("churn")
                .put("visits", visits)
                .put("served", visitsServed)
                .put("silent", visitsSilent)
                .put("skipped", visitsSkipped);
        visitors.write(churn);
    }
}
