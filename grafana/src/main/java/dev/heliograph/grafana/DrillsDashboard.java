package dev.heliograph.grafana;

import static dev.heliograph.grafana.Panel.graph;
import static dev.heliograph.grafana.Panel.number;
import static dev.heliograph.grafana.Panel.table;

/// How drills went.
final class DrillsDashboard {

    private DrillsDashboard() {}

    static Dashboard create() {
        return Dashboard.of(
                "drills",
                "Heliograph: drills",
                "How well faults that were made on purpose were seen and mended. 80 of 100 pass.",
                "node",
                Row.of(
                        "Last time",
                        number("Drills that passed", "percentunit", "Of all that were done.")
                                .query("avg(heliograph_drill_score{@} >= bool 80)", "passed"),
                        number("Worst score", "short", "Of the last time that each was done.")
                                .query("min(heliograph_drill_score{@})", "score"),
                        number("Slowest detection", "s", "From the fault to the alert.")
                                .query("max(heliograph_drill_detection_seconds{@})", "seconds"),
                        number("Longest without", "s", "Since the drill that was not done for longest.")
                                .query("time() - min(heliograph_drill_timestamp_seconds{@})", "since")),
                Row.of(
                        "Each drill",
                        table("Scores", "short", "Of 100.").query("max by (drill) (heliograph_drill_score{@})", ""),
                        table("Detection", "s", "From the fault to the alert.")
                                .query("max by (drill) (heliograph_drill_detection_seconds{@})", ""),
                        table("Since", "s", "It was last done.")
                                .query("time() - max by (drill) (heliograph_drill_timestamp_seconds{@})", "")),
                Row.of(
                        "Over time",
                        graph("Score", "short", "Of 100; below 80 a drill has failed.")
                                .query("max by (drill) (heliograph_drill_score{@})", "{{drill}}")
                                .alertAt(80),
                        graph("Detection over time", "s", "From the fault to the alert.")
                                .query("max by (drill) (heliograph_drill_detection_seconds{@})", "{{drill}}")));
    }
}
