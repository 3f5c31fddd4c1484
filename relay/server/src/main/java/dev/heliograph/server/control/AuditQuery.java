package dev.heliograph.server.control;

/// Which lines of the audit record are wanted, newest first. Empty texts and zeros stand for any.
///
/// @param from   Unix milliseconds, inclusive
/// @param to     Unix milliseconds, exclusive
/// @param text   what must occur in the target or the reason, in any case of letters
/// @param after  the id of the last line of the page before
/// @param limit  lines of a page, 1 to 1,000
public record AuditQuery(
        long from, long to, String operator, String action, String text, String after, int limit) {}
