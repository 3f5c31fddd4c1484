package dev.heliograph.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.heliograph.server.config.ChannelOptions.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

    @Test
    void everySectionOfAFileIsRead() {
        RelayConfig config = RelayConfig.parse("""
                http_server:
                  address: 127.0.0.1
                  port: 0
                  handshake_timeout: 5s
                  trusted_proxies: [10.0.0.0/8, "::1"]
                  forwarded_header: forwarded
                  proxy_protocol: required
                websocket: {handler_prefix: /ws, message_size_limit: 64KiB, write_timeout: 500ms}
                client:
                  insecure: true
                  allowed_origins: [https://a.example, "https://*.b.example"]
                  allow_anonymous_connect_without_token: true
                  disallow_anonymous_connection_tokens: true
                  ping_interval: 10s
                  pong_timeout: 3s
                  stale_close_delay: 1s
                  expired_close_delay: 2s
                  expired_sub_close_delay: 3s
                  channel_limit: 5
                  queue_max_size: 1MiB
                  connection_limit: 6
                  connection_rate_limit: 7
                  user_connection_limit: 8
                  channel_position_check_delay: 9s
                  presence_update_interval: 10s
                  presence_ttl: 25s
                  history_max_publication_limit: 11
                  recovery_max_publication_limit: 12
                  connect_include_server_time: true
                  token: {hmac_secret_key: secret, hmac_previous_secret_key: before, audience: a, issuer_regex: "i+", user_id_claim: uid}
                  subscription_token: {enabled: true, jwks_public_endpoint: "https://keys.example/set"}
                http_api: {key: k, previous_key: j, insecure: true, disabled: true, handler_prefix: /v1/api, error_mode: transport}
                broker:
                  type: redis
                  embedded: {max_history_size: 1GiB, max_channels: 13, max_idempotency_keys: 14}
                  redis:
                    address: [a:1, b:2]
                    sentinel_master_name: main
                    user: relay
                    password: pass
                    tls: {enabled: true, server_name: redis.internal}
                    prefix: p.1
                    timeout: 15s
                    wait_replicas: 1
                control: {directory: /var/lib/heliograph, audit_max_entries: 2000, audit_retention: 30d}
                engine: {event_loops: 2}
                shutdown: {timeout: 1m, pace: 15}
                metrics: {enabled: true, address: 10.0.0.1, port: 9}
                log: {level: debug, format: json}
                node: {name: relay-1, address: "relay-1.internal:9000", colour: blue}
                admin:
                  enabled: true
                  address: 10.0.0.1
                  port: 8011
                  tokens: ["ann:viewer:sha256:%1$s", "ben@b.example:admin:sha256:%1$s"]
                  jwt: {hmac_secret_key: secret, role_claim: relay_role}
                demo: {enabled: true}
                """.formatted("AB".repeat(32)));

        TokenConfig token = new TokenConfig("secret", "before", "", "", "", "a", "", "", "i+", "uid");
        TokenConfig subscriptionToken = new TokenConfig("", "", "", "", "https://keys.example/set", "", "", "", "", "");
        assertThat(config)
                .isEqualTo(new RelayConfig(
                        new RelayConfig.NodeConfig("relay-1", "relay-1.internal:9000", "blue"),
                        new HttpServerConfig(
                                "127.0.0.1",
                                0,
                                false,
                                "",
                                "",
                                Duration.ofSeconds(5),
                                List.of("10.0.0.0/8", "::1"),
                                HttpServerConfig.ForwardedHeader.FORWARDED,
                                true),
                        new RelayConfig.WebSocketConfig("/ws", 65_536, Duration.ofMillis(500)),
                        new ClientConfig(
                                true,
                                List.of("https://a.example", "https://*.b.example"),
                                true,
                                true,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                5,
                                1_048_576,
                                6,
                                7,
                                8,
                                Duration.ofSeconds(9),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(25),
                                11,
                                12,
                                true,
                                token,
                                true,
                                subscriptionToken),
                        new HttpApiConfig("k", "j", true, true, "/v1/api", "transport"),
                        new AdminConfig(
                                true,
                                "10.0.0.1",
                                8_011,
                                List.of(
                                        new AdminConfig.Token("ann", "viewer", "ab".repeat(32)),
                                        new AdminConfig.Token("ben@b.example", "admin", "ab".repeat(32))),
                                TokenConfig.hmac("secret"),
                                "relay_role",
                                new AdminConfig.AdminTls(false, "", "", "")),
                        RelayConfig.defaults().channel(),
                        RelayConfig.BrokerType.REDIS,
                        new RelayConfig.EmbeddedBrokerConfig(1L << 30, 13, 14),
                        new RedisConfig(
                                List.of("a:1", "b:2"),
                                List.of(),
                                "main",
                                "relay",
                                "pass",
                                new RedisTlsConfig(true, List.of(), List.of(), Optional.empty(), "redis.internal"),
                                "p.1",
                                Duration.ofSeconds(15),
                                1),
                        new ControlConfig("/var/lib/heliograph", 2_000, Duration.ofDays(30)),
                        2,
                        Duration.ofMinutes(1),
                        15,
                        new MetricsConfig(true, "10.0.0.1", 9),
                        "debug",
                        "json",
                        true,
                        config.written()));
        assertThat(config.client().subscriptionTokens()).isEqualTo(subscriptionToken);
    }

    @Test
    void everyOptionOfANamespaceIsRead() {
        ChannelConfig channel = RelayConfig.parse("""
                channel:
                  max_length: 100
                  private_prefix: "!"
                  namespace_boundary: "/"
                  user_boundary: "@"
                  user_separator: ";"
                  history_meta_ttl: 48h
                  without_namespace: {presence: true}
                  namespaces:
                    - name: all-of_it
                      presence: true
                      join_leave: true
                      force_push_join_leave: true
                      history_size: 10
                      history_ttl: 1m
                      history_meta_ttl: 2m
                      force_positioning: true
                      allow_positioning: true
                      force_recovery: true
                      allow_recovery: true
                      force_recovery_mode: cache
                      allow_subscribe_for_client: true
                      allow_subscribe_for_anonymous: true
                      allow_publish_for_client: true
                      allow_publish_for_subscriber: true
                      allow_publish_for_anonymous: true
                      allow_history_for_client: true
                      allow_history_for_subscriber: true
                      allow_history_for_anonymous: true
                      allow_presence_for_client: true
                      allow_presence_for_subscriber: true
                      allow_presence_for_anonymous: true
                      allow_user_limited_channels: true
                      channel_regex: "^[a-z]+$"
                      publication_data_format: json_object
                      slow_consumer: drop_oldest
                      subscription_type: stream
                    - name: short
                      history_size: 1
                      history_ttl: 1s
                """).channel();

        assertThat(channel)
                .returns(100, ChannelConfig::maxLength)
                .returns("!", ChannelConfig::privatePrefix)
                .returns("/", ChannelConfig::namespaceBoundary)
                .returns("@", ChannelConfig::userBoundary)
                .returns(";", ChannelConfig::userSeparator)
                .returns(true, it -> it.withoutNamespace().presence())
                .returns(Duration.ofHours(48), it -> it.withoutNamespace().metaTtl());
        assertThat(channel.namespaces()).containsOnlyKeys("all-of_it", "short");
        Access all = new Access(true, true, true);
        assertThat(channel.namespaces().get("all-of_it"))
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> a.pattern().equals(b.pattern()), Pattern.class)
                .isEqualTo(new ChannelOptions(
                        true,
                        true,
                        true,
                        10,
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(2),
                        true,
                        true,
                        true,
                        true,
                        true,
                        new Access(true, false, true),
                        all,
                        all,
                        all,
                        true,
                        Optional.of(Pattern.compile("^[a-z]+$")),
                        "json_object",
                        SlowConsumer.DROP_OLDEST));
        assertThat(channel.namespaces().get("short"))
                .returns(true, ChannelOptions::keepsHistory)
                .returns(Duration.ofHours(48), ChannelOptions::metaTtl);
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "500ms, PT0.5S",
        "25s, PT25S",
        "10m, PT10M",
        "720h, PT720H",
        "2d, PT48H",
        "1h30m, PT1H30M",
        "1m0s250ms, PT1M0.25S"
    })
    void durationsAreReadInTheirUnits(String text, Duration expected) {
        assertThat(RelayConfig.parse("shutdown: {timeout: " + text + "}").shutdownTimeout())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "65536, 65536",
        "65536B, 65536",
        "64KiB, 65536",
        "64 KiB, 65536",
        "64kib, 65536",
        "1MB, 1000000",
        "2KB, 2000",
        "1GiB, 1073741824",
        "1MiB, 1048576"
    })
    void sizesAreReadInTheirUnits(String text, long expected) {
        assertThat(RelayConfig.parse("broker: {embedded: {max_history_size: " + text + "}}")
                        .embeddedBroker()
                        .maxHistoryBytes())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "# nothing", "---", "client:", "client: {}", "client: {token: }", "channel: {namespaces: []}"
            })
    void whatSaysNothingGivesTheDefaults(String yaml) {
        assertThat(RelayConfig.parse(yaml)).isEqualTo(RelayConfig.defaults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123", "1_000", "1e3", "2001-01-01", "yes", "12:30:00", "0x1F"})
    void valuesAreTakenAsTheyAreWritten(String secret) {
        assertThat(RelayConfig.parse("http_api: {key: " + secret + "}")
                        .httpApi()
                        .key())
                .isEqualTo(secret);
    }

    @Test
    void anchorsAndMergesWork() {
        Map<String, ChannelOptions> namespaces =
                RelayConfig.parse("""
                channel:
                  namespaces:
                    - &chat
                      name: chat
                      presence: true
                      history_size: 5
                      history_ttl: 1m
                    - <<: *chat
                      name: news
                      history_size: 9
                    - <<: [*chat]
                      name: more
                """).channel().namespaces();

        assertThat(namespaces).containsOnlyKeys("chat", "news", "more");
        assertThat(namespaces.get("news"))
                .returns(true, ChannelOptions::presence)
                .returns(9, ChannelOptions::historySize);
        assertThat(namespaces.get("more")).isEqualTo(namespaces.get("chat"));
    }

    @Nested
    class TheEnvironment {

        @Test
        void winsOverTheFile(@TempDir Path folder) throws IOException {
            Path file = folder.resolve("relay.yaml");
            Files.writeString(file, """
                    http_server: {port: 1}
                    client: {allowed_origins: [https://old.example, https://older.example]}
                    """);

            RelayConfig config = RelayConfig.load(
                    Optional.of(file),
                    Map.of(
                            "HELIOGRAPH_HTTP_SERVER_PORT", "2",
                            "HELIOGRAPH_CLIENT_TOKEN_HMAC_SECRET_KEY", "secret\n",
                            "HELIOGRAPH_CLIENT_ALLOWED_ORIGINS", "https://a.example, https://b.example",
                            "HELIOGRAPH_CHANNEL_WITHOUT_NAMESPACE_PRESENCE", "true",
                            "PATH", "/bin"));

            assertThat(config.httpServer().port()).isEqualTo(2);
            assertThat(config.client().token()).isEqualTo(TokenConfig.hmac("secret"));
            assertThat(config.client().allowedOrigins()).containsExactly("https://a.example", "https://b.example");
            assertThat(config.channel().withoutNamespace().presence()).isTrue();
        }

        @Test
        void isNamedInItsProblems() {
            assertThat(problems(Map.of("HELIOGRAPH_HTTP_SERVER_PORT", "web")))
                    .containsExactly(
                            "environment: HELIOGRAPH_HTTP_SERVER_PORT: 'web' is not a whole number in 0..65535");
        }

        @Test
        void isRefusedWhereItLooksLikeASetting() {
            assertThat(problems(Map.of("HELIOGRAPH_CLIENT_TOKEN_HMAC_SECRET", "x")))
                    .containsExactly("environment: HELIOGRAPH_CLIENT_TOKEN_HMAC_SECRET: no such setting;"
                            + " did you mean HELIOGRAPH_CLIENT_TOKEN_HMAC_SECRET_KEY?");
            assertThat(problems(Map.of("HELIOGRAPH_CLEINT_INSECURE", "true")))
                    .containsExactly("environment: HELIOGRAPH_CLEINT_INSECURE: no such setting;"
                            + " did you mean HELIOGRAPH_CLIENT_INSECURE?");
        }

        @Test
        void mayHoldWhatOthersPutThere() {
            Map<String, String> others = Map.of(
                    "HELIOGRAPH_JVM_OPTIONS", "-Xmx1g",
                    "HELIOGRAPH_PORT", "tcp://10.0.0.1:8000",
                    "HELIOGRAPH_SERVICE_HOST", "10.0.0.1");

            assertThat(RelayConfig.load(Optional.empty(), others)).isEqualTo(RelayConfig.defaults());
        }

        private static List<String> problems(Map<String, String> environment) {
            return catchThrowableOfType(ConfigException.class, () -> RelayConfig.load(Optional.empty(), environment))
                    .problems();
        }
    }

    @Test
    void aFileThatCannotBeReadIsNamed(@TempDir Path folder) {
        Path file = folder.resolve("none.yaml");

        assertThatThrownBy(() -> RelayConfig.load(Optional.of(file), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": there is no such file");
        assertThatThrownBy(() -> RelayConfig.load(Optional.of(folder), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(folder + ": cannot be read: ");
    }

    @Test
    void everyExampleIsValid() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../../examples"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml")))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(file -> assertThat(RelayConfig.load(Optional.of(file), Map.of()))
                            .isNotEqualTo(RelayConfig.defaults()));
        }
    }

    @Test
    void noSecretIsInAnyText() {
        RelayConfig config = RelayConfig.parse("""
                http_server: {tls: {key_pem: "-----BEGIN s3cr3t"}}
                http_api: {key: s3cr3t, previous_key: s3cr3t-of-before}
                client:
                  token: {hmac_secret_key: s3cr3t, hmac_previous_secret_key: s3cr3t-of-before, jwks_public_endpoint: "https://u:s3cr3t@keys.example/"}
                  subscription_token: {enabled: true, hmac_secret_key: s3cr3t}
                """);

        assertThat(config.toString()).contains("HttpApiConfig", "TokenConfig").doesNotContain("s3cr3t");
    }
}
