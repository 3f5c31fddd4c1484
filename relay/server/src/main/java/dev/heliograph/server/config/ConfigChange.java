package dev.heliograph.server.config;

/// One setting, or one namespace, that is another in a new configuration.
///
/// @param key    dotted; of a namespace `channel.namespaces.NAME`, of its options `channel.namespaces.NAME.OPTION`
/// @param change what is different, as `128 -> 256`; shows no secret
/// @param effect when it takes effect
public record ConfigChange(String key, String change, Effect effect) {

    /// In one line: `client.channel_limit: 128 -> 256`.
    @Override
    public String toString() {
        return key + ": " + change
                + switch (effect) {
                    case AT_ONCE -> "";
                    case NEW_CONNECTIONS -> " (new connections)";
                    case RESTART -> " (needs a restart)";
                };
    }
}
