package dev.heliograph.fleet;

import dev.heliograph.fleet.Decision.Figures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What the autoscaler tells the node exporter of itself (grafana/README.md, Files of metrics).
final class FleetTextfile {

    private final Path file;
    private final FleetPolicy policy;
    private Optional<Decision> last = Optional.empty();
    private Instant looked = Instant.EPOCH;

    FleetTextfile(Path file, FleetPolicy policy) {
        this.file = file;
        this.policy = policy;
    }

    /// Keeps the figures of the last look that saw something, and the time of it: it ages while nothing is known.
    void show(Decision decision, Instant now) {
        if (decision.figures().isPresent()) {
            last = Optional.of(decision);
            looked = now;
        }
    }

    /// @param actions how many there were, as [Memory] has them
    void write(Map<String, Long> actions) throws IOException {
        AtomicFile.write(file, text(actions), "rw-r--r--");
    }

    private String text(Map<String, Long> actions) {
        StringBuilder out = new StringBuilder();
        last.ifPresent(decision -> {
            Figures figures = decision.figures().orElseThrow();
            gauge(out, "nodes", figures.nodes());
            gauge(out, "wanted_nodes", figures.wanted());
            gauge(out, "desired_nodes", decision.desired().orElse(figures.nodes()));
            gauge(out, "run_timestamp_seconds", looked.getEpochSecond());
        });
        gauge(out, "min_nodes", policy.min());
        gauge(
                out,
                "max_nodes",
                last.flatMap(Decision::figures).map(Figures::most).orElse(policy.max()));
        out.append("# TYPE heliograph_fleet_actions_total counter\n");
        for (String action : new String[] {"scale_in", "scale_out"}) {
            for (String result : new String[] {"done", "failed"}) {
                out.append("heliograph_fleet_actions_total{action=\"%s\",result=\"%s\"} %d\n"
                        .formatted(action, result, actions.getOrDefault(action + " " + result, 0L)));
            }
        }
        return out.toString();
    }

    private static void gauge(StringBuilder out, String name, long value) {
        out.append("# TYPE heliograph_fleet_").append(name).append(" gauge\n");
        out.append("heliograph_fleet_").append(name).append(' ').append(value).append('\n');
    }
}
