package dev.heliograph.server.config;

import dev.heliograph.server.config.Type.Flag;
import dev.heliograph.server.config.Type.HttpPath;
import dev.heliograph.server.config.Type.Regex;
import dev.heliograph.server.config.Type.Size;
import dev.heliograph.server.config.Type.Text;
import dev.heliograph.server.config.Type.Texts;
import dev.heliograph.server.config.Type.Time;
import dev.heliograph.server.config.Type.Url;
import dev.heliograph.server.config.Type.Whole;
import dev.heliograph.server.config.Type.Words;
import java.util.ArrayList;
import java.util.List;

/// The table of all keys, but for those of a namespace ([ChannelSettings]). Names and meanings are those of the
/// reference server where it has them, so that people who know it find their way.
final class Settings {

    private static final int ANY = Integer.MAX_VALUE;

    /// In the order of the reference.
    static final List<Setting> ALL = all();

    private Settings() {}

    private static List<Setting> all() {
        List<Setting> all = new ArrayList<>();
        all.addAll(listening());
        all.addAll(client());
        all.addAll(tokens("client.token."));
        all.add(new Setting(
                "client.subscription_token.enabled",
                new Flag(),
                "false",
                "Verify subscription tokens with the keys below instead of those of `client.token`."));
        all.addAll(tokens("client.subscription_token."));
        all.addAll(api());
        all.addAll(admin());
        all.addAll(tokens("admin.jwt."));
        all.addAll(channel());
        ChannelSettings.ALL.forEach(option -> all.add(option.under(ChannelSettings.WITHOUT_NAMESPACE)));
        all.addAll(node());
        return List.copyOf(all);
    }

    private static List<Setting> listening() {
        return List.of(
                new Setting("http_server.address", new Text(), "", "Address to listen on; empty for all of the host."),
                new Setting("http_server.port", new Whole(0, 65_535), "8000", "Port to listen on; 0 for a free one."),
                new Setting(
                        "http_server.handshake_timeout",
                        Time.positive(),
                        "10s",
                        "How long a connection has, TLS handshake included, to send the head of its first request; the head of a"
                                + " later one has as long from its first line on."),
                new Setting(
                        "http_server.trusted_proxies",
                        new Texts(),
                        "",
                        "Addresses and networks (`10.0.0.0/8`) of proxies that may say which client a connection is of;"
                                + " empty for none. What others say is ignored."),
                new Setting(
                        "http_server.forwarded_header",
                        Words.of("x-forwarded-for", "forwarded", "none"),
                        "x-forwarded-for",
                        "The header in which they say it: the one that your proxies write, since they may pass on what a"
                                + " client wrote into the other one."),
                new Setting(
                        "http_server.proxy_protocol",
                        Words.of("off", "required"),
                        "off",
                        "`required`: every connection begins with a PROXY header, version 1 or 2, and comes from one of the"
                                + " trusted proxies; others are dropped."),
                new Setting("http_server.tls.enabled", new Flag(), "false", "Serve https and wss."),
                new Setting(
                        "http_server.tls.cert_pem",
                        new Text(),
                        "",
                        "The certificate chain, PEM: the path of a file, or the text itself."),
                new Setting(
                        "http_server.tls.key_pem",
                        new Text(),
                        "",
                        "The private key, PKCS#8 PEM: the path of a file, or the text itself."),
                new Setting(
                        "websocket.handler_prefix",
                        new HttpPath(),
                        "/connection/websocket",
                        "Path of the WebSocket endpoint."),
                new Setting(
                        "websocket.message_size_limit",
                        new Size(128, 1 << 30),
                        "65536",
                        "Bytes of an incoming message; a longer one ends the connection (1009)."),
                new Setting(
                        "websocket.write_timeout",
                        Time.any(),
                        "10s",
                        "How long a client may take nothing of what waits for it until it is disconnected (3009);"
                                + " 0s for any time."));
    }

