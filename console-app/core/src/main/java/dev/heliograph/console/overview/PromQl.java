package dev.heliograph.console.overview;

import java.time.Duration;

/// The figures in Prometheus' language, with the names of docs/metrics.md.
final class PromQl {

    private final String matchers;

    /// @param matchers inside of the braces of each metric; may be empty
    PromQl(String matchers) {
        this.matchers = matchers.strip();
    }

    String byNode(Figure figure, Duration window) {
        return query(figure, window, "instance, node");
    }

    /// Unlike figures of nodes, what histograms count can be added up: here percentiles are those of the cluster.
    String cluster(Figure figure, Duration window) {
        return query(figure, window, "");
    }

    private String query(Figure figure, Duration window, String by) {
        return switch (figure) {
            case CONNECTIONS -> sum(by, metric("heliograph_sessions", ""));
            case DELIVERIES -> rate(by, "heliograph_deliveries_total", "", window);
            case PUBLICATIONS -> rate(by, "heliograph_publications_total", "", window);
            case BYTES_OUT -> rate(by, "heliograph_sent_bytes_total", "", window);
            case BYTES_IN -> rate(by, "heliograph_received_bytes_total", "", window);
            case CPU -> cpu(by, window);
            case REFUSED -> rate(by, "heliograph_handshakes_total", "outcome!=\"accepted\"", window);
            case ERRORS -> rate(by, "heliograph_command_errors_total", "", window);
            case REJECTED -> rate(by, "heliograph_guard_refusals_total", "", window);
            case LATENCY_P50 -> quantile("0.5", by, window);
            case LATENCY_P95 -> quantile("0.95", by, window);
            case LATENCY_P99 -> quantile("0.99", by, window);
        };
    }

    /// Other programs have this metric, too.
    private String cpu(String by, Duration window) {
        String rate = "rate(%s[%ds])".formatted(metric("process_cpu_seconds_total", ""), window.toSeconds());
        return "100 * " + sum(by, rate + " and on (instance, job) " + metric("heliograph_build_info", ""));
    }

    private String quantile(String share, String by, Duration window) {
        String grouped = by.isEmpty() ? "le" : by + ", le";
        return "1000 * histogram_quantile(%s, %s)"
                .formatted(share, rate(grouped, "heliograph_delivery_delay_seconds_bucket", "", window));
    }

    private String rate(String by, String name, String also, Duration window) {
        return sum(by, "rate(%s[%ds])".formatted(metric(name, also), window.toSeconds()));
    }

    private static String sum(String by, String inner) {
        return by.isEmpty() ? "sum(%s)".formatted(inner) : "sum by (%s) (%s)".formatted(by, inner);
    }

    private String metric(String name, String also) {
        String both = matchers.isEmpty() || also.isEmpty() ? matchers + also : matchers + "," + also;
        return both.isEmpty() ? name : name + "{" + both + "}";
    }
}
