package dev.heliograph.server.config;

import java.util.Set;
import java.util.TreeSet;

/// When a changed setting takes effect on a relay that reads its configuration again ([Reloader]).
public enum Effect {
    /// With the next thing that anyone does, on connections that are there, too.
    AT_ONCE("at once"),

    /// For connections that are made from then on; those that are there keep what they were made with.
    NEW_CONNECTIONS("new connections"),

    /// Not while the relay runs.
    RESTART("restart");

    /// Keys of [Settings]; what is in neither set needs a restart, so that a new setting is not taken for more
    /// than it is.
    private static final Set<String> HOT = Set.of(
            "client.insecure",
            "client.expired_close_delay",
            "client.expired_sub_close_delay",
            "client.channel_limit",
            "client.concurrency",
            "client.channel_position_check_delay",
            "client.presence_update_interval",
            "client.presence_ttl",
            "client.history_max_publication_limit",
            "client.recovery_max_publication_limit",
            "client.subscription_token.enabled",
            "http_api.key",
            "http_api.previous_key",
            "http_api.insecure",
            "http_api.error_mode",
            "channel.max_length",
            "channel.private_prefix",
            "channel.namespace_boundary",
            "channel.user_boundary",
            "channel.user_separator",
            "channel.history_meta_ttl",
            "shutdown.timeout",
            "shutdown.pace",
            "admin.tokens",
            "admin.jwt.role_claim",
            "log.level");

    private static final Set<String> HOT_SECTIONS =
            Set.of("client.token.", "client.subscription_token.", "admin.jwt.", ChannelSettings.WITHOUT_NAMESPACE);

    private static final Set<String> AT_HANDSHAKES = Set.of(
            "http_server.handshake_timeout",
            "http_server.trusted_proxies",
            "http_server.forwarded_header",
            "http_server.tls.cert_pem",
            "http_server.tls.key_pem",
            "admin.tls.cert_pem",
            "admin.tls.key_pem",
            "admin.tls.client_ca_pem",
            "websocket.message_size_limit",
            "websocket.write_timeout",
            "client.allowed_origins",
            "client.allow_anonymous_connect_without_token",
            "client.disallow_anonymous_connection_tokens",
            "client.ping_interval",
            "client.pong_timeout",
            "client.stale_close_delay",
            "client.queue_max_size",
            "client.connection_limit",
            "client.connection_rate_limit",
            "client.user_connection_limit",
            "client.connect_include_server_time");

    private final String text;

    Effect(String text) {
        this.text = text;
    }

    /// Of a key of [Settings], or of an option of a namespace, which stands without its section.
    static Effect of(String key) {
        if (AT_HANDSHAKES.contains(key)) {
            return NEW_CONNECTIONS;
        }
        boolean option = key.indexOf('.') < 0;
        return option || HOT.contains(key) || HOT_SECTIONS.stream().anyMatch(key::startsWith) ? AT_ONCE : RESTART;
    }

    /// All keys that are listed here; for a test that they exist.
    static Set<String> listed() {
        Set<String> all = new TreeSet<>(HOT);
        all.addAll(AT_HANDSHAKES);
        return all;
    }

    /// In a few words.
    @Override
    public String toString() {
        return text;
    }
}
