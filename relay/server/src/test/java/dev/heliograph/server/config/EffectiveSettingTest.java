package dev.heliograph.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.config.EffectiveSetting.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EffectiveSettingTest {

    private static final String MARKER = "hunter2-the-secret";

    private static EffectiveSetting setting(RelayConfig config, String key) {
        return EffectiveSetting.of(config).stream()
                .filter(each -> each.key().equals(key))
                .findAny()
                .orElseThrow();
    }

    private static EffectiveSetting setting(String yaml, String key) {
        return setting(RelayConfig.parse(yaml), key);
    }

    @Test
    void everySettingIsThereWithItsDefault() {
        List<EffectiveSetting> all = EffectiveSetting.of(RelayConfig.defaults());
        assertThat(all).hasSameSizeAs(Settings.ALL);
        assertThat(all).extracting(EffectiveSetting::source).containsOnly(Source.DEFAULT);
        assertThat(setting("", "http_server.port"))
                .isEqualTo(new EffectiveSetting(
                        "http_server.port", Optional.of("8000"), true, Source.DEFAULT, Effect.RESTART));
        assertThat(setting("", "node.colour").set()).isFalse();
    }

    @Test
    void theEnvironmentWinsOverTheFileAndIsNamed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("relay.yaml"), """
                client: {channel_limit: 100, presence_ttl: 90s}
                channel: {namespaces: [{name: chat, presence: true}]}
                """);
        RelayConfig config = RelayConfig.load(Optional.of(file), Map.of("HELIOGRAPH_CLIENT_CHANNEL_LIMIT", "200"));
        assertThat(setting(config, "client.channel_limit"))
                .isEqualTo(new EffectiveSetting(
                        "client.channel_limit", Optional.of("200"), true, Source.ENVIRONMENT, Effect.AT_ONCE));
        assertThat(setting(config, "client.presence_ttl").source()).isEqualTo(Source.FILE);
        assertThat(setting(config, "client.ping_interval").source()).isEqualTo(Source.DEFAULT);
        assertThat(setting(config, "channel.namespaces.chat.presence"))
                .isEqualTo(new EffectiveSetting(
                        "channel.namespaces.chat.presence", Optional.of("true"), true, Source.FILE, Effect.AT_ONCE));
        assertThat(setting(config, "channel.namespaces.chat.join_leave").source())
                .isEqualTo(Source.DEFAULT);
    }

    /// Those are secrets beyond doubt; that others of the kind are hidden as well is for the next test.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "client.token.hmac_secret_key",
                "client.token.hmac_previous_secret_key",
                "client.subscription_token.hmac_secret_key",
                "client.subscription_token.hmac_previous_secret_key",
                "admin.jwt.hmac_secret_key",
                "admin.jwt.hmac_previous_secret_key",
                "http_api.key",
                "http_api.previous_key",
                "broker.redis.password",
                "http_server.tls.key_pem",
                "admin.tls.key_pem",
                "broker.redis.tls.key_pem"
            })
    void ofASecretOnlyIfItIsSet(String key) {
        EffectiveSetting given = written(key, MARKER);
        assertThat(given.value()).isEmpty();
        assertThat(given.set()).isTrue();
        assertThat(given.source()).isEqualTo(Source.FILE);
        assertThat(given.toString()).doesNotContain(MARKER);
        EffectiveSetting none = setting(RelayConfig.defaults(), key);
        assertThat(none.value()).isEmpty();
        assertThat(none.set()).isFalse();
    }

    private static EffectiveSetting written(String key, String value) {
        return EffectiveSetting.of(new KeyValues(Map.of(key, value), Set.of(), List.of())).stream()
                .filter(each -> each.key().equals(key))
                .findAny()
                .orElseThrow();
    }

    /// Whatever text is not known to be harmless is hidden, also that of a setting that is not there yet.
    @Test
    void noTextIsShownUnlessItIsKnownToBeHarmless() {
        Map<String, String> given = new HashMap<>();
        Set<String> harmless = Set.of(
                "http_server.address",
                "admin.address",
                "metrics.address",
                "node.address",
                "node.name",
                "node.colour",
                "control.directory",
                "broker.redis.sentinel_master_name",
                "broker.redis.prefix",
                "broker.redis.tls.server_name",
                "client.token.user_id_claim",
                "client.subscription_token.user_id_claim",
                "admin.jwt.user_id_claim",
                "admin.jwt.role_claim",
                "channel.private_prefix",
                "channel.namespace_boundary",
                "channel.user_boundary",
                "channel.user_separator");
        for (Setting setting : Settings.ALL) {
            switch (setting.type()) {
                case Type.Text _ when harmless.contains(setting.key()) -> given.put(setting.key(), "harmless");
                case Type.Text _
                when setting.key().endsWith("cert_pem") || setting.key().endsWith("ca_pem") ->
                    given.put(setting.key(), "-----BEGIN CERTIFICATE-----\n" + MARKER);
                case Type.Text _, Type.PublicKeyPem _ -> given.put(setting.key(), MARKER);
                case Type.Url _ -> given.put(setting.key(), "https://u:%1$s@a.example/keys?t=%1$s".formatted(MARKER));
                case Type.Texts _ ->
                    given.put(setting.key(), "u:%1$s@a:1, https://%1$s@b/, ann:admin:sha256:%1$s".formatted(MARKER));
                case Type.Words _,
                        Type.Regex _,
                        Type.HttpPath _,
                        Type.Flag _,
                        Type.Whole _,
                        Type.Time _,
                        Type.Size _ -> {}
            }
        }
        assertThat(given).hasSizeGreaterThan(40);
        List<EffectiveSetting> all = EffectiveSetting.of(new KeyValues(given, Set.of(), List.of()));
        assertThat(all.toString()).doesNotContain(MARKER).contains("harmless");
        assertThat(all.stream().filter(each -> given.containsKey(each.key()))).allMatch(EffectiveSetting::set);
    }

    @ParameterizedTest
    @CsvSource({
        "http_server.tls.cert_pem, /etc/relay/cert.pem, /etc/relay/cert.pem",
        "client.token.jwks_public_endpoint, https://id.example/keys, https://id.example/keys",
        "client.token.jwks_public_endpoint, https://me:pw@id.example/keys?key=pw, https://[hidden]@id.example/keys?[hidden]",
        "broker.redis.address, pw@redis:6379, [hidden]@redis:6379"
    })
    void whatIsNoSecretInWhatMayHoldOneIsShown(String key, String value, String shown) {
        assertThat(written(key, value).value()).contains(shown);
    }

    @Test
    void operatorsTokensAreShownByNameAndRole() {
        String hash = "0123456789abcdef".repeat(4);
        assertThat(setting("admin: {tokens: ['a@b.example:admin:sha256:" + hash + "']}", "admin.tokens")
                        .value())
                .contains("a@b.example:admin:sha256:[hidden]");
    }

    @Test
    void aValueStaysInOneLine() {
        assertThat(setting("node: {name: \"a\\nb\"}", "node.name").value()).contains("a?b");
    }
}
