package dev.heliograph.grafana;

import static dev.heliograph.grafana.Panel.graph;

/// Who is kept out, and why.
final class LimitsDashboard {

    private LimitsDashboard() {}

    static Dashboard create() {
        return Dashboard.of(
                "limits",
                "Heliograph: limits and bans",
                "Who is not let in or slowed down: by limits, bans, and tokens that are not accepted.",
                "relay",
                Row.of(
                        "Limits",
                        graph("Hits of limits", "cps", "Each limit by its name; would_reject is a dry run.")
                                .query(
                                        "sum by (rule, outcome) (rate(heliograph_rule_hits_total{@}[$__rate_interval]))",
                                        "{{rule}} {{outcome}}"),
                        graph("Refusals", "cps", "Of handshakes, connects and operations, and bans that ended some.")
                                .query(
                                        "sum by (cause)"
                                                + " (rate(heliograph_guard_refusals_total{@}[$__rate_interval]))",
                                        "{{cause}}"),
                        graph("Admission", "percentunit", "Share of handshakes that got 503 as nodes take no more.")
                                .query("job:heliograph_admission_rejected:ratio_rate1m{@job}", "refused")
                                .alertAt(0.05)),
                Row.of(
                        "Handshakes",
                        graph("Handshakes that were not accepted", "cps", "By how they ended.")
                                .query(
                                        "sum by (outcome) (rate("
                                                + "heliograph_handshakes_total{@,outcome!=\"accepted\"}[$__rate_interval]))",
                                        "{{outcome}}"),
                        graph("Refused by rules for addresses", "cps", "A flood, if it is more than are accepted.")
                                .query(
                                        "sum(rate(heliograph_handshakes_total{@,outcome=~\"rate|count|flood|address\"}"
                                                + "[$__rate_interval]))",
                                        "refused")
                                .query(
                                        "sum(rate(heliograph_handshakes_total{@,outcome=\"accepted\"}"
                                                + "[$__rate_interval]))",
                                        "accepted")
                                .alertAt(50),
                        graph("Connects", "cps", "Connect requests, by how they ended.")
                                .query(
                                        "sum by (outcome) (rate(heliograph_connects_total{@}[$__rate_interval]))",
                                        "{{outcome}}")),
                Row.of(
                        "Tokens and keys",
                        graph("Tokens of clients that were refused", "cps", "By what was wrong with them.")
                                .query(
                                        "sum by (kind, cause)"
                                                + " (rate(heliograph_token_refusals_total{@}[$__rate_interval]))",
                                        "{{kind}} {{cause}}"),
                        graph("Keys of back ends that were refused", "cps", "Requests of the HTTP API.")
                                .query(
                                        "sum by (cause)"
                                                + " (rate(heliograph_api_auth_failures_total{@}[$__rate_interval]))",
                                        "{{cause}}"),
                        graph("Tokens of operators that were refused", "cps", "Requests of the admin API.")
                                .query(
                                        "sum by (cause)"
                                                + " (rate(heliograph_admin_auth_failures_total{@}[$__rate_interval]))",
                                        "{{cause}}"),
                        graph("All refusals of tokens and keys", "cps", "And the mean of 6 hours, to compare.")
                                .query("job:heliograph_auth_failures:rate5m{@job}", "now")
                                .query("avg_over_time(job:heliograph_auth_failures:rate5m{@job}[6h])", "6 hours"),
                        graph("Connections that the relay ended", "cps", "For bans, tokens and limits, by code.")
                                .query(
                                        "sum by (code) (rate("
                                                + "heliograph_disconnects_total{@,code=~\"30..|35..\"}[$__rate_interval]))",
                                        "{{code}}"),
                        graph("Errors for limits", "cps", "Commands that were answered with error 111.")
                                .query(
                                        "sum by (node) (rate("
                                                + "heliograph_command_errors_total{@,code=\"111\"}[$__rate_interval]))",
                                        "{{node}}")));
    }
}
