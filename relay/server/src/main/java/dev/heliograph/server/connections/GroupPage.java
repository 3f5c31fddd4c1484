package dev.heliograph.server.connections;

import java.util.List;

/// The largest groups of the connections that a query means.
///
/// @param groups  the largest first
/// @param others  how many groups there are besides; at least, if not exact
/// @param rest    the sums of those, with an empty key
/// @param matched connections that the query means
/// @param exact   false if a node had more groups than it can tell: then small ones may be missing and counted
///                in the rest, and sums too low
/// @param missing nodes that did not answer, and why
public record GroupPage(
        List<Group> groups, long others, Group rest, long matched, boolean exact, List<String> missing) {

    /// Groups of one page.
    public static final int MAX_LIMIT = 1_000;

    public GroupPage {
        groups = List.copyOf(groups);
        missing = List.copyOf(missing);
    }
}
