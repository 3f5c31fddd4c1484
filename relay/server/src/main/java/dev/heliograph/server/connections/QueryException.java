package dev.heliograph.server.connections;

/// A query that cannot be read: what is wrong, where, and often how it was meant.
public final class QueryException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int position;

    /// @param position characters before the place that is wrong
    QueryException(String problem, int position) {
        super("%s (at character %d)".formatted(problem, position + 1));
        this.position = position;
    }

    /// How many characters stand before the place that is wrong; the length of the query if something is missing
    /// at its end.
    public int position() {
        return position;
    }
}
