package dev.heliograph.server.connections;

import java.util.List;

/// What an operation that ends connections would do now.
///
/// @param matched  connections that are meant
/// @param selected those of them that would end, `matched` or the cap
/// @param examples the first of these, at most [#MAX_EXAMPLES]
/// @param takesMs  by its pace
/// @param missing  nodes that did not answer, and why
public record DisconnectPreview(long matched, int selected, List<Row> examples, long takesMs, List<String> missing) {

    /// Connections that are shown.
    public static final int MAX_EXAMPLES = 20;

    public DisconnectPreview {
        examples = List.copyOf(examples);
        missing = List.copyOf(missing);
    }
}
