package dev.heliograph.server.guard;

/// Who changes a rule, for the audit record.
///
/// @param from   the address they come from, which a rule must not lock out
/// @param reason why, as they say
public record Editor(String name, String role, String from, String reason) {}
