package dev.heliograph.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigProblemsTest {

    private static List<String> problems(String yaml) {
        ConfigException exception = catchThrowableOfType(ConfigException.class, () -> RelayConfig.parse(yaml));
        assertThat(exception).as("nothing was refused in: %s", yaml).isNotNull();
        assertThat(exception).hasMessage(String.join("\n", exception.problems()));
        return exception.problems();
    }

    @Test
    void allAreToldAtOnceWithTheNameOfTheFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("relay.yaml");
        Files.writeString(file, """
                http_server: {port: 70000}
                client: {ping_intervall: 5s, insecure: maybe}
                """);

        assertThat(catchThrowableOfType(ConfigException.class, () -> RelayConfig.load(Optional.of(file), Map.of()))
                        .problems())
                .containsExactlyInAnyOrder(
                        file + ": http_server.port: 70000 is not in 0..65535",
                        file + ": client.ping_intervall: unknown key; did you mean client.ping_interval?",
                        file + ": client.insecure: 'maybe' is neither true nor false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            frobnicate: 1                       | frobnicate: unknown key
            client: {allowed_orgins: [a]}       | client.allowed_orgins[0]: unknown key; did you mean client.allowed_origins?
            allowed_origins: [a]                | allowed_origins[0]: unknown key; did you mean client.allowed_origins?
            handshake_timeout: 1s               | handshake_timeout: unknown key; did you mean http_server.handshake_timeout?
            client: 5                           | client: is a section, not a value
            client: {token: abc}                | client.token: is a section, not a value
            log: {level: {a: b}}                | log.level.a: log.level is a value, not a section
            log: {level: [info]}                | log.level[0]: log.level is a single value, not a list
            channel: {namespaces: {chat: {presence: true}}} | channel.namespaces.chat.presence: is not a list of namespaces, each beginning with '- name: '
            channel: {namespaces: [chat]}       | channel.namespaces[0]: is not a list of namespaces, each beginning with '- name: '
            channel: {without_namespace: {presense: true}} | channel.without_namespace.presense: unknown key; did you mean presence?
            channel: {namespaces: [{name: chat, historysize: 1}]} | channel.namespaces[0].historysize: unknown key; did you mean history_size?
            """)
    void unknownKeysAreRefusedWithWhatWasMeant(String yaml, String problem) {
        assertThat(problems(yaml)).containsExactly("configuration: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http_server: {port: http}           | http_server.port: 'http' is not a whole number in 0..65535
            http_server: {port: -1}             | http_server.port: -1 is not in 0..65535
            http_server: {trusted_proxies: proxy.internal} | http_server.trusted_proxies: 'proxy.internal' is neither an address nor a network such as 10.0.0.0/8
            http_server: {trusted_proxies: [10.0.0.0/8, 10.0.0.0/33]} | http_server.trusted_proxies: '10.0.0.0/33' is neither an address nor a network such as 10.0.0.0/8
            http_server: {proxy_protocol: required} | http_server.trusted_proxies: is needed for http_server.proxy_protocol: who else would be let in?
            http_server: {proxy_protocol: on}   | http_server.proxy_protocol: 'on' is none of off, required
            http_server: {forwarded_header: x-real-ip} | http_server.forwarded_header: 'x-real-ip' is none of x-forwarded-for, forwarded, none
            client: {channel_limit: 1.5}        | client.channel_limit: '1.5' is not a whole number in 1..1000000
            client: {insecure: yes}             | client.insecure: 'yes' is neither true nor false
            client: {stale_close_delay: 0s}     | client.stale_close_delay: '0s' is too short
            shutdown: {timeout: 30}             | shutdown.timeout: '30' is not a duration such as 500ms, 25s or 1h30m
            shutdown: {timeout: 1m and more}    | shutdown.timeout: '1m and more' is not a duration such as 500ms, 25s or 1h30m
            shutdown: {timeout: -5s}            | shutdown.timeout: '-5s' is not a duration such as 500ms, 25s or 1h30m
            shutdown: {timeout: 999999999999d}  | shutdown.timeout: '999999999999d' is too long
            shutdown: {timeout: 99999999999999999999s} | shutdown.timeout: '99999999999999999999s' is not a duration such as 500ms, 25s or 1h30m
            websocket: {message_size_limit: 1}  | websocket.message_size_limit: '1' is not in 128..1073741824 bytes
            websocket: {message_size_limit: 999999999GiB} | websocket.message_size_limit: '999999999GiB' is not in 128..1073741824 bytes
            websocket: {message_size_limit: big} | websocket.message_size_limit: 'big' is not a size such as 65536 or 64KiB
            websocket: {handler_prefix: ws}     | websocket.handler_prefix: 'ws' is not a path such as /api
            http_api: {handler_prefix: /}       | http_api.handler_prefix: '/' is not a path such as /api
            http_api: {error_mode: loud}        | http_api.error_mode: 'loud' is none of (empty), transport
            log: {level: verbose}               | log.level: 'verbose' is none of error, warn, info, debug
            client: {token: {issuer_regex: '('}} | client.token.issuer_regex: '(' is not a regular expression: Unclosed group
            client: {token: {jwks_public_endpoint: 'ftp://a/'}} | client.token.jwks_public_endpoint: is not a URL that begins with https:// or http://
            """)
    void valuesThatAreNotWhatTheyShouldBeAreRefused(String yaml, String problem) {
        assertThat(problems(yaml)).containsExactly("configuration: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {name: c}              | name: 'c' is not a name of two or more letters, digits, '-' and '_'
            {name: 'a:b'}          | name: 'a:b' is not a name of two or more letters, digits, '-' and '_'
            {presence: true}       | name: '' is not a name of two or more letters, digits, '-' and '_'
            {name: ok, channel_regex: '['} | channel_regex: '[' is not a regular expression: Unclosed character class
            {name: ok, force_recovery: true} | force_recovery: needs history_size and history_ttl
            {name: ok, force_positioning: true} | force_positioning: needs history_size and history_ttl
            {name: ok, history_size: 1} | history_size: history needs both history_size and history_ttl
            {name: ok, history_ttl: 1s} | history_ttl: history needs both history_size and history_ttl
            {name: ok, history_size: -1} | history_size: -1 is not in 0..10000000
            {name: ok, history_size: 1, history_ttl: 2s, history_meta_ttl: 1s} | history_meta_ttl: must not be shorter than history_ttl
            {name: ok, history_size: 1, history_ttl: 721h} | history_meta_ttl: must not be shorter than history_ttl
            {name: ok, slow_consumer: block} | slow_consumer: 'block' is none of disconnect, drop_oldest, latest_only
            {name: ok, slow_consumer: latest_only, history_size: 1, history_ttl: 1s} | slow_consumer: latest_only with history needs force_recovery_mode: cache
            {name: ok, force_recovery_mode: map} | force_recovery_mode: 'map' is none of stream, cache
            {name: ok, force_push_join_leave: true} | force_push_join_leave: needs join_leave
            {name: ok, publication_data_format: xml} | publication_data_format: 'xml' is none of (empty), json, json_object, binary
            {name: ok, subscription_type: odd} | subscription_type: 'odd' is none of stream
            """)
    void namespacesThatCannotBeAreRefused(String namespace, String problem) {
        assertThat(problems("channel: {namespaces: [" + namespace + "]}"))
                .containsExactly("configuration: channel.namespaces[0]." + problem);
    }

    @Test
    void aNamespaceThatIsThereTwiceIsRefused() {
        assertThat(problems("channel: {namespaces: [{name: chat}, {name: news}, {name: chat}]}"))
                .containsExactly("configuration: channel.namespaces[2].name: 'chat' is there twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auto_cache_recover: true",
                "delta_publish: true",
                "allowed_delta_types: [fossil]",
                "allow_tags_filter: true",
                "allow_channel_compaction: true",
                "subscribe_proxy_enabled: true",
                "subscribe_proxy_name: a",
                "publish_proxy_enabled: true",
                "sub_refresh_proxy_enabled: true",
                "subscribe_stream_proxy_enabled: true",
                "subscription_type: map",
                "subscription_type: shared_poll",
                "map: {mode: ephemeral}",
                "shared_poll: {mode: versioned}"
            })
    void whatLaterVersionsDoIsRefusedEverywhere(String option) {
        assertThat(problems("channel: {namespaces: [{name: chat, " + option + "}]}"))
                .singleElement()
                .asString()
                .startsWith("configuration: channel.namespaces[0]." + option.substring(0, option.indexOf(':')))
                .endsWith("not supported yet");
        assertThat(problems("channel: {without_namespace: {" + option + "}}"))
                .singleElement()
                .asString()
                .endsWith("not supported yet");
    }

    @Test
    void whatLaterVersionsDoMayBeSwitchedOff() {
        assertThat(RelayConfig.parse("""
                        channel:
                          without_namespace: {delta_publish: false, allowed_delta_types: [], subscription_type: stream}
                        """)).isEqualTo(RelayConfig.defaults());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            client: {pong_timeout: 25s}         | client.pong_timeout: must be shorter than client.ping_interval
            client: {ping_interval: 999ms, pong_timeout: 1ms} | client.ping_interval: must be 0s or at least 1s
            client: {presence_ttl: 27s}         | client.presence_ttl: must be longer than client.presence_update_interval
            client: {subscription_token: {enabled: true}} | client.subscription_token.enabled: needs a key in client.subscription_token
            client: {subscription_token: {hmac_secret_key: a}} | client.subscription_token.enabled: must be true for what client.subscription_token says
            http_api: {previous_key: a}         | http_api.previous_key: needs http_api.key
            http_api: {key: a, previous_key: a} | http_api.previous_key: is that of http_api.key
            client: {token: {hmac_previous_secret_key: a}} | client.token.hmac_previous_secret_key: needs client.token.hmac_secret_key
            client: {token: {hmac_secret_key: a, hmac_previous_secret_key: a}} | client.token.hmac_previous_secret_key: is that of client.token.hmac_secret_key
            client: {subscription_token: {enabled: true, jwks_public_endpoint: "https://a/", hmac_previous_secret_key: a}} | client.subscription_token.hmac_previous_secret_key: needs client.subscription_token.hmac_secret_key
            admin: {jwt: {hmac_previous_secret_key: a}} | admin.jwt.hmac_previous_secret_key: needs admin.jwt.hmac_secret_key
            http_api: {handler_prefix: /connection/websocket} | http_api.handler_prefix: is that of websocket.handler_prefix
            channel: {user_boundary: ':'}       | channel: private_prefix, namespace_boundary, user_boundary and user_separator must differ
            channel: {namespace_boundary: '', namespaces: [{name: chat}]} | channel.namespace_boundary: is needed for channel.namespaces
            """)
    void valuesThatContradictEachOtherAreRefused(String yaml, String problem) {
        assertThat(problems(yaml)).containsExactly("configuration: " + problem);
    }

    @Test
    void tlsNeedsACertificateAndAKey(@TempDir Path folder) {
        assertThat(problems("http_server: {tls: {enabled: true, cert_pem: " + folder.resolve("none.pem") + "}}"))
                .containsExactly(
                        "configuration: http_server.tls.cert_pem: is neither PEM nor the path of a readable file",
                        "configuration: http_server.tls.key_pem: is needed for http_server.tls.enabled");
    }

    @Test
    void tlsMaterialThatIsNoneIsRefusedWithoutShowingIt(@TempDir Path folder) throws IOException {
        Path cert = Files.writeString(folder.resolve("cert.pem"), "any");
        assertThat(problems("""
                http_server:
                  tls:
                    enabled: true
                    cert_pem: %s
                    key_pem: |
                      -----BEGIN PRIVATE KEY-----
                      AAAA
                      -----END PRIVATE KEY-----
                """.formatted(cert)))
                .containsExactly("configuration: http_server.tls.cert_pem: PEM holds no certificate");
    }

    @Test
    void addressesOfRedisAreHostAndPortAndThePrefixHasNoBraces() {
        assertThat(problems("broker: {redis: {address: ['redis://:s3cr3t@host'], prefix: 'a{b}'}}"))
                .containsExactly(
                        "configuration: broker.redis.address: an address is not host:port",
                        "configuration: broker.redis.prefix: 'a{b}' is not made of letters, digits, '-', '_' and '.'");
    }

    @Test
    void aClusterHasNoSentinels() {
        assertThat(problems("broker: {redis: {cluster_address: ['a:1'], sentinel_master_name: main}}"))
                .containsExactly("configuration: broker.redis.cluster_address: does not go together with"
                        + " broker.redis.sentinel_master_name: a cluster has no sentinels");
        assertThat(problems("broker: {redis: {cluster_address: [a]}}"))
                .containsExactly("configuration: broker.redis.cluster_address: an address is not host:port");
    }

    @Test
    void certificatesForRedisAreReadAtTheStart() {
        assertThat(
                        problems(
                                "broker: {redis: {tls: {enabled: true, server_ca_pem: nosuch.pem, key_pem: '-----BEGIN s3cr3t'}}}"))
                .containsExactly(
                        "configuration: broker.redis.tls.cert_pem: is needed, as broker.redis.tls.key_pem is set",
                        "configuration: broker.redis.tls.server_ca_pem: is neither PEM nor the path of a readable file");
        assertThat(problems("broker: {redis: {tls: {enabled: true, server_ca_pem: '-----BEGIN s3cr3t'}}}"))
                .containsExactly("configuration: broker.redis.tls.server_ca_pem: PEM holds no certificate");
    }

    @Test
    void publicKeysThatAreNoneAreRefusedWithoutShowingThem() {
        assertThat(problems("""
                client:
                  token:
                    rsa_public_key: s3cr3t
                    ecdsa_public_key: |
                      -----BEGIN PUBLIC KEY-----
                      AAAA
                      -----END PUBLIC KEY-----
                """))
                .containsExactly(
                        "configuration: client.token.rsa_public_key: not a PEM public key",
                        "configuration: client.token.ecdsa_public_key: PEM holds no EC public key");
    }

    @Test
    void aSectionThatIsThereTwiceIsRefused() {
        assertThat(problems("""
                client: {insecure: true}
                log: {level: info}
                client: {channel_limit: 1}
                """)).containsExactly("configuration: client: is in line 1 and again in line 3");
    }

    @Test
    void whatIsNotYamlIsRefusedWithoutShowingIt() {
        assertThat(problems("""
                client:
                  token: {hmac_secret_key: "s3cr3t
                """))
                .singleElement()
                .asString()
                .startsWith("configuration: not YAML: line ")
                .doesNotContain("s3cr3t");
        assertThat(problems("a: 1\n---\nb: 2")).singleElement().asString().startsWith("configuration: not YAML: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a", "word", "? [a]\n: b", "client: &a {token: *a}", "client: {<<: 5}"})
    void whatIsNoConfigurationIsRefused(String yaml) {
        assertThat(problems(yaml))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each).startsWith("configuration: "));
    }
}
