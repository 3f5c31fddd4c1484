package dev.heliograph.server.control;

import java.util.List;

/// A commit that is kept.
///
/// @param revision    that it made
/// @param unconfirmed nodes that did not say in time that it is in force there, and why, for people; they find it
///                    by themselves as soon as they reach the store
public record Commit(long revision, List<String> unconfirmed) {
    public Commit {
        unconfirmed = List.copyOf(unconfirmed);
    }
}
