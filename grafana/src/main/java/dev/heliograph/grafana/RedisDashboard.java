package dev.heliograph.grafana;

import static dev.heliograph.grafana.Panel.graph;
import static dev.heliograph.grafana.Panel.number;
import static dev.heliograph.grafana.Panel.table;

/// Redis, as relays see it and as it sees itself.
final class RedisDashboard {

    private RedisDashboard() {}

    static Dashboard create() {
        return Dashboard.of(
                "redis",
                "Heliograph: Redis",
                "Redis as relays see it and as it sees itself, replicas and sentinels.",
                "relay|redis|sentinel",
                Row.of(
                        "Now",
                        number("Redis that answer", "short", "Sentinels among them.")
                                .query("sum by (job) (redis_up{@})", "{{job}}"),
                        number("Channels that can be served", "percentunit", "As the relay sees it that is worst off.")
                                .query("min(heliograph_broker_availability_ratio{@})", "channels"),
                        number("Masters", "short", "Of each shard there must be one.")
                                .query("count by (shard) (redis_instance_info{@,role=\"master\"})", "{{shard}}"),
                        number("Sentinels that agree", "short", "1 while the sentinels have a quorum.")
                                .query(
                                        "min by (master_name) (redis_sentinel_master_ckquorum_status{@})",
                                        "{{master_name}}"),
                        number("Replicas", "short", "That are connected to a master.")
                                .query("sum by (shard) (redis_connected_slaves{@})", "{{shard}}")),
                Row.of(
                        "As relays see it",
                        graph("Round trips", "s", "From sending a batch of commands to its last reply.")
                                .query(
                                        "histogram_quantile(0.99, sum by (use, le)"
                                                + " (rate(heliograph_redis_round_trip_seconds_bucket{@}"
                                                + "[$__rate_interval])))",
                                        "{{use}} p99")
                                .alertAt(0.1),
                        graph("Calls of the broker", "s", "How long they take, failed ones included.")
                                .query(
                                        "histogram_quantile(0.99, sum by (operation, le)"
                                                + " (rate(heliograph_broker_operation_seconds_bucket{@}"
                                                + "[$__rate_interval])))",
                                        "{{operation}} p99"),
                        graph("Calls of the broker that failed", "cps", "By what was asked.")
                                .query(
                                        "sum by (operation)"
                                                + " (rate(heliograph_broker_errors_total{@}[$__rate_interval]))",
                                        "{{operation}}"),
                        graph("Commands", "cps", "That relays send.")
                                .query(
                                        "sum by (use) (rate(heliograph_redis_commands_total{@}[$__rate_interval]))",
                                        "{{use}}"),
                        graph("Commands that wait", "short", "For their round trip.")
                                .query("sum by (node, use) (heliograph_redis_queue_commands{@})", "{{node}} {{use}}")
                                .alertAt(1000),
                        graph("Connections that broke", "cps", "Or could not be opened; and subscriptions made anew.")
                                .query(
                                        "sum by (use) (rate(heliograph_redis_failures_total{@}[$__rate_interval]))",
                                        "{{use}}")
                                .query(
                                        "sum(rate(heliograph_broker_interruptions_total{@}[$__rate_interval]))",
                                        "subscriptions")),
                Row.of(
                        "As it sees itself",
                        graph("Memory of its maximum", "percentunit", "0 where there is no maximum.")
                                .query(
                                        "max by (instance) (redis_memory_used_bytes{@}"
                                                + " / (redis_memory_max_bytes{@} > 0) or 0 * redis_memory_max_bytes{@})",
                                        "{{instance}}")
                                .alertAt(0.8),
                        graph("Memory", "bytes", "In use, and what the system gave for it.")
                                .query("max by (instance) (redis_memory_used_bytes{@})", "{{instance}} used")
                                .query("max by (instance) (redis_memory_used_rss_bytes{@})", "{{instance}} resident"),
                        graph("Commands it executed", "cps", "All of them, whoever sent them.")
                                .query(
                                        "sum by (instance)"
                                                + " (rate(redis_commands_processed_total{@}[$__rate_interval]))",
                                        "{{instance}}"),
                        graph("Clients", "short", "Relays have a few connections each.")
                                .query("max by (instance) (redis_connected_clients{@})", "{{instance}}"),
                        graph("Replicas behind", "s", "Since they last acknowledged.")
                                .query(
                                        "max by (instance, slave_ip, slave_port) (redis_connected_slave_lag_seconds{@})",
                                        "{{slave_ip}}:{{slave_port}} of {{instance}}")
                                .alertAt(5),
                        graph("Keys that were dropped", "cps", "For want of memory: histories and presence.")
                                .query(
                                        "sum by (instance) (rate(redis_evicted_keys_total{@}[$__rate_interval]))",
                                        "{{instance}}"),
                        graph("Processors", "percentunit", "Share of one processor: more than one it cannot use.")
                                .query(
                                        "sum by (instance) (rate(redis_cpu_user_seconds_total{@}[$__rate_interval])"
                                                + " + rate(redis_cpu_sys_seconds_total{@}[$__rate_interval]))",
                                        "{{instance}}"),
                        graph("Network", "Bps", "Received and sent.")
                                .query(
                                        "sum by (instance) (rate(redis_net_input_bytes_total{@}[$__rate_interval]))",
                                        "{{instance}} received")
                                .query(
                                        "sum by (instance) (rate(redis_net_output_bytes_total{@}[$__rate_interval]))",
                                        "{{instance}} sent"),
                        table("Roles", "short", "Who is master and who replica.")
                                .query(
                                        "max by (node, instance, shard, role, redis_version)"
                                                + " (redis_instance_info{@,role!=\"\"})",
                                        "")));
    }
}
