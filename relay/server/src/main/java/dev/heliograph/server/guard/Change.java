package dev.heliograph.server.guard;

import org.jspecify.annotations.Nullable;

/// What a change of a rule did, or would do.
///
/// @param id      of the rule
/// @param before  null if there was none
/// @param after   null if there is none any more
/// @param preview whom it hits
/// @param dryRun  whether nothing was changed
public record Change<T>(
        String id, @Nullable T before, @Nullable T after, Preview preview, boolean dryRun) {}
