package dev.heliograph.grafana;

import static dev.heliograph.grafana.Panel.graph;
import static dev.heliograph.grafana.Panel.number;
import static dev.heliograph.grafana.Panel.table;

/// Where to look first: is everybody served, and is something about to change that.
final class ClusterDashboard {

    private ClusterDashboard() {}

    static Dashboard create() {
        return Dashboard.of(
                "cluster",
                "Heliograph: cluster",
                "Is everybody served? Objectives, connections and what comes in, over all nodes.",
                "relay|haproxy",
                Row.of(
                        "Now",
                        number("Targets that answer", "short", "What Prometheus reaches, by job.")
                                .query("sum by (job) (up{@})", "{{job}}"),
                        number("Connections", "short", "Open connections of clients.")
                                .query("sum(heliograph_connections{@})", "connections"),
                        number("Deliveries", "cps", "Messages that are handed to subscribers.")
                                .query("sum(rate(heliograph_deliveries_total{@}[$__rate_interval]))", "deliveries"),
                        number("Delay of deliveries", "s", "The 99th percentile of the last 5 minutes.")
                                .query("job:heliograph_delivery_delay_seconds:p99_5m{@job}", "p99")
                                .alertAt(0.25),
                        number("Alerts", "short", "Alerts that fire, by severity; the watchdog always does, as info.")
                                .query("sum by (severity) (ALERTS{alertstate=\"firing\"})", "{{severity}}"),
                        number("Fullest to mean", "short", "Connections of the fullest relay by those of the mean one.")
                                .query(
                                        "max(instance:heliograph_connections:sum{@})"
                                                + " / avg(instance:heliograph_connections:sum{@})",
                                        "max / mean")
                                .alertAt(1.5)),
                Row.of(
                        "Objectives",
                        graph("Deliveries that failed", "percentunit", "Share of the last hour; the budget is 0.1 %.")
                                .query("job:heliograph_delivery_errors:ratio_rate1h{@job}", "last hour")
                                .query("job:heliograph_delivery_errors:ratio_rate3d{@job}", "last 3 days")
                                .alertAt(0.0144),
                        graph("Publications that failed", "percentunit", "Share of the last hour; the budget is 0.1 %.")
                                .query("job:heliograph_publish_errors:ratio_rate1h{@job}", "last hour")
                                .query("job:heliograph_publish_errors:ratio_rate3d{@job}", "last 3 days")
                                .alertAt(0.0144),
                        graph("Handshakes that failed", "percentunit", "Handshakes and connects; the budget is 0.1 %.")
                                .query("job:heliograph_handshake_errors:ratio_rate1h{@job}", "last hour")
                                .query("job:heliograph_handshake_errors:ratio_rate3d{@job}", "last 3 days")
                                .alertAt(0.0144)),
                Row.of(
                        "Connections",
                        graph("Connections by node", "short", "Open connections of clients.")
                                .query("sum by (node, colour) (heliograph_connections{@})", "{{node}} {{colour}}"),
                        graph("Share of each colour", "percentunit", "Outside of a deployment one colour has all.")
                                .query("colour:heliograph_connections:share{@job}", "{{colour}}"),
                        graph("Handshakes", "cps", "WebSocket handshakes, by how they ended.")
                                .query(
                                        "sum by (outcome) (rate(heliograph_handshakes_total{@}[$__rate_interval]))",
                                        "{{outcome}}"),
                        graph("Connections that ended", "cps", "By the code that the relay gave, or who ended them.")
                                .query(
                                        "sum by (code) (rate(heliograph_disconnects_total{@}[$__rate_interval]))",
                                        "{{code}}"),
                        graph("Users and clients", "short", "Clients that have connected, and the users they are of.")
                                .query("sum(heliograph_sessions{@})", "clients")
                                .query("sum(heliograph_users{@})", "users, each node for itself"),
                        graph("Nodes of the cluster", "short", "How many nodes each node knows, itself included.")
                                .query("max by (node) (heliograph_cluster_nodes{@})", "{{node}}")),
                Row.of(
                        "Load balancers",
                        graph("Sessions", "short", "Connections that each load balancer has with relays.")
                                .query(
                                        "sum by (node, proxy) (haproxy_backend_current_sessions{@})",
                                        "{{node}} {{proxy}}"),
                        graph("Relays that are up", "short", "As each load balancer sees it by its health checks.")
                                .query(
                                        "sum by (node, proxy) (haproxy_server_status{@,state=\"UP\"})",
                                        "{{node}} {{proxy}}"),
                        graph("Connections of their limit", "percentunit", "Of what HAProxy may have open.")
                                .query(
                                        "max by (node) (haproxy_process_current_connections{@}"
                                                + " / haproxy_process_max_connections{@})",
                                        "{{node}}")
                                .alertAt(0.8),
                        graph("Requests that failed", "cps", "Answers that were errors, and relays not reached.")
                                .query(
                                        "sum by (node, proxy)"
                                                + " (rate(haproxy_backend_response_errors_total{@}[$__rate_interval]))",
                                        "{{node}} {{proxy}} answers")
                                .query(
                                        "sum by (node, proxy)"
                                                + " (rate(haproxy_backend_connection_errors_total{@}[$__rate_interval]))",
                                        "{{node}} {{proxy}} connects"),
                        table("Targets", "short", "1 for what Prometheus reaches, else 0.")
                                .query("max by (job, node, instance) (up{@})", "")));
    }
}
