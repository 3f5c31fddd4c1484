package dev.heliograph.console.nodes;

/// Something about the nodes that an operator should know.
public record Warning(Kind kind, String sentence) {

    /// What it is about.
    public enum Kind {
        MISSING,
        SILENT,
        BUSY,
        NOBODY_TAKES,
        VERSIONS,
        COLOURS,
        DRAINED,
        IMBALANCE
    }
}
