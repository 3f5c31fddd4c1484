package dev.heliograph.server.config;

import dev.heliograph.server.config.Type.Flag;
import dev.heliograph.server.config.Type.Regex;
import dev.heliograph.server.config.Type.Time;
import dev.heliograph.server.config.Type.Whole;
import dev.heliograph.server.config.Type.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The table of the options of a namespace, by their names within it.
final class ChannelSettings {

    /// Where the options of channels without a namespace stand.
    static final String WITHOUT_NAMESPACE = "channel.without_namespace.";

    /// Where the list of namespaces stands.
    static final String NAMESPACES = "channel.namespaces";

    static final List<Setting> ALL = List.of(
            flag("presence", "Keep the list of who is in a channel."),
            flag(
                    "join_leave",
                    "Tell who comes and who goes to those subscribers that ask for it and may see presence."),
            flag("force_push_join_leave", "Tell it to every subscriber. Needs `join_leave`."),
            new Setting(
                    "history_size",
                    new Whole(0, 10_000_000),
                    "0",
                    "Publications that a channel keeps. History needs this and `history_ttl`."),
            new Setting("history_ttl", Time.any(), "0s", "How long they are kept after the last of them."),
            new Setting(
                    "history_meta_ttl",
                    Time.any(),
                    "0s",
                    "How long epoch and offset outlive the last use; 0s for what `channel.history_meta_ttl` says. Not"
                            + " shorter than `history_ttl`."),
            flag("force_positioning", "Detect for every subscriber if it misses a publication. Needs history."),
            flag("allow_positioning", "Let clients ask for that, without the permission to read history."),
            flag(
                    "force_recovery",
                    "Give every subscriber after a reconnect what it missed. Needs history, implies positioning."),
            flag("allow_recovery", "Let clients ask for that, without the permission to read history."),
            new Setting(
                    "force_recovery_mode",
                    Words.of("stream", "cache"),
                    "stream",
                    "What recovery gives: `stream` for all that was missed, `cache` for the latest publication."),
            flag("allow_subscribe_for_client", "Users may subscribe without a token."),
            flag("allow_subscribe_for_anonymous", "So may users without an id."),
            flag("allow_publish_for_client", "Users may publish."),
            flag("allow_publish_for_subscriber", "Users may publish while they are subscribed."),
            flag("allow_publish_for_anonymous", "Both hold for users without an id as well."),
            flag("allow_history_for_client", "Users may read history."),
            flag("allow_history_for_subscriber", "Users may read history while they are subscribed."),
            flag("allow_history_for_anonymous", "Both hold for users without an id as well."),
            flag("allow_presence_for_client", "Users may see who is in a channel."),
            flag("allow_presence_for_subscriber", "Users may see who is in a channel while they are subscribed."),
            flag("allow_presence_for_anonymous", "Both hold for users without an id as well."),
            flag(
                    "allow_user_limited_channels",
                    "Users that a name lists, as in `dialog#42,43`, may subscribe without a token; others may not."),
            new Setting(
                    "channel_regex",
                    new Regex(),
                    "",
                    "What must be found in a name behind its namespace (107); empty to allow all of ASCII."),
            new Setting(
                    "publication_data_format",
                    Words.of("", "json", "json_object", "binary"),
                    "",
                    "What may be published (107): `json`, as empty, for any JSON value, `json_object` for JSON objects,"
                            + " `binary` for anything, which only clients that speak Protobuf can read."),
            new Setting(
                    "slow_consumer",
                    Words.of("disconnect", "drop_oldest", "latest_only"),
                    "disconnect",
                    "What happens to publications for a subscriber that reads too slowly: `disconnect` ends its connection"
                            + " at `client.queue_max_size` (3008), `drop_oldest` drops the oldest and has it subscribe anew"
                            + " (2500), `latest_only` keeps the newest; with history that needs `force_recovery_mode: cache`."),
            new Setting("subscription_type", new Words(List.of("stream")), "stream", "What a subscription gets."));

    /// Options of later versions and the value with which each is off. Whoever switches one on relies on it.
    static final Map<String, String> LATER = Map.ofEntries(
            Map.entry("auto_cache_recover", "false"),
            Map.entry("delta_publish", "false"),
            Map.entry("allowed_delta_types", ""),
            Map.entry("allow_tags_filter", "false"),
            Map.entry("allow_channel_compaction", "false"),
            Map.entry("subscribe_proxy_enabled", "false"),
            Map.entry("subscribe_proxy_name", ""),
            Map.entry("publish_proxy_enabled", "false"),
            Map.entry("publish_proxy_name", ""),
            Map.entry("sub_refresh_proxy_enabled", "false"),
            Map.entry("sub_refresh_proxy_name", ""),
            Map.entry("subscribe_stream_proxy_enabled", "false"),
            Map.entry("subscribe_stream_proxy_name", ""),
            Map.entry("subscribe_stream_proxy_bidirectional", "false"));

    /// Sections of later versions.
    static final Set<String> LATER_SECTIONS = Set.of("map", "shared_poll");

    /// Values of later versions.
    static final Set<String> LATER_TYPES = Set.of("map", "map_clients", "map_users", "shared_poll");

    private ChannelSettings() {}

    private static Setting flag(String key, String text) {
        return new Setting(key, new Flag(), "false", text);
    }

    /// Why an option cannot be used yet.
    static Optional<String> later(String key, String value) {
        boolean section = LATER_SECTIONS.contains(key.split("[.\\[]", 2)[0]);
        String off = LATER.get(key.replaceAll("\\[\\d+]$", ""));
        boolean type = key.equals("subscription_type") && LATER_TYPES.contains(value.strip());
        boolean on = section || type || (off != null && !off.equals(value.strip()));
        if (!on) {
            return Optional.empty();
        }
        return Optional.of((type ? "'" + value.strip() + "' " : "") + "is not supported yet");
    }

    /// Whether a key stands for an option of a later version.
    static boolean isLater(String key) {
        return LATER.containsKey(key.replaceAll("\\[\\d+]$", "")) || LATER_SECTIONS.contains(key.split("[.\\[]", 2)[0]);
    }
}
