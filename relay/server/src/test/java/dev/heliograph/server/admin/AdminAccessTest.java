package dev.heliograph.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.server.admin.AdminUnderTest.Answer;
import dev.heliograph.server.auth.TokenIssuer;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Who may call what: every operation that the description lists, by every kind of caller.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminAccessTest {

    @TempDir
    private static Path directory;

    private AdminUnderTest api;

    /// @param path with something in the place of its parameters
    private record Operation(String method, String path, Role role) {}

    @BeforeAll
    void start() {
        api = new AdminUnderTest(directory, "");
    }

    @AfterAll
    void stop() {
        api.close();
    }

    private List<Operation> operations() {
        JsonNode paths = api.get(Role.VIEWER, "/v1/openapi.json").body().path("paths");
        List<Operation> operations = new ArrayList<>();
        paths.fields()
                .forEachRemaining(path -> path.getValue()
                        .fields()
                        .forEachRemaining(method -> operations.add(new Operation(
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey().replaceAll("\\{\\w+}", "x"),
                                Role.of(method.getValue().path("x-role").asText())
                                        .orElseThrow()))));
        return operations;
    }

    @Test
    void everyOperationIsListed() {
        assertThat(operations()).hasSizeGreaterThan(5);
    }

    @Test
    void withoutATokenNothingIsServed() {
        for (Operation operation : operations()) {
            api.moveOn();
            Answer answer = api.call(operation.method(), operation.path(), null, null);
            assertThat(answer.status()).as(operation.toString()).isEqualTo(401);
            assertThat(answer.response().headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer");
            assertThat(answer.body().at("/error/code").asText()).isEqualTo("unauthenticated");
        }
    }

    @Test
    void withAnUnknownTokenNothingIsServed() {
        for (Operation operation : operations()) {
            api.moveOn();
            assertThat(api.call(operation.method(), operation.path(), TokenHash.newToken(), null)
                            .status())
                    .as(operation.toString())
                    .isEqualTo(401);
        }
    }

    @Test
    void withAnExpiredTokenNothingIsServed() {
        String expired = issuer().connection("carol")
                .claim("role", "admin")
                .expiresIn(Duration.ofSeconds(-1))
                .sign();
        for (Operation operation : operations()) {
            api.moveOn();
            assertThat(api.call(operation.method(), operation.path(), expired, null)
                            .status())
                    .as(operation.toString())
                    .isEqualTo(401);
        }
    }

    @Test
    void aRoleThatIsTooSmallIsRefused() {
        for (Operation operation : operations()) {
            for (Role role : Role.values()) {
                Answer answer = api.call(operation.method(), operation.path(), api.token(role), null);
                if (role.allows(operation.role())) {
                    assertThat(answer.status()).as(operation + " as " + role).isNotIn(401, 403);
                } else {
                    assertThat(answer.status()).as(operation + " as " + role).isEqualTo(403);
                    assertThat(answer.body().at("/error/message").asText())
                            .contains(operation.role().text());
                }
            }
        }
    }

    @Test
    void whatIsNotThereNeedsATokenToo() {
        api.moveOn();
        assertThat(api.call("GET", "/", null, null).status()).isEqualTo(401);
        assertThat(api.call("GET", "/v2/nothing", null, null).status()).isEqualTo(401);
        assertThat(api.get(Role.VIEWER, "/v2/nothing").status()).isEqualTo(404);
        assertThat(api.post(Role.VIEWER, "/v1/nodes", "{}").status()).isEqualTo(404);
    }

    @Test
    void jwtsOfTheIdentityProviderAreAccepted() {
        String token = issuer().connection("carol")
                .claim("role", "operator")
                .expiresIn(Duration.ofMinutes(5))
                .sign();
        JsonNode me = api.call("GET", "/v1/whoami", token, null).body();
        assertThat(me.path("name").asText()).isEqualTo("carol");
        assertThat(me.path("role").asText()).isEqualTo("operator");
    }

    @Test
    void jwtsWithoutARoleOrWithAnotherSecretAreRefused() {
        api.moveOn();
        String client =
                issuer().connection("carol").expiresIn(Duration.ofMinutes(5)).sign();
        String unknownRole = issuer().connection("carol").claim("role", "root").sign();
        String forged = TokenIssuer.hs256("another secret of the same length, or so", Clock.systemUTC())
                .connection("carol")
                .claim("role", "admin")
                .sign();
        for (String token : List.of(client, unknownRole, forged, "a.b.c", "")) {
            assertThat(api.call("GET", "/v1/whoami", token, null).status()).isEqualTo(401);
        }
    }

    @Test
    void whoTriesTooManyTokensHasToWaitButAGoodOneIsLetIn() {
        api.moveOn();
        for (int i = 0; i < FailureLimit.MAX; i++) {
            assertThat(api.call("GET", "/v1/whoami", "wrong", null).status()).isEqualTo(401);
        }
        Answer waits = api.call("GET", "/v1/whoami", "wrong", null);
        assertThat(waits.status()).isEqualTo(429);
        assertThat(Long.parseLong(
                        waits.response().headers().firstValue("Retry-After").orElse("")))
                .isBetween(1L, 60L);
        assertThat(api.get(Role.ADMIN, "/v1/whoami").status()).isEqualTo(200);
    }

    @Test
    void aTokenIsOnlyTakenFromItsHeader() {
        api.moveOn();
        String token = api.token(Role.ADMIN);
        assertThat(api.call("GET", "/v1/whoami?token=" + token, null, null).status())
                .isEqualTo(401);
        assertThat(api.call("GET", "/v1/whoami?access_token=" + token, null, null)
                        .status())
                .isEqualTo(401);
        HttpRequest basic = HttpRequest.newBuilder(api.uri("/v1/whoami"))
                .header("Authorization", "Basic " + token)
                .build();
        assertThat(api.send(basic).status()).isEqualTo(401);
    }

    private static TokenIssuer issuer() {
        return TokenIssuer.hs256(AdminUnderTest.JWT_SECRET, Clock.systemUTC());
    }
}
