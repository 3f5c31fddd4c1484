package dev.heliograph.grafana;

import static dev.heliograph.grafana.Panel.graph;
import static dev.heliograph.grafana.Panel.number;
import static dev.heliograph.grafana.Panel.table;

/// Colours, drains, the lock, and the autoscaler.
final class DeploymentDashboard {

    private DeploymentDashboard() {}

    static Dashboard create() {
        return Dashboard.of(
                "deployment",
                "Heliograph: deployment",
                "Which colour has the clients, how drains go on, who holds the lock, and what the autoscaler wants.",
                "relay|node|haproxy",
                Row.of(
                        "Now",
                        number("Lock", "short", "1 while a deployment holds it.")
                                .query("max(heliograph_deploy_lock{@})", "lock"),
                        number("Lock held for", "s", "0 while nobody holds it.")
                                .query(
                                        "max((time() - heliograph_deploy_lock_timestamp_seconds{@})"
                                                + " * on (job, instance) heliograph_deploy_lock{@})",
                                        "held")
                                .alertAt(1800),
                        number("Maps that differ", "short", "1 where load balancers have different versions of a map.")
                                .query(
                                        "max by (map) (heliograph_fleet_map_checksum{@})"
                                                + " != bool min by (map) (heliograph_fleet_map_checksum{@})",
                                        "{{map}}")
                                .alertAt(1),
                        number("Certificate expires in", "s", "The first that does.")
                                .query(
                                        "min(instance:heliograph_certificate_expiry_timestamp_seconds:min{@}) - time()",
                                        "certificate"),
                        number("Relays", "short", "That run, and that the autoscaler wants.")
                                .query("max(heliograph_fleet_nodes{@})", "run")
                                .query("max(heliograph_fleet_desired_nodes{@})", "wanted"),
                        number("Configurations", "short", "Times that relays took another one within a day.")
                                .query("sum(increase(heliograph_config_reloads_total{@}[1d]))", "reloads")),
                Row.of(
                        "Colours",
                        graph("Clients of each colour", "percentunit", "Outside of a deployment one has all.")
                                .query("colour:heliograph_connections:share{@job}", "{{colour}}"),
                        table("Versions", "short", "Relays of each version and colour.")
                                .query("count by (colour, version) (heliograph_build_info{@})", ""),
                        graph("Errors of each colour", "percentunit", "Calls of the broker that failed.")
                                .query(
                                        "sum by (colour) (rate(heliograph_broker_errors_total{@}[$__rate_interval]))"
                                                + " / sum by (colour) (rate("
                                                + "heliograph_broker_operation_seconds_count{@}[$__rate_interval]))",
                                        "{{colour}}"),
                        graph("Delay of each colour", "s", "Of deliveries, the 99th percentile.")
                                .query(
                                        "histogram_quantile(0.99, sum by (colour, le)"
                                                + " (rate(heliograph_delivery_delay_seconds_bucket{@}"
                                                + "[$__rate_interval])))",
                                        "{{colour}}")
                                .alertAt(0.25),
                        graph("New clients of each colour", "cps", "Handshakes that were accepted.")
                                .query(
                                        "sum by (colour) (rate(heliograph_handshakes_total{@,outcome=\"accepted\"}"
                                                + "[$__rate_interval]))",
                                        "{{colour}}"),
                        graph("Relays of each backend", "short", "That load balancers send clients to.")
                                .query(
                                        "sum by (node, proxy, state)"
                                                + " (haproxy_server_status{@,state=~\"UP|DRAIN|MAINT\"})",
                                        "{{node}} {{proxy}} {{state}}")),
                Row.of(
                        "Drains",
                        graph("State", "short", "1 for the state of the drain that goes on or went on last.")
                                .query("max by (node, state) (heliograph_drain_state{@} == 1)", "{{node}} {{state}}"),
                        graph("Clients that are left", "short", "Still to be asked.")
                                .query("max by (node) (heliograph_drain_left_clients{@})", "{{node}}"),
                        graph("Clients that were moved", "short", "Asked to reconnect elsewhere.")
                                .query("max by (node) (heliograph_drain_moved_clients{@})", "{{node}}"),
                        graph("Pace", "cps", "Set point, what it is now, and what was measured.")
                                .query(
                                        "max by (node) (heliograph_drain_set_point_clients_per_second{@})",
                                        "{{node}} set point")
                                .query("max by (node) (heliograph_drain_pace_clients_per_second{@})", "{{node}} pace")
                                .query(
                                        "max by (node) (heliograph_drain_measured_clients_per_second{@})",
                                        "{{node}} measured"),
                        graph("Clients that were asked to go", "cps", "Disconnects with code 3001.")
                                .query(
                                        "sum by (node) (rate("
                                                + "heliograph_disconnects_total{@,code=\"3001\"}[$__rate_interval]))",
                                        "{{node}}"),
                        graph("Nodes that take nobody", "short", "1 while a node sends new clients elsewhere.")
                                .query("max by (node) (heliograph_draining{@})", "{{node}}")),
                Row.of(
                        "Autoscaler",
                        graph(
                                        "Relays over time",
                                        "short",
                                        "What the load asks for, what is desired, what runs, and the bounds.")
                                .query("max(heliograph_fleet_wanted_nodes{@})", "wanted")
                                .query("max(heliograph_fleet_desired_nodes{@})", "desired")
                                .query("max(heliograph_fleet_nodes{@})", "run")
                                .query("max(heliograph_fleet_min_nodes{@})", "minimum")
                                .query("max(heliograph_fleet_max_nodes{@})", "maximum"),
                        graph("Since it last looked", "s", "The autoscaler at the load.")
                                .query("time() - max(heliograph_fleet_run_timestamp_seconds{@})", "seconds")
                                .alertAt(300)));
    }
}