    private static List<Setting> client() {
        return List.of(
                new Setting(
                        "client.insecure",
                        new Flag(),
                        "false",
                        "For development only: connect without a token, with every permission."),
                new Setting(
                        "client.allowed_origins",
                        new Texts(),
                        "",
                        "Origins of web pages that may connect; `*` stands for any run of characters. Clients that"
                                + " send no `Origin` are no web pages and may always connect."),
                new Setting(
                        "client.allow_anonymous_connect_without_token",
                        new Flag(),
                        "false",
                        "Let clients without a token connect, as users without an id."),
                new Setting(
                        "client.disallow_anonymous_connection_tokens",
                        new Flag(),
                        "false",
                        "Refuse tokens without a user id (3507)."),
                new Setting("client.ping_interval", Time.any(), "25s", "How often clients are pinged; 0s for never."),
                new Setting(
                        "client.pong_timeout",
                        Time.any(),
                        "8s",
                        "How long a client may take to answer a ping (3012); 0s for no answers. Shorter than the"
                                + " interval."),
                new Setting(
                        "client.stale_close_delay",
                        Time.positive(),
                        "10s",
                        "How long a connection may take to its connect request (3502)."),
                new Setting(
                        "client.expired_close_delay",
                        Time.any(),
                        "25s",
                        "How long an expired connection may still refresh its token (3005)."),
                new Setting(
                        "client.expired_sub_close_delay",
                        Time.any(),
                        "25s",
                        "How long an expired subscription may still refresh its token (2501)."),
                new Setting(
                        "client.channel_limit",
                        new Whole(1, 1_000_000),
                        "128",
                        "Channels of one connection (106, 3505)."),
                new Setting(
                        "client.queue_max_size",
                        new Size(1, ANY),
                        "1048576",
                        "Bytes that may wait for a slow client until it is disconnected (3008)."),
                new Setting(
                        "client.concurrency",
                        new Whole(0, 1_024),
                        "0",
                        "Accepted for compatibility, without effect: requests of a connection are served in order."),
                new Setting(
                        "client.connection_limit",
                        new Whole(0, ANY),
                        "0",
                        "Connections of this node; more are refused with status 503. 0 for any number."),
                new Setting(
                        "client.connection_rate_limit",
                        new Whole(0, 1_000_000),
                        "0",
                        "New connections a second on this node. Those beyond wait for their turn, up to a second; more are refused with status 503. 0 for any number."),
                new Setting(
                        "client.user_connection_limit",
                        new Whole(0, ANY),
                        "0",
                        "Connections of one user on this node (3504); 0 for any number."),
                new Setting(
                        "client.channel_position_check_delay",
                        Time.positive(),
                        "40s",
                        "How often a positioned subscription is compared with the top of its stream. Accepted, but"
                                + " not in effect yet."),
                new Setting(
                        "client.presence_update_interval",
                        Time.positive(),
                        "27s",
                        "How often the presence of a connected client is renewed."),
                new Setting(
                        "client.presence_ttl",
                        Time.positive(),
                        "60s",
                        "After which presence that is not renewed is gone. Longer than the interval."),
                new Setting(
                        "client.history_max_publication_limit",
                        new Whole(1, 100_000),
                        "300",
                        "Publications in the answer to one history request of a client."),
                new Setting(
                        "client.recovery_max_publication_limit",
                        new Whole(1, 100_000),
                        "300",
                        "Publications that one recovery may replay; who missed more is told that it cannot recover."),
                new Setting(
                        "client.connect_include_server_time",
                        new Flag(),
                        "false",
                        "Tell clients the time of this node when they connect."));
    }

    private static List<Setting> tokens(String prefix) {
        return List.of(
                new Setting(prefix + "hmac_secret_key", new Text(), "", "Secret for HS256, HS384 and HS512."),
                new Setting(
                        prefix + "hmac_previous_secret_key",
                        new Text(),
                        "",
                        "The secret of before: tokens that `hmac_secret_key` does not verify may be signed with it."),
                new Setting(
                        prefix + "rsa_public_key",
                        Type.PublicKeyPem.RSA,
                        "",
                        "Public key for RS256, RS384 and RS512, PEM."),
                new Setting(
                        prefix + "ecdsa_public_key",
                        Type.PublicKeyPem.EC,
                        "",
                        "Public key for ES256, ES384 and ES512, PEM."),
                new Setting(prefix + "jwks_public_endpoint", new Url(), "", "Where a JSON Web Key Set is served."),
                new Setting(prefix + "audience", new Text(), "", "What `aud` must contain, if set."),
                new Setting(prefix + "audience_regex", new Regex(), "", "What one value of `aud` must match, if set."),
                new Setting(prefix + "issuer", new Text(), "", "What `iss` must be, if set."),
                new Setting(prefix + "issuer_regex", new Regex(), "", "What `iss` must match, if set."),
                new Setting(
                        prefix + "user_id_claim",
                        new Text(),
                        "",
                        "The claim that holds the id of the user; empty for `sub`."));
    }

