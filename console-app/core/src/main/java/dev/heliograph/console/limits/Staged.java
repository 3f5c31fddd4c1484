package dev.heliograph.console.limits;

import dev.heliograph.console.wire.LimitWish;
import dev.heliograph.console.wire.PreviewView;
import java.util.Optional;

/// A change of a limit that is not applied yet.
///
/// @param name    of the limit
/// @param wish    what it becomes; empty if it goes
/// @param preview whom it would hit, when it was staged
public record Staged(String name, Optional<LimitWish> wish, PreviewView preview) {}
