package dev.heliograph.grafana;

import static dev.heliograph.grafana.Panel.graph;

/// What is published, and how it gets to subscribers.
final class ChannelsDashboard {

    private ChannelsDashboard() {}

    static Dashboard create() {
        return Dashboard.of(
                "channels",
                "Heliograph: channels and delivery",
                "What is published, how long it takes to its subscribers, and what is lost on the way.",
                "relay",
                Row.of(
                        "Publications",
                        graph("Publications", "cps", "That the broker has accepted, by namespace and who published.")
                                .query(
                                        "sum by (namespace, source)"
                                                + " (rate(heliograph_publications_total{@}[$__rate_interval]))",
                                        "{{namespace}} {{source}}"),
                        graph("Bytes of publications", "Bps", "Data only.")
                                .query(
                                        "sum by (source)"
                                                + " (rate(heliograph_publication_bytes_total{@}[$__rate_interval]))",
                                        "{{source}}"),
                        graph("Publishers wait", "s", "For event loops that have too much to write.")
                                .query(
                                        "histogram_quantile(0.99, sum by (node, le)"
                                                + " (rate(heliograph_publish_wait_seconds_bucket{@}[$__rate_interval])))",
                                        "{{node}} p99")
                                .alertAt(1),
                        graph("Commands that wait for Redis", "short", "A number that grows is a backlog.")
                                .query("sum by (node, use) (heliograph_redis_queue_commands{@})", "{{node}} {{use}}")
                                .alertAt(1000)),
                Row.of(
                        "Deliveries",
                        graph("Deliveries", "cps", "Messages that were handed to connections of subscribers.")
                                .query(
                                        "sum by (node) (rate(heliograph_deliveries_total{@}[$__rate_interval]))",
                                        "{{node}}"),
                        graph("Deliveries of a publication", "short", "Subscribers that get it, on the average.")
                                .query(
                                        "sum(rate(heliograph_deliveries_total{@}[$__rate_interval]))"
                                                + " / sum(rate(heliograph_publications_total{@}[$__rate_interval]))",
                                        "subscribers"),
                        graph("Delay", "s", "From the call that publishes until it is written to the sockets.")
                                .query(delay(0.5), "median")
                                .query(delay(0.99), "p99")
                                .alertAt(0.25),
                        graph("From node to node", "s", "The part of the delay until a node heard of it from Redis.")
                                .query(
                                        "histogram_quantile(0.99, sum by (node, le)"
                                                + " (rate(heliograph_broker_transit_seconds_bucket{@}[$__rate_interval])))",
                                        "{{node}} p99")),
                Row.of(
                        "Losses",
                        graph("Messages that were dropped", "cps", "That waited for a client, by why.")
                                .query(
                                        "sum by (cause) (rate(heliograph_drops_total{@}[$__rate_interval]))",
                                        "{{cause}}"),
                        graph("Slow consumers", "cps", "What ended since a client read too slowly, by policy.")
                                .query(
                                        "sum by (policy) (rate(heliograph_slow_consumers_total{@}[$__rate_interval]))",
                                        "{{policy}}"),
                        graph("Gaps", "cps", "Subscriptions that had missed something, and recover.")
                                .query("sum by (seen) (rate(heliograph_gaps_total{@}[$__rate_interval]))", "{{seen}}"),
                        graph("Messages of Redis that were dropped", "cps", "Since event loops were too far behind.")
                                .query(
                                        "sum by (node)"
                                                + " (rate(heliograph_broker_dropped_messages_total{@}[$__rate_interval]))",
                                        "{{node}}")),
                Row.of(
                        "Channels",
                        graph("Subscriptions", "short", "Of all clients.")
                                .query("sum by (node) (heliograph_subscriptions{@})", "{{node}}"),
                        graph("Channels with subscribers", "short", "Each node counts its own.")
                                .query("sum by (node) (heliograph_channels{@})", "{{node}}"),
                        graph("Commands", "cps", "Of clients.")
                                .query(
                                        "sum by (command) (rate(heliograph_commands_total{@}[$__rate_interval]))",
                                        "{{command}}"),
                        graph("Errors of commands", "cps", "By the code of the answer.")
                                .query(
                                        "sum by (code) (rate(heliograph_command_errors_total{@}[$__rate_interval]))",
                                        "{{code}}")));
    }

    private static String delay(double quantile) {
        return "histogram_quantile(" + quantile
                + ", sum by (le) (rate(heliograph_delivery_delay_seconds_bucket{@}[$__rate_interval])))";
    }
}
