package dev.heliograph.server.admin;

import dev.heliograph.server.control.AuditEntry;
import dev.heliograph.server.control.AuditPage;
import dev.heliograph.server.control.AuditQuery;
import dev.heliograph.server.control.Control;
import dev.heliograph.server.control.ControlException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The lines of the audit record that are new since the last look; the first ones are those since it was made.
final class AuditSight implements Supplier<List<? extends StreamMessage>> {

    private static final int PAGE = 100;

    /// Of one look; who is further behind reads the record.
    private static final int MAX_PAGES = 10;

    private final Control control;

    /// The newest line that was seen, empty if there was none; null before the first look.
    private @Nullable String newest;

    AuditSight(Control control) {
        this.control = control;
        try {
            this.newest = last();
        } catch (ControlException _) {
            // Then lines begin with the first look that succeeds.
        }
    }

    private String last() {
        List<AuditEntry> last = page("", 1).entries();
        return last.isEmpty() ? "" : last.getFirst().id();
    }

    private AuditPage page(String after, int limit) {
        return control.audit(new AuditQuery(0, 0, "", "", "", after, limit));
    }

    @Override
    public List<StreamMessage> get() {
        if (newest == null) {
            newest = last();
            return List.of();
        }
        List<StreamMessage> lines = new ArrayList<>();
        String first = newest;
        String after = "";
        for (int i = 0; i < MAX_PAGES; i++) {
            AuditPage page = page(after, PAGE);
            for (AuditEntry entry : page.entries()) {
                if (entry.id().equals(newest)) {
                    newest = first;
                    return lines.reversed();
                }
                if (lines.isEmpty()) {
                    first = entry.id();
                }
                lines.add(new StreamMessage.AuditMessage(AuditLog.AuditRow.of(entry)));
                after = entry.id();
            }
            if (!page.more()) {
                newest = first;
                return lines.reversed();
            }
        }
        newest = first;
        lines.add(new StreamMessage.TopicProblem(
                Topic.AUDIT, "lines before these are left out: there are more than " + MAX_PAGES * PAGE));
        return lines.reversed();
    }
}
