package dev.heliograph.console.channels;

import dev.heliograph.console.text.Messages;
import java.util.Locale;

/// What channels are sorted by, of all that the cluster has.
public enum ChannelOrder {
    SUBSCRIBERS,
    IN_RATE,
    OUT_RATE,
    NAME;

    /// The word of the API.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// For people.
    public String title() {
        return Messages.text("channels.order." + word().replace('_', '-'));
    }
}
