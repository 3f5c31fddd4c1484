package dev.heliograph.server.guard;

/// A limit as operators see it.
///
/// @param configured whether it comes from the configuration of the nodes
/// @param revision   0 if it is configured
/// @param expiresAt  in Unix milliseconds; 0 for never
/// @param use        on all nodes together; a node has buckets of its own
public record LimitView(String name, LimitRule rule, boolean configured, long revision, long expiresAt, LimitUse use) {}