    private static List<Setting> api() {
        return List.of(
                new Setting(
                        "http_api.key",
                        new Text(),
                        "",
                        "Key that back ends send; without one the API refuses every request."),
                new Setting(
                        "http_api.previous_key",
                        new Text(),
                        "",
                        "The key of before, accepted as well until all back ends send the new one."),
                new Setting("http_api.insecure", new Flag(), "false", "For development only: ask for no key."),
                new Setting("http_api.disabled", new Flag(), "false", "Serve no API."),
                new Setting("http_api.handler_prefix", new HttpPath(), "/api", "Path of the API."),
                new Setting(
                        "http_api.error_mode",
                        Words.of("", "transport"),
                        "",
                        "Empty to answer errors with status 200, `transport` to answer them with a status of their"
                                + " own."));
    }

    private static List<Setting> admin() {
        return List.of(
                new Setting(
                        "admin.enabled",
                        new Flag(),
                        "false",
                        "Serve the API of operators, on a port of its own. It always asks for a token."),
                new Setting(
                        "admin.address",
                        new Text(),
                        "127.0.0.1",
                        "Address that it listens on. One that others reach should have `admin.tls.enabled`."),
                new Setting("admin.port", new Whole(0, 65_535), "8010", "Port that it listens on; 0 for a free one."),
                new Setting(
                        "admin.tokens",
                        new Texts(),
                        "",
                        "Tokens of operators, each as `NAME:ROLE:sha256:HASH`, with a role of `viewer`, `operator` or"
                                + " `admin`; `heliograph operator-token` makes one."),
                new Setting("admin.tls.enabled", new Flag(), "false", "Serve it with TLS (1.2 or later)."),
                new Setting(
                        "admin.tls.cert_pem",
                        new Text(),
                        "",
                        "The certificate chain, PEM: the path of a file, or the text itself."),
                new Setting(
                        "admin.tls.key_pem",
                        new Text(),
                        "",
                        "The private key, PKCS#8 PEM: the path of a file, or the text itself."),
                new Setting(
                        "admin.tls.client_ca_pem",
                        new Text(),
                        "",
                        "Certificates of authorities, PEM: the path of a file, or the text itself. With it every client"
                                + " must show a certificate that one of them has signed, besides its token."),
                new Setting(
                        "admin.jwt.role_claim",
                        new Text(),
                        "role",
                        "The claim that holds the role, where a token is a JWT that the keys below verify."));
    }

    private static List<Setting> channel() {
        return List.of(
                new Setting("channel.max_length", new Whole(1, 65_535), "255", "Characters of a name (107)."),
                new Setting(
                        "channel.private_prefix",
                        new Text(),
                        "$",
                        "Channels whose names begin with it can only be had with a token; empty for none."),
                new Setting(
                        "channel.namespace_boundary",
                        new Text(),
                        ":",
                        "What ends the namespace in a name; empty for no namespaces."),
                new Setting(
                        "channel.user_boundary",
                        new Text(),
                        "#",
                        "What begins the list of users in a name; empty for no such lists."),
                new Setting(
                        "channel.user_separator",
                        new Text(),
                        ",",
                        "What separates these users; empty if there is but one."),
                new Setting(
                        "channel.history_meta_ttl",
                        Time.positive(),
                        "720h",
                        "How long a channel's epoch and offset outlive its last use."));
    }

