package dev.heliograph.server.connections;

import dev.heliograph.server.broker.PresenceCount;
import java.util.List;
import java.util.Optional;

/// All that is known of one channel.
///
/// @param history     empty if its namespace keeps none
/// @param presence    empty if its namespace keeps none
/// @param subscribers the first page of its connections, as a list gives them
/// @param problems    why something is not known: nodes that did not answer, a broker that is away
public record ChannelDetail(
        ChannelRow row,
        Optional<History> history,
        Optional<PresenceCount> presence,
        ListPage subscribers,
        List<String> problems) {

    /// What a stream holds.
    ///
    /// @param offset of its last publication
    /// @param depth  publications that can be read
    public record History(String epoch, long offset, long depth) {}

    public ChannelDetail {
        problems = List.copyOf(problems);
    }
}
