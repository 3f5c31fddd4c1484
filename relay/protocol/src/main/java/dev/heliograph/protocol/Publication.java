package dev.heliograph.protocol;

import java.util.Map;
import java.util.Optional;

/// One message of a channel.
///
/// @param info   of the client that published; absent when a back end did
/// @param offset its number in the stream, 0 if the channel keeps no history; unsigned
/// @param time   Unix milliseconds, 0 if not sent
public record Publication(
        Bytes data, Optional<ClientInfo> info, long offset, Map<String, String> tags, boolean delta, long time) {

    public Publication {
        tags = Map.copyOf(tags);
    }

    /// A publication with data only.
    public static Publication of(Bytes data) {
        return new Publication(data, Optional.empty(), 0, Map.of(), false, 0);
    }

    /// The same at a place in the stream.
    public Publication at(long newOffset) {
        return new Publication(data, info, newOffset, tags, delta, time);
    }
}