    private static List<Setting> node() {
        return List.of(
                new Setting(
                        "broker.type",
                        Words.of("embedded", "redis"),
                        "embedded",
                        "Where histories and presence live: in this node's memory, or in a Redis that several nodes share."),
                new Setting(
                        "broker.redis.address",
                        new Texts(),
                        "127.0.0.1:6379",
                        "`host:port` of a Redis (6.2 or later). Of several, each has a share of the channels; with"
                                + " `broker.redis.sentinel_master_name` they are sentinels."),
                new Setting(
                        "broker.redis.cluster_address",
                        new Texts(),
                        "",
                        "`host:port` of some nodes of a Redis Cluster, which tell of the others; then"
                                + " `broker.redis.address` is not used. With Redis 7 and later messages go through"
                                + " sharded pub/sub."),
                new Setting(
                        "broker.redis.sentinel_master_name",
                        new Text(),
                        "",
                        "What the sentinels call the master; empty without sentinels."),
                new Setting("broker.redis.user", new Text(), "", "User of an ACL; empty for the default user."),
                new Setting("broker.redis.password", new Text(), "", "Password, if Redis asks for one."),
                new Setting(
                        "broker.redis.prefix",
                        new Text(),
                        "heliograph",
                        "In front of all names in Redis; nodes with the same prefix are one cluster."),
                new Setting(
                        "broker.redis.timeout",
                        Time.positive(),
                        "2s",
                        "For connecting (half a second at most to a master that sentinels name), and for a command with its waiting; "
                                + "then a publish fails with a temporary error."),
                new Setting(
                        "broker.redis.wait_replicas",
                        new Whole(0, 16),
                        "0",
                        "Replicas that must have a publication of a namespace with history before it is acknowledged."
                                + " With 1, and one replica, a failover loses nothing that was acknowledged."),
                new Setting(
                        "broker.redis.tls.enabled",
                        new Flag(),
                        "false",
                        "Connect with TLS, also to sentinels and to all nodes of a cluster. A certificate must be good for"
                                + " the host that is connected to."),
                new Setting(
                        "broker.redis.tls.server_ca_pem",
                        new Text(),
                        "",
                        "Certificates of the authorities whose servers are trusted, PEM: the path of a file, or the text"
                                + " itself. Empty for those that Java trusts."),
                new Setting(
                        "broker.redis.tls.cert_pem",
                        new Text(),
                        "",
                        "This node's certificate chain, if Redis asks for one, PEM: the path of a file, or the text itself."),
                new Setting(
                        "broker.redis.tls.key_pem",
                        new Text(),
                        "",
                        "The private key of that, PKCS#8 PEM: the path of a file, or the text itself."),
                new Setting(
                        "broker.redis.tls.server_name",
                        new Text(),
                        "",
                        "The name that certificates must be good for instead of the host that is connected to."),
                new Setting(
                        "broker.embedded.max_history_size",
                        new Size(1, 1L << 50),
                        "256MiB",
                        "Memory for histories; when it is used up, the channels used least recently lose theirs."),
                new Setting(
                        "broker.embedded.max_channels",
                        new Whole(1, ANY),
                        "1000000",
                        "Channels whose position and history are kept; those used least recently go first."),
                new Setting(
                        "broker.embedded.max_idempotency_keys",
                        new Whole(1, ANY),
                        "1000000",
                        "Idempotency keys of the API that are remembered."),
                new Setting(
                        "control.directory",
                        new Text(),
                        "heliograph-data",
                        "Where the embedded broker's node keeps what operators decide, and the record of it, on disk; made"
                                + " if it is not there, and only one relay may use it. Empty to keep it in memory, until the"
                                + " relay ends. With `broker.type: redis` it is kept there."),
                new Setting(
                        "control.audit_max_entries",
                        new Whole(1_000, 100_000_000),
                        "1000000",
                        "Lines of the record of what operators did that are kept in Redis; the oldest go first."),
                new Setting(
                        "control.audit_retention",
                        Time.positive(),
                        "90d",
                        "How long lines of that record are kept, in Redis and on disk."),
                new Setting("node.name", new Text(), "", "Name of this node; empty for the name of the host."),
                new Setting(
                        "node.address",
                        new Text(),
                        "",
                        "`host:port` where others reach this node, told in lists of nodes; empty for that of the server."),
                new Setting(
                        "node.colour",
                        new Text(),
                        "",
                        "Colour of this node's deployment, `blue` or `green` for example, told in lists of nodes."),
                new Setting(
                        "engine.event_loops",
                        new Whole(0, 1_024),
                        "0",
                        "Threads that serve the connections; 0 for one a processor."),
                new Setting("shutdown.timeout", Time.any(), "30s", "How long a shutdown may take."),
                new Setting(
                        "shutdown.pace",
                        new Whole(0, 100_000),
                        "1000",
                        "Clients a second that a shutdown asks to reconnect elsewhere; more if that would take longer than"
                                + " four fifths of `shutdown.timeout`. 0 for all at once."),
                new Setting(
                        "metrics.enabled",
                        new Flag(),
                        "false",
                        "Serve `/metrics` for Prometheus on a port of its own."),
                new Setting(
                        "metrics.address",
                        new Text(),
                        "127.0.0.1",
                        "Address of that port; empty for all of the host. It asks for no password: open it to those who"
                                + " scrape, and to nobody else."),
                new Setting("metrics.port", new Whole(0, 65_535), "9464", "That port; 0 for a free one."),
                new Setting("log.level", Words.of("error", "warn", "info", "debug"), "info", "What is logged."),
                new Setting(
                        "log.format",
                        Words.of("text", "json"),
                        "text",
                        "How lines of the log look: text, or one JSON object each. Tokens and keys are never in them, and"
                                + " lines of level `info` and above that repeat are held back and counted."),
                new Setting("demo.enabled", new Flag(), "false", "Serve the demo page at `/`."));
    }
}
