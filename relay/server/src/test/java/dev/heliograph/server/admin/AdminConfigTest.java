package dev.heliograph.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.server.admin.AdminUnderTest.Answer;
import dev.heliograph.server.config.RelayConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the API shows of the configuration.
class AdminConfigTest {

    private static final String MARKER = "hunter2-the-secret";

    @TempDir
    private Path directory;

    private AdminUnderTest api;

    @BeforeEach
    void start() {
        api = new AdminUnderTest(directory, """
                http_api: {key: MARKER, previous_key: MARKER-of-before}
                broker: {redis: {password: MARKER, tls: {key_pem: MARKER}}}
                log: {level: warn}
                """.replace("MARKER", MARKER));
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private JsonNode config() {
        Answer answer = api.get(Role.OPERATOR, "/v1/config");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body())
                .doesNotContain(MARKER, AdminUnderTest.JWT_SECRET, TokenHash.of(api.token(Role.ADMIN)));
        return answer.body().path("settings");
    }

    private JsonNode setting(String key) {
        for (JsonNode each : config()) {
            if (each.path("key").asText().equals(key)) {
                return each;
            }
        }
        throw new AssertionError("no " + key);
    }

    @Test
    void whatIsInForceIsShownWithoutItsSecrets() {
        for (String secret : new String[] {
            "http_api.key",
            "http_api.previous_key",
            "broker.redis.password",
            "broker.redis.tls.key_pem",
            "admin.jwt.hmac_secret_key"
        }) {
            JsonNode shown = setting(secret);
            assertThat(shown.has("value")).isFalse();
            assertThat(shown.path("set").asBoolean()).isTrue();
            assertThat(shown.path("source").asText()).isEqualTo("file");
        }
        assertThat(setting("client.token.hmac_secret_key").path("set").asBoolean())
                .isFalse();
        JsonNode level = setting("log.level");
        assertThat(level.path("value").asText()).isEqualTo("warn");
        assertThat(level.path("effect").asText()).isEqualTo("at_once");
        assertThat(setting("http_server.port").path("effect").asText()).isEqualTo("restart");
        assertThat(setting("control.directory").path("value").asText()).isEqualTo(directory.toString());
    }

    @Test
    void afterAReloadItIsTheNewOne() {
        assertThat(setting("log.level").path("value").asText()).isEqualTo("warn");
        api.relay()
                .reloader()
                .readFrom(() -> RelayConfig.parse(api.yaml().replace("level: warn", "level: error")
                        + "channel: {namespaces: [{name: chat, presence: true}]}\n"));
        assertThat(api.call("POST", "/v1/config/reload", api.token(Role.ADMIN), null)
                        .status())
                .isEqualTo(200);
        assertThat(setting("log.level").path("value").asText()).isEqualTo("error");
        assertThat(setting("channel.namespaces.chat.presence").path("value").asText())
                .isEqualTo("true");
    }

    @Test
    void aViewerDoesNotSeeIt() {
        assertThat(api.get(Role.VIEWER, "/v1/config").status()).isEqualTo(403);
    }
}
