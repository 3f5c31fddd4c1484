package dev.heliograph.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.server.admin.AdminUnderTest.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tokens that are made and revoked over the API, and what the audit record says about it.
class TokensTest {

    @TempDir
    private Path directory;

    private AdminUnderTest api;

    @BeforeEach
    void start() {
        api = new AdminUnderTest(directory, "");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String make(String name, String role) {
        Answer made = api.post(Role.ADMIN, "/v1/tokens", "{\"name\":\"%s\",\"role\":\"%s\"}".formatted(name, role));
        assertThat(made.status()).isEqualTo(200);
        return made.body().path("token").asText();
    }

    private JsonNode newestLine() {
        return api.get(Role.OPERATOR, "/v1/audit?limit=1")
                .body()
                .path("entries")
                .path(0);
    }

    @Test
    void aNewTokenIsGoodAtOnceAndARevokedOneIsNot() {
        String token = make("night-shift", "operator");
        JsonNode me = api.call("GET", "/v1/whoami", token, null).body();
        assertThat(me.path("name").asText()).isEqualTo("night-shift");
        assertThat(me.path("role").asText()).isEqualTo("operator");
        assertThat(api.delete(Role.ADMIN, "/v1/tokens/night-shift?reason=left").status())
                .isEqualTo(200);
        assertThat(api.call("GET", "/v1/whoami", token, null).status()).isEqualTo(401);
        JsonNode line = newestLine();
        assertThat(line.path("action").asText()).isEqualTo("token.revoke");
        assertThat(line.path("target").asText()).isEqualTo("night-shift");
        assertThat(line.path("operator").asText()).isEqualTo("admin-1");
        assertThat(line.path("from").asText()).isEqualTo("127.0.0.1");
        assertThat(line.path("reason").asText()).isEqualTo("left");
        assertThat(line.path("before").path("role").asText()).isEqualTo("operator");
        assertThat(line.has("after")).isFalse();
        assertThat(line.path("outcome").asText()).isEqualTo("ok");
    }

    @Test
    void aDryRunChangesNothing() {
        Answer made = api.post(Role.ADMIN, "/v1/tokens?dry_run=true", "{\"name\":\"a\",\"role\":\"viewer\"}");
        assertThat(made.status()).isEqualTo(200);
        assertThat(made.body().has("token")).isFalse();
        assertThat(api.get(Role.ADMIN, "/v1/tokens").body().path("tokens")).hasSize(3);
        make("a", "viewer");
        assertThat(api.delete(Role.ADMIN, "/v1/tokens/a?dry_run=true").status()).isEqualTo(200);
        assertThat(api.get(Role.ADMIN, "/v1/tokens").body().path("tokens")).hasSize(4);
        assertThat(newestLine().path("action").asText()).isEqualTo("token.create");
    }

    @Test
    void whatIsRefusedIsOnRecordToo() {
        assertThat(api.post(Role.OPERATOR, "/v1/tokens", "{\"name\":\"a\",\"role\":\"admin\"}")
                        .status())
                .isEqualTo(403);
        JsonNode line = newestLine();
        assertThat(line.path("action").asText()).isEqualTo("token.create");
        assertThat(line.path("operator").asText()).isEqualTo("operator-1");
        assertThat(line.path("outcome").asText()).startsWith("refused: ");
    }

    @Test
    void aNameIsTakenOnce() {
        make("a", "viewer");
        assertThat(api.post(Role.ADMIN, "/v1/tokens", "{\"name\":\"a\",\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(409);
        assertThat(api.post(Role.ADMIN, "/v1/tokens", "{\"name\":\"admin-1\",\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(409);
        Answer configured = api.delete(Role.ADMIN, "/v1/tokens/admin-1");
        assertThat(configured.status()).isEqualTo(404);
        assertThat(configured.body().at("/error/message").asText()).contains("configuration");
    }

    @Test
    void aBodyThatIsWrongSaysWhatIsWrong() {
        record Case(String body, String message) {}
        for (Case each : new Case[] {
            new Case("", "a JSON body is needed"),
            new Case("{", "the body is not JSON"),
            new Case("[]", "the body is not one JSON object"),
            new Case("null", "the body is null"),
            new Case("{\"name\":\"a\"}", "role is needed"),
            new Case("{\"name\":\"a\",\"role\":\"root\"}", "role is none of viewer, operator, admin"),
            new Case("{\"name\":\"a b\",\"role\":\"viewer\"}", "name is not"),
            new Case("{\"name\":5,\"role\":\"viewer\"}", "name has the wrong type"),
            new Case("{\"name\":\"a\",\"role\":\"viewer\",\"expires\":1}", "a field 'expires' that is not known"),
            new Case("{\"name\":\"a\",\"role\":\"viewer\",\"expires_at\":1}", "expires_at is not in the future"),
            new Case("{\"name\":\"a\",\"name\":\"b\",\"role\":\"viewer\"}", "the body is not JSON: Duplicate"),
        }) {
            Answer answer = api.post(Role.ADMIN, "/v1/tokens", each.body());
            assertThat(answer.status()).as(each.body()).isEqualTo(400);
            assertThat(answer.body().at("/error/message").asText()).contains(each.message());
        }
        assertThat(api.get(Role.ADMIN, "/v1/tokens").body().path("tokens")).hasSize(3);
    }

    @Test
    void aMisspeltParameterChangesNothing() {
        Answer answer = api.post(Role.ADMIN, "/v1/tokens?dryrun=true", "{\"name\":\"a\",\"role\":\"viewer\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/message").asText()).isEqualTo("there is no parameter 'dryrun' here");
        assertThat(api.post(Role.ADMIN, "/v1/tokens?dry_run=yes", "{\"name\":\"a\",\"role\":\"viewer\"}")
                        .status())
                .isEqualTo(400);
        assertThat(api.get(Role.ADMIN, "/v1/tokens").body().path("tokens")).hasSize(3);
    }
}
