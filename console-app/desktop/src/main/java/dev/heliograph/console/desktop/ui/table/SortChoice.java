package dev.heliograph.console.desktop.ui.table;

/// What the operator wants the rows ordered by.
///
/// @param column     its id
/// @param descending the most first
public record SortChoice(String column, boolean descending) {}
