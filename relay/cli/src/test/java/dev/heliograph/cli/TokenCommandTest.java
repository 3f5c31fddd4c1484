package dev.heliograph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenCommandTest {

    @Test
    void printsOnlyTheToken() {
        Cli.Run run = Cli.run("token", "--secret", "s", "--user", "42");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("[-\\w]+\\.[-\\w]+\\.[-\\w]+\\R");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aTokenIsForAnHourUnlessItIsToldOtherwise() throws JsonProcessingException {
        JsonNode claims = claims("--secret", "s", "--user", "42");
        assertThat(claims.path("sub").asText()).isEqualTo("42");
        assertThat(lifetime(claims)).isEqualTo(3_600);
        assertThat(lifetime(claims("--secret", "s", "--ttl", "1m30s"))).isEqualTo(90);
        assertThat(claims("--secret", "s", "--ttl", "0s").has("exp")).isFalse();
    }

    @Test
    void aConnectionTokenHasWhatIsAskedFor() throws JsonProcessingException {
        JsonNode claims = claims(
                "--secret",
                "s",
                "--info",
                "{\"name\":\"Ann\"}",
                "--meta",
                "[1]",
                "--subscribe",
                "a",
                "--subscribe",
                "b",
                "--audience",
                "apps",
                "--issuer",
                "us");
        assertThat(claims.path("info").path("name").asText()).isEqualTo("Ann");
        assertThat(claims.path("meta").toString()).isEqualTo("[1]");
        assertThat(claims.path("channels").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(claims.path("aud").asText()).isEqualTo("apps");
        assertThat(claims.path("iss").asText()).isEqualTo("us");
        assertThat(claims.has("sub")).isFalse();
        assertThat(claims.has("channel")).isFalse();
    }

    @Test
    void withAChannelItIsASubscriptionToken() throws JsonProcessingException {
        JsonNode claims =
                claims("--secret", "s", "--user", "42", "--channel", "$vip:1", "--client", "c", "--data", "{\"a\":1}");
        assertThat(claims.path("channel").asText()).isEqualTo("$vip:1");
        assertThat(claims.path("sub").asText()).isEqualTo("42");
        assertThat(claims.path("client").asText()).isEqualTo("c");
        assertThat(claims.path("data").path("a").asInt()).isEqualTo(1);
    }

    @Test
    void aConfigurationGivesSecretAudienceIssuerAndClaim(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("relay.yaml"), """
                client:
                  token:
                    hmac_secret_key: from the file
                    audience: apps
                    issuer: us
                    user_id_claim: uid
                """);
        JsonNode claims = claims("--config", file.toString(), "--user", "42");
        assertThat(claims.path("uid").asText()).isEqualTo("42");
        assertThat(claims.path("aud").asText()).isEqualTo("apps");
        assertThat(claims.path("iss").asText()).isEqualTo("us");
        assertThat(claims.has("sub")).isFalse();
        assertThat(signature("--config", file.toString()))
                .isEqualTo(signature("--secret", "from the file", "--audience", "apps", "--issuer", "us"));
    }

    @Test
    void subscriptionTokensMayHaveASecretOfTheirOwn(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("relay.yaml"), """
                client:
                  token:
                    hmac_secret_key: one
                  subscription_token:
                    enabled: true
                    hmac_secret_key: two
                """);
        assertThat(signature("--config", file.toString(), "--channel", "c"))
                .isEqualTo(signature("--secret", "two", "--channel", "c"));
    }

    @Test
    void theSecretMayComeFromTheEnvironment() {
        Cli.Run run = Cli.run(Map.of(TokenCommand.SECRET_VARIABLE, "e"), "", "token", "--ttl", "0s");
        assertThat(run.out())
                .isEqualTo(Cli.run("token", "--ttl", "0s", "--secret", "e").out());
    }

    @Test
    void aFileWithoutSecretIsAFailure(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("relay.yaml"), "");
        Cli.Run run = Cli.run("token", "--config", file.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .containsExactly("heliograph token: " + file
                        + ": has no hmac_secret_key, and only with one a token can be signed here");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "token|a secret is missing",
                "token --secret s --info {|--info: '{' is not JSON",
                "token --secret s --ttl soon|'soon' is not a duration such as 90s, 10m or 1h30m",
                "token --secret s --algorithm RS256|HS256, HS384, HS512",
                "token --secret s --client c|--client is for subscription tokens",
                "token --secret s --data 1|--data is for subscription tokens",
                "token --secret s --channel c --meta 1|--meta is for connection tokens",
                "token --secret s --channel c --subscribe d|--subscribe is for connection tokens",
            })
    void whatMakesNoSenseIsWrongUsage(String command, String reason) {
        Cli.Run run = Cli.run(command.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).singleElement().asString().contains(reason);
    }

    private static JsonNode claims(String... args) throws JsonProcessingException {
        String payload = token(args).split("\\.")[1];
        return ApiClient.JSON.readTree(new String(Base64.getUrlDecoder().decode(payload), UTF_8));
    }

    /// Of a token with the given secret and always the same claims.
    private static String signature(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "--ttl";
        all[1] = "0s";
        System.arraycopy(args, 0, all, 2, args.length);
        String token = token(all);
        return token.substring(token.lastIndexOf('.'));
    }

    private static String token(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "token";
        System.arraycopy(args, 0, all, 1, args.length);
        Cli.Run run = Cli.run(all);
        assertThat(run.err()).isEmpty();
        return run.out().strip();
    }

    private static long lifetime(JsonNode claims) {
        return claims.path("exp").asLong() - claims.path("iat").asLong();
    }
}
