package dev.heliograph.server.control;

import java.util.List;

/// A page of the audit record, newest first.
///
/// @param more whether older lines follow
public record AuditPage(List<AuditEntry> entries, boolean more) {}
