package dev.heliograph.server.connections;

import java.util.List;
import java.util.Optional;

/// One page of the connections that a query means.
///
/// @param rows    in the order of the query
/// @param matched connections that the query means, on all pages
/// @param next    the cursor of the next page; empty on the last one
/// @param missing nodes that did not answer, and why: their connections are not in the list
public record ListPage(List<Row> rows, long matched, Optional<String> next, List<String> missing) {

    /// Rows of one page.
    public static final int MAX_LIMIT = 1_000;

    public ListPage {
        rows = List.copyOf(rows);
        missing = List.copyOf(missing);
    }
}
