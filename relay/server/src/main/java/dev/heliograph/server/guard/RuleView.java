package dev.heliograph.server.guard;

/// A rule as operators see it.
///
/// @param id        a network, a user, or the id of a revocation
/// @param expiresAt in Unix milliseconds; 0 for never
/// @param hits      how often it decided, on all nodes together since they started or the rule was put down
public record RuleView<T>(String id, T body, long revision, long expiresAt, Hits.Count hits) {}
