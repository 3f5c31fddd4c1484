package dev.heliograph.server.broker;

/// Which part of a stream to read.
///
/// @param after   exclusive start; forwards the publications above it, in reverse those below it (0: from the end)
/// @param limit   at most so many; 0 reads only the position
/// @param reverse newest first
public record HistoryQuery(long after, int limit, boolean reverse) {

    public HistoryQuery {
        if (limit < 0) {
            throw new IllegalArgumentException("limit must not be negative: " + limit);
        }
    }

    /// Only the position.
    public static final HistoryQuery TOP = new HistoryQuery(0, 0, false);

    /// What came after an offset, oldest first.
    public static HistoryQuery after(long offset, int limit) {
        return new HistoryQuery(offset, limit, false);
    }
}
