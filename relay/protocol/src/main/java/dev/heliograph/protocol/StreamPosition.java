package dev.heliograph.protocol;

/// A place in the stream of a channel: publications are numbered 1, 2, 3, ... within one epoch.
///
/// @param offset unsigned; 0 is before the first publication
/// @param epoch  changes when the stream begins anew; offsets of different epochs cannot be compared
public record StreamPosition(long offset, String epoch) {

    /// Before everything, in no particular epoch.
    public static final StreamPosition START = new StreamPosition(0, "");
}
