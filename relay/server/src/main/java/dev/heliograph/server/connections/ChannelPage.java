package dev.heliograph.server.connections;

import java.util.List;

/// The first of the channels that have subscribers and a name like the pattern.
///
/// @param others  channels besides; at least, if not exact
/// @param exact   false if a node had more channels than it can tell
/// @param missing nodes that did not answer, and why
public record ChannelPage(List<ChannelRow> channels, long others, boolean exact, List<String> missing) {

    /// Channels of one page.
    public static final int MAX_LIMIT = 1_000;

    public ChannelPage {
        channels = List.copyOf(channels);
        missing = List.copyOf(missing);
    }
}
