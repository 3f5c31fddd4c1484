package dev.heliograph.server.control;

import java.util.Locale;

/// Which lines of the audit record are wanted, newest first. Empty texts and zeros stand for any.
///
/// @param from   Unix milliseconds, inclusive
/// @param to     Unix milliseconds, exclusive
/// @param text   what must occur in the target or the reason, in any case of letters
/// @param after  the id of the last line of the page before
/// @param limit  lines of a page, 1 to 1,000
public record AuditQuery(long from, long to, String operator, String action, String text, String after, int limit) {

    private static final int MAX_LIMIT = 1_000;

    public AuditQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("a page has 1 to " + MAX_LIMIT + " lines, not " + limit);
        }
    }

    /// Whether a line is one of those; where the page begins is not looked at.
    public boolean matches(AuditEntry entry) {
        return (from == 0 || entry.at() >= from)
                && (to == 0 || entry.at() < to)
                && (operator.isEmpty() || entry.operator().equals(operator))
                && (action.isEmpty() || entry.action().equals(action))
                && (text.isEmpty() || contains(entry.target()) || contains(entry.reason()));
    }

    private boolean contains(String value) {
        return value.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }
}
