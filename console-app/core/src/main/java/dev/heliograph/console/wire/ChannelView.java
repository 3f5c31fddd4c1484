package dev.heliograph.console.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// `ChannelView` of the admin API's document (docs/openapi.json).
public record ChannelView(
        ChannelRow channel,
        @Nullable HistoryView history,
        @Nullable PresenceView presence,
        ConnectionList subscribers,
        List<String> problems) {}
