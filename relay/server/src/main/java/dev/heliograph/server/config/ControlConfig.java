package dev.heliograph.server.config;

import java.time.Duration;

/// Section `control`: where what operators decide is kept, and the record of it.
///
/// @param directory       used with the embedded broker; empty to keep it in memory only
/// @param auditMaxEntries lines of the record in Redis, about
/// @param auditRetention  how long lines are kept
public record ControlConfig(String directory, int auditMaxEntries, Duration auditRetention) {

    static ControlConfig from(Values v) {
        return new ControlConfig(
                v.string("control.directory"),
                v.integer("control.audit_max_entries"),
                v.duration("control.audit_retention"));
    }
}
