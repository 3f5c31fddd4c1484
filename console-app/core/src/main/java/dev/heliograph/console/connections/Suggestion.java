package dev.heliograph.console.connections;

/// Something that could stand in a query.
///
/// @param text   that would be put there
/// @param detail what it means; may be empty
public record Suggestion(String text, String detail) {}
