package dev.heliograph.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Keeps how drills went in a folder: `drills.json` with all runs so far, `report.md` of the last ones beside
/// those of
/// before, and `heliograph-drills.prom` for node_exporter's textfile collector (grafana/README.md).
public final class Results {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;

    /// @param folder is made when it is needed
    public Results(Path folder) {
        this.folder = folder;
    }

    /// Adds results, and writes the report.
    ///
    /// @throws DrillException if they cannot be read or written; what was kept before stays
    public void add(List<DrillResult> results) {
        try {
            Files.createDirectories(folder);
            ArrayNode kept = read();
            List<JsonNode> before = new ArrayList<>();
            kept.forEach(before::add);
            results.forEach(result -> kept.add(json(result)));
            replace("drills.json", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(kept) + "\n");
            replace("report.md", report(results, before));
            replace("heliograph-drills.prom", metrics(kept));
        } catch (IOException e) {
            throw new DrillException(folder + ": results cannot be kept: " + e.getMessage(), e);
        }
    }

    private ArrayNode read() throws IOException {
        Path file = folder.resolve("drills.json");
        if (!Files.exists(file)) {
            return JSON.createArrayNode();
        }
        if (JSON.readTree(file.toFile()) instanceof ArrayNode list) {
            return list;
        }
        throw new IOException(file + " is no list of results");
    }

    private void replace(String name, String text) throws IOException {
        Path next = Files.writeString(folder.resolve(name + ".new"), text);
        Files.move(next, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static ObjectNode json(DrillResult result) {
        Score score = result.score();
        ObjectNode node = JSON.createObjectNode()
                .put("drill", result.drill())
                .put("at", result.at().toString())
                .put("points", score.points())
                .put("passed", score.passed());
        node.putObject("score")
                .put("detected", score.detected())
                .put("only", score.only())
                .put("steps", score.steps())
                .put("impact", score.impact())
                .put("recovered", score.recovered())
                .put("lost", score.lost());
        node.put("seconds", result.seconds())
                .put("detection_seconds", result.detection())
                .put("gap_seconds", result.gap())
                .put("acknowledged", result.acknowledged());
        result.others().forEach(node.withArray("other_alerts")::add);
        result.happenings().forEach(node.withArray("happenings")::add);
        return node;
    }

    private static String report(List<DrillResult> results, List<JsonNode> before) {
        StringBuilder out = new StringBuilder("# Drills\n\n"
                + "| drill | points | before | alert after | longest gap | lost | other alerts |\n"
                + "|---|---|---|---|---|---|---|\n");
        for (DrillResult each : results) {
            String last = before.stream()
                    .filter(node -> node.path("drill").asText().equals(each.drill()))
                    .reduce((_, next) -> next)
                    .map(node -> node.path("points").asText())
                    .orElse("–");
            out.append("| ")
                    .append(String.join(
                            " | ",
                            each.title(),
                            each.score().points() + (each.score().passed() ? "" : " **failed**"),
                            last,
                            each.detection() < 0 ? "never" : seconds(each.detection()),
                            seconds(each.gap()),
                            Long.toString(each.score().lost()),
                            each.others().isEmpty() ? "none" : String.join(", ", each.others())))
                    .append(" |\n");
        }
        for (DrillResult each : results) {
            out.append("\n## ").append(each.title()).append("\n\n```\n");
            each.happenings().forEach(line -> out.append(line).append('\n'));
            out.append("```\n\n").append(each.timeline().replaceAll("(?m)^#", "###"));
        }
        return out.toString();
    }

    private static String seconds(double span) {
        return String.format(Locale.ROOT, "%.1f s", span);
    }

    /// Of each drill the last run.
    private static String metrics(ArrayNode kept) {
        Map<String, JsonNode> last = new TreeMap<>();
        kept.forEach(node -> last.put(node.path("drill").asText(), node));
        StringBuilder out = new StringBuilder();
        last.forEach((drill, node) -> {
            String label = "{drill=\"" + drill + "\"} ";
            out.append("heliograph_drill_score")
                    .append(label)
                    .append(node.path("points").asInt())
                    .append('\n');
            if (node.path("detection_seconds").asDouble() >= 0) {
                out.append("heliograph_drill_detection_seconds")
                        .append(label)
                        .append(node.path("detection_seconds").asDouble())
                        .append('\n');
            }
            out.append("heliograph_drill_timestamp_seconds")
                    .append(label)
                    .append(Instant.parse(node.path("at").asText()).getEpochSecond())
                    .append('\n');
        });
        return out.toString();
    }
}
