package dev.heliograph.console.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.AuditRow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Lines of the record as a text for others: a timeline of an incident, a table, or data.
public enum AuditExport {
    MARKDOWN("md"),
    CSV("csv"),
    JSON("json");

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private final String ending;

    AuditExport(String ending) {
        this.ending = ending;
    }

    /// How the name of a file ends.
    public String ending() {
        return ending;
    }

    /// For people.
    public String title() {
        return Messages.text("audit.export." + name().toLowerCase(Locale.ROOT));
    }

    /// @param rows    the newest first; the timeline has the oldest first
    /// @param cluster whose record it is
    public String of(List<AuditRow> rows, String cluster) {
        return switch (this) {
            case MARKDOWN -> markdown(rows, cluster);
            case CSV -> csv(rows);
            case JSON -> json(rows);
        };
    }

    private static String markdown(List<AuditRow> rows, String cluster) {
        StringBuilder text = new StringBuilder(Messages.text("audit.timeline.title", cluster)).append("\n\n");
        if (rows.isEmpty()) {
            return text.append(Messages.text("audit.timeline.nothing"))
                    .append('\n')
                    .toString();
        }
        text.append(Messages.text(
                        "audit.timeline.span",
                        Times.second(at(rows.getLast())),
                        Times.second(at(rows.getFirst())),
                        rows.size()))
                .append("\n\n");
        for (AuditRow row : rows.reversed()) {
            text.append("- **%s** %s: `%s` %s"
                    .formatted(Times.second(at(row)), escaped(row.operator()), row.action(), code(row.target())));
            if (!row.reason().isBlank()) {
                text.append(Messages.text("audit.timeline.reason", escaped(row.reason())));
            }
            if (!row.outcome().equals("ok")) {
                text.append(Messages.text("audit.timeline.outcome", escaped(row.outcome())));
            }
            text.append('\n');
            for (Difference each : Difference.of(row)) {
                if (each.isChanged() && !each.field().equals("created")) {
                    text.append("  - %s: %s → %s\n"
                            .formatted(
                                    each.field(),
                                    each.before().map(AuditExport::code).orElse("–"),
                                    each.after().map(AuditExport::code).orElse("–")));
                }
            }
        }
        return text.toString();
    }

    private static Instant at(AuditRow row) {
        return Instant.ofEpochMilli(row.at());
    }

    private static String code(String text) {
        return text.isEmpty() ? "" : "`" + text.replace('`', '\'').replaceAll("\\s+", " ") + "`";
    }

    private static String escaped(String text) {
        return text.replaceAll("([\\\\`*_{}\\[\\]<>#|])", "\\\\$1").replaceAll("\\s+", " ");
    }

    private static String csv(List<AuditRow> rows) {
        StringBuilder text =
                new StringBuilder("id,at,operator,role,from,action,target,reason,before,after,outcome\r\n");
        for (AuditRow row : rows) {
            text.append(Stream.of(
                                    row.id(),
                                    at(row).toString(),
                                    row.operator(),
                                    row.role(),
                                    row.from(),
                                    row.action(),
                                    row.target(),
                                    row.reason(),
                                    row.before() == null ? "" : row.before().toString(),
                                    row.after() == null ? "" : row.after().toString(),
                                    row.outcome())
                            .map(AuditExport::cell)
                            .collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return text.toString();
    }

    /// A cell that a spreadsheet takes for text: operators and clients choose what stands in some of them.
    private static String cell(String value) {
        String text = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return text.matches("(?s).*[\",\\r\\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    private static String json(List<AuditRow> rows) {
        ArrayNode lines = MAPPER.createArrayNode();
        for (AuditRow row : rows) {
            ObjectNode line = lines.addObject();
            line.put("id", row.id())
                    .put("at", row.at())
                    .put("operator", row.operator())
                    .put("role", row.role())
                    .put("from", row.from())
                    .put("action", row.action())
                    .put("target", row.target())
                    .put("reason", row.reason());
            line.set("before", row.before());
            line.set("after", row.after());
            line.put("outcome", row.outcome());
        }
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(lines) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON can be written", e);
        }
    }
}
