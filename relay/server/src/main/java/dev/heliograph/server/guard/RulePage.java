package dev.heliograph.server.guard;

import java.util.List;

/// A page of rules in their order.
///
/// @param more whether others follow
public record RulePage<T>(List<RuleView<T>> rules, boolean more) {}
