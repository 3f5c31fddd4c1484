package dev.heliograph.server.connections;

/// What is asked for in the language of operators:
///
/// ```
/// ip in 10.0.0.0/8 and queue > 64KiB and not user = "alice*" order by out_rate desc
/// ```
///
/// Immutable. [#toString] writes it so that it reads as an equal one.
public record Query(Filter filter, Order order) {

    /// Characters of a query.
    static final int MAX_LENGTH = 4_096;

    /// @param text empty for all connections
    /// @throws QueryException if it is none: never anything else, whatever the text
    public static Query parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new QueryException("a query has at most %,d characters".formatted(MAX_LENGTH), MAX_LENGTH);
        }
        return new Parser(Lexer.tokens(text)).query();
    }

    @Override
    public String toString() {
        return filter.equals(Filter.ALL) ? order.toString() : filter + " " + order;
    }
}
