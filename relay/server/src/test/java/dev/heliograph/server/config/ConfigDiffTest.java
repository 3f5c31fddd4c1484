package dev.heliograph.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigDiffTest {

    private static String diff(String before, String after) {
        return ConfigDiff.between(RelayConfig.parse(before), RelayConfig.parse(after))
                .toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            client: {channel_limit: 128} | client: {channel_limit: 256} | client.channel_limit: 128 -> 256
            ``                           | client: {channel_limit: 256} | client.channel_limit: 128 -> 256
            client: {channel_limit: 256} | ``                           | client.channel_limit: 256 -> 128
            client: {insecure: true}     | ``                           | client.insecure: true -> false
            client: {presence_ttl: 60s}  | client: {presence_ttl: 90s}  | client.presence_ttl: 60s -> 90s
            client: {ping_interval: 25s} | client: {ping_interval: 30s} | client.ping_interval: 25s -> 30s (new connections)
            channel: {private_prefix: $} | channel: {private_prefix: ''} | channel.private_prefix: $ -> (empty)
            http_server: {port: 8000}    | http_server: {port: 8001}    | http_server.port: 8000 -> 8001 (needs a restart)
            node: {name: a}              | node: {name: b}              | node.name: a -> b (needs a restart)
            client: {allowed_origins: [a, b, c]} | client: {allowed_origins: [b, d, c]} | client.allowed_origins: + d, - a (new connections)
            client: {allowed_origins: [a, b]} | client: {allowed_origins: [b, a]} | client.allowed_origins: in another order (new connections)
            channel: {without_namespace: {presence: true}} | `` | channel.without_namespace.presence: true -> false
            """)
    void settingsWithTheirOldAndNewValue(String before, String after, String line) {
        assertThat(diff(before, after)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            client: {presence_ttl: 60s}             | client: {presence_ttl: 1m}
            client: {queue_max_size: 1048576}       | client: {queue_max_size: 1MiB}
            client: {allowed_origins: [a, b]}       | client: {allowed_origins: 'a, b'}
            log: {level: info}                      | log: {level: ' info '}
            demo: {enabled: false}                  | log: {level: info}
            channel: {namespaces: [{name: aa}, {name: bb}]} | channel: {namespaces: [{name: bb}, {name: aa}]}
            channel: {namespaces: [{name: aa, history_meta_ttl: 24h}]} | channel: {namespaces: [{name: aa, history_meta_ttl: 1d}]}
            """)
    void whatMeansTheSameIsNotDifferent(String before, String after) {
        assertThat(diff(before, after)).isEqualTo("nothing has changed");
    }

    @Test
    void namespacesByName() {
        assertThat(diff("""
                        channel:
                          namespaces:
                            - {name: chat, history_size: 10, history_ttl: 1h, presence: true}
                            - {name: gone}
                        """, """
                        channel:
                          namespaces:
                            - {name: new, presence: true, history_size: 5, history_ttl: 1m}
                            - {name: bare}
                            - {name: chat, history_size: 20, history_ttl: 60m, join_leave: true}
                        """)).isEqualTo("""
                        channel.namespaces.bare: added
                        channel.namespaces.chat.presence: true -> false
                        channel.namespaces.chat.join_leave: false -> true
                        channel.namespaces.chat.history_size: 10 -> 20
                        channel.namespaces.gone: removed
                        channel.namespaces.new: added (presence: true, history_size: 5, history_ttl: 1m)""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            client: {token: {hmac_secret_key: %s}}                      | client.token.hmac_secret_key
            client: {token: {jwks_public_endpoint: 'https://u:%s@a/'}}  | client.token.jwks_public_endpoint
            client: {token: {issuer: %s}}                               | client.token.issuer
            http_api: {key: %s}                                         | http_api.key
            broker: {redis: {password: %s}}                             | broker.redis.password
            http_server: {tls: {key_pem: %s}}                           | http_server.tls.key_pem
            """)
    void whatMayBeSecretOnlyAsChanged(String yaml, String key) {
        String before = yaml.formatted("the-old-secret");
        String after = yaml.formatted("the-new-secret");
        assertThat(diff(before, after)).startsWith(key + ": changed").doesNotContain("old-secret", "new-secret");
        assertThat(diff("", after)).startsWith(key + ": set").doesNotContain("new-secret");
        assertThat(diff(before, "")).startsWith(key + ": removed").doesNotContain("old-secret");
        assertThat(RelayConfig.parse(after).toString()).doesNotContain("new-secret");
        assertThat(RelayConfig.parse(after).written().toString()).doesNotContain("new-secret");
    }

    @Test
    void aRotationOnlyAsSetChangedAndRemoved() {
        String before = "http_api: {key: the-old-key}\nclient: {token: {hmac_secret_key: the-old-secret}}";
        String both = """
                http_api: {key: the-new-key, previous_key: the-old-key}
                client: {token: {hmac_secret_key: the-new-secret, hmac_previous_secret_key: the-old-secret}}
                """;
        String after = "http_api: {key: the-new-key}\nclient: {token: {hmac_secret_key: the-new-secret}}";
        assertThat(diff(before, both)).isEqualTo("""
                        client.token.hmac_secret_key: changed
                        client.token.hmac_previous_secret_key: set
                        http_api.key: changed
                        http_api.previous_key: set""");
        assertThat(diff(both, after)).isEqualTo("""
                        client.token.hmac_previous_secret_key: removed
                        http_api.previous_key: removed""");
    }

    @Test
    void aValueCanNotBeginALineOfItsOwn() {
        assertThat(diff("", "node: {name: \"a\\nnode.colour: green -> blue\"}"))
                .isEqualTo("node.name: (empty) -> a?node.colour: green -> blue (needs a restart)");
        assertThat(diff("", "node: {name: \"" + "x".repeat(5_000) + "\"}")).hasSizeLessThan(300);
    }

    @Test
    void whatTakesEffectWhenIsSaidOfKeysThatExist() {
        Set<String> keys = Settings.ALL.stream().map(Setting::key).collect(Collectors.toSet());
        assertThat(keys).containsAll(Effect.listed());
    }
}
