package dev.heliograph.console.wire;

import java.util.List;

/// `ChannelList` of the admin API's document (docs/openapi.json).
public record ChannelList(List<ChannelRow> channels, long others, boolean exact, List<String> missing) {}
