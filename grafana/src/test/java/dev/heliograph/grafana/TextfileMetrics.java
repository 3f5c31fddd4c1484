package dev.heliograph.grafana;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The metrics that README.md asks playbooks, the autoscaler and drills to write for the node exporter.
final class TextfileMetrics {

    /// @param labels separated by commas; may be empty
    record Metric(String name, String labels) {}

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(heliograph_(?:deploy|fleet|drill)_\\w+)` \\|([^|]*)\\|");

    private TextfileMetrics() {}

    static List<Metric> read() {
        try {
            List<Metric> metrics = ROW.matcher(Files.readString(Path.of("README.md")))
                    .results()
                    .map(TextfileMetrics::metric)
                    .toList();
            if (metrics.isEmpty()) {
                throw new IllegalStateException("README.md has no table of them");
            }
            return metrics;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Metric metric(MatchResult row) {
        return new Metric(row.group(1), row.group(2).replace("`", "").strip());
    }
}
