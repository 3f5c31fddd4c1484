package dev.heliograph.fleet;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// What a decision must know of the time before.
///
/// @param changed   when the relays changed last, by whoever's hand
/// @param desired   what was desired last
/// @param notBefore the earliest time of another attempt, after one that failed
/// @param underWay  what is being done right now: `scale_out of relay4`
public record History(Instant changed, OptionalInt desired, Instant notBefore, Optional<String> underWay) {}
