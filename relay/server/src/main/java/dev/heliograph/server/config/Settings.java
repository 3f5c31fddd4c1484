package dev.heliograph.server.config;

import static dev.heliograph.server.config.Setting.Kind.BOOLEAN;
import static dev.heliograph.server.config.Setting.Kind.DURATION;
import static dev.heliograph.server.config.Setting.Kind.INTEGER;
import static dev.heliograph.server.config.Setting.Kind.LIST;
import static dev.heliograph.server.config.Setting.Kind.SIZE;
import static dev.heliograph.server.config.Setting.Kind.STRING;

import java.util.ArrayList;
import java.util.List;

/// The table of all keys. Names and meanings are those of the reference server where it has them, so that people who
/// know it find their way.
final class Settings {

    /// Where the options of channels without a namespace stand.
    static final String WITHOUT_NAMESPACE = "channel.without_namespace.";

    /// Where the list of namespaces stands.
    static final String NAMESPACES = "channel.namespaces";

    /// Options of a namespace, by their names within it.
    static final List<Setting> CHANNEL_OPTIONS = List.of(
            new Setting("presence", BOOLEAN, "false", "Keep the list of who is in a channel."),
            new Setting("join_leave", BOOLEAN, "false", "Tell subscribers who ask for it when others come and go."),
            new Setting(
                    "force_push_join_leave", BOOLEAN, "false", "Tell all subscribers, whether they asked or not."),
            new Setting(
                    "history_size",
                    INTEGER,
                    "0",
                    "Publications kept in a channel; with history_ttl it turns history on."),
            new Setting("history_ttl", DURATION, "0s", "How long they are kept after the last publication."),
            new Setting(
                    "history_meta_ttl",
                    DURATION,
                    "0s",
                    "How long epoch and offset outlive the last use; 0s takes channel.history_meta_ttl."),
            new Setting(
                    "force_positioning", BOOLEAN, "false", "Detect loss for every subscriber. Needs history."),
            new Setting("allow_positioning", BOOLEAN, "false", "Let clients ask for it."),
            new Setting(
                    "force_recovery",
                    BOOLEAN,
                    "false",
                    "Make every subscription recoverable after a reconnect. Needs history."),
            new Setting("allow_recovery", BOOLEAN, "false", "Let clients ask for it."),
            new Setting(
                    "force_recovery_mode",
                    STRING,
                    "stream",
                    "What recovery gives: stream (all that was missed) or cache (the latest publication)."),
            new Setting("allow_subscribe_for_client", BOOLEAN, "false", "Users may subscribe without a token."),
            new Setting("allow_subscribe_for_anonymous", BOOLEAN, "false", "Anonymous users may, too."),
            new Setting("allow_publish_for_client", BOOLEAN, "false", "Users may publish."),
            new Setting("allow_publish_for_subscriber", BOOLEAN, "false", "Subscribers may publish."),
            new Setting("allow_publish_for_anonymous", BOOLEAN, "false", "Anonymous users may, too."),
            new Setting("allow_history_for_client", BOOLEAN, "false", "Users may read history."),
            new Setting("allow_history_for_subscriber", BOOLEAN, "false", "Subscribers may read history."),
            new Setting("allow_history_for_anonymous", BOOLEAN, "false", "Anonymous users may, too."),
            new Setting("allow_presence_for_client", BOOLEAN, "false", "Users may see who is there."),
            new Setting("allow_presence_for_subscriber", BOOLEAN, "false", "Subscribers may see who is there."),
            new Setting("allow_presence_for_anonymous", BOOLEAN, "false", "Anonymous users may, too."),
            new Setting(
                    "allow_user_limited_channels",
                    BOOLEAN,
                    "false",
                    "Users listed behind the user boundary of a name may subscribe to it."),
            new Setting(
                    "channel_regex", STRING, "", "What the name behind the namespace must match; empty for ASCII."),
            new Setting(
                    "publication_data_format",
                    STRING,
                    "",
                    "What may be published: empty or json (a JSON value), json_object, or binary (anything; only for"
                            + " clients that speak Protobuf)."),
            new Setting("subscription_type", STRING, "stream", "Only stream is served in this version."));

    static final List<Setting> ALL = all();

    private Settings() {}

