package dev.heliograph.server.connections;

/// A publication that a tail shows.
///
/// @param at     Unix milliseconds when this node heard it
/// @param offset in the stream; 0 if the channel keeps no history
/// @param bytes  of its data
/// @param data   the text of one JSON value, masked as asked
/// @param user   who published it; empty for a back end
/// @param client likewise
public record TailLine(long at, long offset, int bytes, String data, String user, String client) {}
