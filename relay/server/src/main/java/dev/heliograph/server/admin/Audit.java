package dev.heliograph.server.admin;

import dev.heliograph.server.control.AuditEntry;
import dev.heliograph.server.control.Control;
import dev.heliograph.server.control.ControlException;
import java.lang.System.Logger.Level;

/// Puts on record what changes no document. Where that is not possible now, the line goes to the log: what operators do
/// in an outage must not fail because of it, and must not be lost either.
final class Audit {

    private static final System.Logger LOG = System.getLogger(Audit.class.getName());

    private final Control control;

    Audit(Control control) {
        this.control = control;
    }

    void record(AuditEntry entry) {
        try {
            control.record(entry);
        } catch (ControlException e) {
            LOG.log(
                    Level.WARNING,
                    () -> "audit line that could not be kept (" + e.getMessage() + "): "
                            + new String(Json.write(entry), java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
