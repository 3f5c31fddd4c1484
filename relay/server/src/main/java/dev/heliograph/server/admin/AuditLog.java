package dev.heliograph.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.server.control.AuditEntry;
import dev.heliograph.server.control.AuditPage;
import dev.heliograph.server.control.AuditQuery;
import dev.heliograph.server.control.Control;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The audit record, to read.
final class AuditLog {

    private static final int DEFAULT_LIMIT = 100;

    private static final int MAX_LIMIT = 1_000;

    record AuditRow(
            String id,
            long at,
            String operator,
            String role,
            String from,
            String action,
            String target,
            String reason,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            String outcome) {
        static AuditRow of(AuditEntry entry) {
            return new AuditRow(
                    entry.id(),
                    entry.at(),
                    entry.operator(),
                    entry.role(),
                    entry.from(),
                    entry.action(),
                    entry.target(),
                    entry.reason(),
                    entry.before(),
                    entry.after(),
                    entry.outcome());
        }
    }

    /// @param more whether older lines follow; then the id of the last one is the next `after`
    record AuditList(List<AuditRow> entries, boolean more) {}

    private final Control control;

    AuditLog(Control control) {
        this.control = control;
    }

    List<Route> routes() {
        return List.of(Route.get(
                "/v1/audit",
                "audit.list",
                Role.OPERATOR,
                "What operators did, newest first.",
                List.of(
                        Param.integer("since", "Not before this time, in Unix milliseconds."),
                        Param.integer("until", "Before this time, in Unix milliseconds."),
                        Param.text("operator", "Who did it."),
                        Param.text("action", "What was done, `ip_rule.put` for example."),
                        Param.text("text", "What occurs in the target or the reason, in any case of letters."),
                        Param.text("after", "The id of the last line of the page before."),
                        Param.integer("limit", "Lines of a page, 1 to 1000; 100 without it.")),
                AuditList.class,
                this::list));
    }

    private AuditList list(Call call) {
        AuditPage page = control.audit(new AuditQuery(
                call.integer("since", 0, 0, Long.MAX_VALUE),
                call.integer("until", 0, 0, Long.MAX_VALUE),
                call.text("operator").orElse(""),
                call.text("action").orElse(""),
                call.text("text").orElse(""),
                call.text("after").orElse(""),
                (int) call.integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT)));
        return new AuditList(page.entries().stream().map(AuditRow::of).toList(), page.more());
    }
}
