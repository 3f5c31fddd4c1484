package dev.heliograph.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.config.ChannelOptions.Access;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Pins every default: whoever changes one changes what running relays do, and has to say so here.
class RelayConfigDefaultsTest {

    private final RelayConfig defaults = RelayConfig.defaults();

    @Test
    void ofTheServer() {
        assertThat(defaults.httpServer())
                .isEqualTo(new HttpServerConfig(
                        "",
                        8000,
                        false,
                        "",
                        "",
                        seconds(10),
                        List.of(),
                        HttpServerConfig.ForwardedHeader.X_FORWARDED_FOR,
                        false));
        assertThat(defaults.websocket())
                .isEqualTo(new RelayConfig.WebSocketConfig("/connection/websocket", 65_536, seconds(10)));
        assertThat(defaults.httpApi()).isEqualTo(new HttpApiConfig("", "", false, false, "/api", ""));
    }

    @Test
    void ofClients() {
        ClientConfig expected = new ClientConfig(
                false, // insecure
                List.of(), // allowed_origins
                false, // allow_anonymous_connect_without_token
                false, // disallow_anonymous_connection_tokens
                seconds(25), // ping_interval
                seconds(8), // pong_timeout
                seconds(10), // stale_close_delay
                seconds(25), // expired_close_delay
                seconds(25), // expired_sub_close_delay
                128, // channel_limit
                1_048_576, // queue_max_size
                0, // connection_limit
                0, // connection_rate_limit
                0, // user_connection_limit
                seconds(40), // channel_position_check_delay
                seconds(27), // presence_update_interval
                seconds(60), // presence_ttl
                300, // history_max_publication_limit
                300, // recovery_max_publication_limit
                false, // connect_include_server_time
                TokenConfig.NONE,
                false, // subscription_token.enabled
                TokenConfig.NONE);

        assertThat(defaults.client()).isEqualTo(expected);
    }

    @Test
    void ofChannels() {
        Access nobody = new Access(false, false, false);
        ChannelOptions off = new ChannelOptions(
                false, // presence
                false, // join_leave
                false, // force_push_join_leave
                0, // history_size
                Duration.ZERO, // history_ttl
                Duration.ofHours(720), // history_meta_ttl
                false, // force_positioning
                false, // allow_positioning
                false, // force_recovery
                false, // allow_recovery
                false, // force_recovery_mode: cache
                nobody, // allow_subscribe_for_...
                nobody, // allow_publish_for_...
                nobody, // allow_history_for_...
                nobody, // allow_presence_for_...
                false, // allow_user_limited_channels
                Optional.empty(), // channel_regex
                "", // publication_data_format
                SlowConsumer.DISCONNECT); // slow_consumer

        assertThat(defaults.channel()).isEqualTo(new ChannelConfig(255, "$", ":", "#", ",", off, Map.of()));
        assertThat(RelayConfig.parse("channel: {namespaces: [{name: chat}]}")
                        .channel()
                        .namespaces())
                .isEqualTo(Map.of("chat", off));
    }

    @Test
    void ofTheAdminApi() {
        assertThat(defaults.admin())
                .isEqualTo(new AdminConfig(
                        false,
                        "127.0.0.1",
                        8_010,
                        List.of(),
                        TokenConfig.NONE,
                        "role",
                        new AdminConfig.AdminTls(false, "", "", "")));
    }

    @Test
    void ofTheNode() {
        assertThat(defaults.node().name()).isNotEmpty();
        assertThat(defaults.broker()).isEqualTo(RelayConfig.BrokerType.EMBEDDED);
        RedisTlsConfig noTls = new RedisTlsConfig(false, List.of(), List.of(), Optional.empty(), "");
        assertThat(defaults.redis())
                .isEqualTo(new RedisConfig(
                        List.of("127.0.0.1:6379"), List.of(), "", "", "", noTls, "heliograph", seconds(2), 0));
        assertThat(defaults.embeddedBroker())
                .isEqualTo(new RelayConfig.EmbeddedBrokerConfig(268_435_456, 1_000_000, 1_000_000));
        assertThat(defaults.control()).isEqualTo(new ControlConfig("heliograph-data", 1_000_000, Duration.ofDays(90)));
        assertThat(defaults.eventLoops()).isZero();
        assertThat(defaults.shutdownTimeout()).isEqualTo(seconds(30));
        assertThat(defaults.shutdownPace()).isEqualTo(1_000);
        assertThat(defaults.metrics()).isEqualTo(new MetricsConfig(false, "127.0.0.1", 9_464));
        assertThat(defaults.logLevel()).isEqualTo("info");
        assertThat(defaults.logFormat()).isEqualTo("text");
        assertThat(defaults.demo()).isFalse();
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }
}
