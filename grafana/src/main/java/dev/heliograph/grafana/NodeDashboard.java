package dev.heliograph.grafana;

import static dev.heliograph.grafana.Panel.graph;
import static dev.heliograph.grafana.Panel.table;

/// What one relay and its host do.
final class NodeDashboard {

    private NodeDashboard() {}

    static Dashboard create() {
        return Dashboard.of(
                "node",
                "Heliograph: node",
                "One relay: its event loops, memory and files, and the host it runs on.",
                "relay|node",
                Row.of(
                        "Relay",
                        table("Versions", "short", "What runs where.")
                                .query("max by (node, colour, version, java) (heliograph_build_info{@})", ""),
                        graph("Time since the start", "s", "A relay that starts again and again has a fault.")
                                .query("max by (node, colour) (process_uptime_seconds{@})", "{{node}} {{colour}}"),
                        graph("Connections of their limit", "percentunit", "0 where there is no limit.")
                                .query(
                                        "sum by (node, colour) (heliograph_connections{@})"
                                                + " / on (node, colour)"
                                                + " max by (node, colour) (heliograph_connection_limit{@} > 0)"
                                                + " or 0 * max by (node, colour) (heliograph_connection_limit{@})",
                                        "{{node}} {{colour}}")
                                .alertAt(0.8),
                        graph("Processors", "percentunit", "Share of all processors that the relay uses.")
                                .query("max by (node, colour) (process_cpu_usage{@})", "{{node}} {{colour}}")
                                .alertAt(0.75),
                        graph("File descriptors of their limit", "percentunit", "Each connection takes one.")
                                .query(
                                        "max by (node, colour) (process_files_open_files{@}"
                                                + " / process_files_max_files{@})",
                                        "{{node}} {{colour}}")
                                .alertAt(0.8),
                        graph("Bytes of clients", "Bps", "After their handshakes, framing included, TLS not.")
                                .query(
                                        "sum by (node) (rate(heliograph_sent_bytes_total{@}[$__rate_interval]))",
                                        "{{node}} sent")
                                .query(
                                        "sum by (node) (rate(heliograph_received_bytes_total{@}[$__rate_interval]))",
                                        "{{node}} received")),
                Row.of(
                        "Event loops",
                        graph("Lag", "s", "From queueing a task until it runs; the 99th percentile.")
                                .query(
                                        "histogram_quantile(0.99, sum by (node, le)"
                                                + " (rate(heliograph_loop_lag_seconds_bucket{@}[$__rate_interval])))",
                                        "{{node}}")
                                .alertAt(0.05),
                        graph("Busy", "percentunit", "Share of the time that a loop works: near 1 it is the limit.")
                                .query(
                                        "max by (node, loop)"
                                                + " (rate(heliograph_loop_turn_seconds_sum{@}[$__rate_interval]))",
                                        "{{node}} {{loop}}"),
                        graph("Bytes that wait for clients", "bytes", "And for the client for which most waits.")
                                .query("sum by (node) (heliograph_outbox_bytes{@})", "{{node}}")
                                .query("max by (node) (heliograph_outbox_largest_bytes{@})", "{{node}} largest"),
                        graph("Clients that read too slowly", "short", "For whom more bytes wait than this.")
                                .query("sum by (node, over) (heliograph_outbox_connections{@})", "{{node}} {{over}}")),
                Row.of(
                        "Memory",
                        graph("Memory", "bytes", "In use, heap and beside it.")
                                .query("sum by (node, area) (jvm_memory_used_bytes{@})", "{{node}} {{area}}"),
                        graph("Heap after a full collection", "percentunit", "Of the most that old objects may take.")
                                .query(
                                        "max by (node) (jvm_gc_live_data_size_bytes{@}"
                                                + " / jvm_gc_max_data_size_bytes{@})",
                                        "{{node}}")
                                .alertAt(0.85),
                        graph("Longest pause", "s", "For collections, within the last minutes.")
                                .query("max by (node, action) (jvm_gc_pause_seconds_max{@})", "{{node}} {{action}}")
                                .alertAt(0.2),
                        graph("Time in pauses", "percentunit", "Share of the time that the relay stands still.")
                                .query(
                                        "sum by (node) (rate(jvm_gc_pause_seconds_sum{@}[$__rate_interval]))",
                                        "{{node}}"),
                        graph("Garbage", "Bps", "Memory for new objects.")
                                .query(
                                        "sum by (node)"
                                                + " (rate(jvm_gc_memory_allocated_bytes_total{@}[$__rate_interval]))",
                                        "{{node}}"),
                        graph("Threads", "short", "Of the platform; virtual ones count nowhere.")
                                .query("max by (node) (jvm_threads_live_threads{@})", "{{node}}")),
                Row.of(
                        "Host",
                        graph("Processors of the host", "percentunit", "Not idle, of all.")
                                .query(
                                        "1 - avg by (node)"
                                                + " (rate(node_cpu_seconds_total{@,mode=\"idle\"}[$__rate_interval]))",
                                        "{{node}}"),
                        graph("Memory that is left", "percentunit", "Of the host.")
                                .query(
                                        "min by (node) (node_memory_MemAvailable_bytes{@}"
                                                + " / node_memory_MemTotal_bytes{@})",
                                        "{{node}}"),
                        graph("Disk that is left", "percentunit", "Of each file system.")
                                .query(
                                        "min by (node, mountpoint)"
                                                + " (node_filesystem_avail_bytes{@,fstype!~\"tmpfs|ramfs|overlay\"}"
                                                + " / node_filesystem_size_bytes{@})",
                                        "{{node}} {{mountpoint}}"),
                        graph("Clock", "s", "How far it is off, as its own correction knows.")
                                .query("max by (node) (node_timex_offset_seconds{@})", "{{node}}")
                                .alertAt(0.05),
                        graph("Network", "Bps", "Received and sent by all devices but the loop back.")
                                .query(
                                        "sum by (node) (rate("
                                                + "node_network_receive_bytes_total{@,device!=\"lo\"}[$__rate_interval]))",
                                        "{{node}} received")
                                .query(
                                        "sum by (node) (rate("
                                                + "node_network_transmit_bytes_total{@,device!=\"lo\"}[$__rate_interval]))",
                                        "{{node}} sent"),
                        graph("TCP sockets", "short", "In use on the host.")
                                .query("max by (node) (node_sockstat_TCP_inuse{@})", "{{node}}")));
    }
}