    private static List<Setting> all() {
        List<Setting> all = new ArrayList<>(List.of(
                new Setting("node.name", STRING, "", "Name of this node in answers; empty for the host's name."),
                new Setting("http_server.address", STRING, "", "Address to listen on; empty for all."),
                new Setting("http_server.port", INTEGER, "8000", "Port to listen on; 0 for a free one."),
                new Setting("http_server.tls.enabled", BOOLEAN, "false", "Serve https and wss."),
                new Setting("http_server.tls.cert_pem", STRING, "", "File with the certificate chain, PEM."),
                new Setting("http_server.tls.key_pem", STRING, "", "File with the private key, PKCS#8 PEM."),
                new Setting(
                        "http_server.handshake_timeout",
                        DURATION,
                        "10s",
                        "How long a request head may take from its first line on."),
                new Setting("log.level", STRING, "info", "error, warn, info or debug."),
                new Setting(
                        "websocket.handler_prefix", STRING, "/connection/websocket", "Path of the WebSocket endpoint."),
                new Setting(
                        "websocket.message_size_limit", SIZE, "65536", "Bytes of an incoming message; over it: 1009."),
                new Setting("client.insecure", BOOLEAN, "false", "Development only: no token needed, all allowed."),
                new Setting(
                        "client.allowed_origins",
                        LIST,
                        "",
                        "Origins of pages that may connect; * stands for any run of characters."),
                new Setting(
                        "client.allow_anonymous_connect_without_token",
                        BOOLEAN,
                        "false",
                        "Clients without a token come in as anonymous users."),
                new Setting(
                        "client.disallow_anonymous_connection_tokens",
                        BOOLEAN,
                        "false",
                        "Refuse tokens without a user (3507)."),
                new Setting("client.ping_interval", DURATION, "25s", "Time between two pings; 0s for none."),
                new Setting(
                        "client.pong_timeout", DURATION, "8s", "How long a pong may take (3012); 0s asks for none."),
                new Setting("client.stale_close_delay", DURATION, "10s", "How long connect may take (3502)."),
                new Setting(
                        "client.expired_close_delay",
                        DURATION,
                        "25s",
                        "How long an expired connection may still refresh (3005)."),
                new Setting(
                        "client.expired_sub_close_delay",
                        DURATION,
                        "25s",
                        "How long an expired subscription may still refresh (2501)."),
                new Setting("client.channel_limit", INTEGER, "128", "Channels of one connection (106, 3505)."),
                new Setting(
                        "client.queue_max_size", SIZE, "1048576", "Bytes that may wait for a slow client (3008)."),
                new Setting(
                        "client.concurrency",
                        INTEGER,
                        "0",
                        "Accepted for compatibility; commands of one connection are always served in order."),
                new Setting(
                        "client.connection_limit", INTEGER, "0", "Connections of this node (503); 0 for any number."),
                new Setting(
                        "client.connection_rate_limit",
                        INTEGER,
                        "0",
                        "New connections a second on this node (503); 0 for any number."),
                new Setting(
                        "client.user_connection_limit",
                        INTEGER,
                        "0",
                        "Connections of one user on this node (3504); 0 for any number."),
                new Setting(
                        "client.history_max_publication_limit",
                        INTEGER,
                        "300",
                        "Publications in one answer to a client's history request."),
                new Setting(
                        "client.recovery_max_publication_limit",
                        INTEGER,
                        "300",
                        "Publications one recovery may replay; over it the client is told recovered=false."),
                new Setting(
                        "client.presence_update_interval", DURATION, "27s", "How often presence is refreshed."),
                new Setting(
                        "client.presence_ttl", DURATION, "60s", "After which presence that is not refreshed is gone.")));
        tokens(all, "client.token.");
        all.add(new Setting(
                "client.subscription_token.enabled",
                BOOLEAN,
                "false",
                "Subscription tokens have keys of their own, below."));
        tokens(all, "client.subscription_token.");
        all.addAll(List.of(
                new Setting("http_api.key", STRING, "", "API key of back ends; without one the API refuses all."),
                new Setting("http_api.insecure", BOOLEAN, "false", "Development only: no API key needed."),
                new Setting("http_api.disabled", BOOLEAN, "false", "Serve no API."),
                new Setting("http_api.handler_prefix", STRING, "/api", "Path of the API."),
                new Setting(
                        "http_api.error_mode",
                        STRING,
                        "",
                        "Empty: errors in the body with status 200; transport: with an HTTP status."),
                new Setting("channel.max_length", INTEGER, "255", "Characters of a channel name (107)."),
                new Setting("channel.private_prefix", STRING, "$", "Names that begin with it need a token."),
                new Setting("channel.namespace_boundary", STRING, ":", "Between namespace and the rest."),
                new Setting("channel.user_boundary", STRING, "#", "Before the users of a user-limited channel."),
                new Setting("channel.user_separator", STRING, ",", "Between those users."),
                new Setting(
                        "channel.history_meta_ttl",
                        DURATION,
                        "720h",
                        "How long epoch and offset of a channel outlive its last use."),
                new Setting(
                        "broker.embedded.max_history_size",
                        SIZE,
                        "256MiB",
                        "Memory for histories; over it the least used lose theirs."),
                new Setting("broker.embedded.max_channels", INTEGER, "1000000", "Channels with history."),
                new Setting(
                        "broker.embedded.max_idempotency_keys", INTEGER, "1000000", "Idempotency keys remembered."),
                new Setting("engine.event_loops", INTEGER, "0", "Event loops; 0 for one a processor."),
                new Setting("shutdown.timeout", DURATION, "30s", "How long a shutdown may take."),
                new Setting("demo.enabled", BOOLEAN, "false", "Serve the demo page at /.")));
        CHANNEL_OPTIONS.forEach(option -> all.add(option.under(WITHOUT_NAMESPACE)));
        return List.copyOf(all);
    }

    private static void tokens(List<Setting> all, String prefix) {
        List.of(
                        new Setting("hmac_secret_key", STRING, "", "Secret for HS256, HS384, HS512."),
                        new Setting("rsa_public_key", STRING, "", "Public key for RS256, RS384, RS512, PEM."),
                        new Setting("ecdsa_public_key", STRING, "", "Public key for ES256, ES384, ES512, PEM."),
                        new Setting("jwks_public_endpoint", STRING, "", "URL of a JSON Web Key Set."),
                        new Setting("audience", STRING, "", "Required in aud, if set."),
                        new Setting("audience_regex", STRING, "", "What one value of aud must match, if set."),
                        new Setting("issuer", STRING, "", "Required iss, if set."),
                        new Setting("issuer_regex", STRING, "", "What iss must match, if set."),
                        new Setting("user_id_claim", STRING, "", "Claim with the user's id; empty for sub."))
                .forEach(each -> all.add(each.under(prefix)));
    }
}
