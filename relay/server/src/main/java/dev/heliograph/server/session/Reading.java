package dev.heliograph.server.session;

import org.jspecify.annotations.Nullable;

/// What a connection had carried at a moment, for rates.
///
/// @param at     as of [System#nanoTime]
/// @param before the reading before this one, which knows of none before itself
public record Reading(
        long at, Link.Figures figures, @Nullable Reading before) {

    Reading alone() {
        return before == null ? this : new Reading(at, figures, null);
    }
}
