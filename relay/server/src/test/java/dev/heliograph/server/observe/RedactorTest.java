package dev.heliograph.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.config.RelayConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private final Redactor redactor = Redactor.of();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "got eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiJ9.abc now|got [redacted] now",
                "cut eyJhbGciOiJIUzI1NiJ9.eyJzdW|cut [redacted]",
                "empty signature eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiJ9.|empty signature [redacted]",
                "GET /connection/websocket?token=abc&format=json|GET /connection/websocket?token=[redacted]&format=json",
                "POST /api/publish?x=1&api_key=s3cret HTTP/1.1|POST /api/publish?x=1&api_key=[redacted] HTTP/1.1",
                "X-API-Key: s3cret|X-API-Key: [redacted]",
                "Authorization: Bearer abc.def|Authorization: Bearer [redacted]",
                "\"authorization\":\"apikey s3cret\"|\"authorization\":\"apikey [redacted]\"",
                "redis://user:pa:ss@10.0.0.1:6379/0|redis://[redacted]@10.0.0.1:6379/0",
                "nothing to hide: the token has expired, key id 7|nothing to hide: the token has expired, key id 7",
                "mail to someone@example.com|mail to someone@example.com"
            })
    void formsOfSecretsAreKnown(String text, String redacted) {
        assertThat(redactor.redact(text)).isEqualTo(redacted);
    }

    @Test
    void privateKeysAreGoneWithAllTheirLines() {
        String pem = "key: -----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0\nBAQEFAASC\n-----END PRIVATE KEY-----.";
        assertThat(redactor.redact(pem)).isEqualTo("key: [redacted].");
        assertThat(redactor.redact("-----BEGIN EC PRIVATE KEY-----\nMIIEvQ")).isEqualTo("[redacted]");
    }

    @Test
    void secretsOfTheConfigurationAreFoundWhereverTheyStand() {
        Redactor own = Redactor.of(RelayConfig.parse("""
                client:
                  token: {hmac_secret_key: connection-hmac, hmac_previous_secret_key: connection-before}
                  subscription_token:
                    enabled: true
                    hmac_secret_key: subscription-hmac
                    hmac_previous_secret_key: subscription-before
                http_api: {key: the-api-key, previous_key: api-before}
                admin: {jwt: {hmac_secret_key: operator-hmac, hmac_previous_secret_key: operator-before}}
                broker: {redis: {password: redis-password}}
                """));
        assertThat(own.redact("1 connection-hmac 2 subscription-hmac 3 the-api-key 4 redis-password 5"))
                .isEqualTo("1 [redacted] 2 [redacted] 3 [redacted] 4 [redacted] 5");
        assertThat(own.redact(
                        "1 connection-before 2 subscription-before 3 api-before 4 operator-before 5 operator-hmac"))
                .isEqualTo("1 [redacted] 2 [redacted] 3 [redacted] 4 [redacted] 5 [redacted]");
    }

    @Test
    void whatIsEmptyOrTooShortToBeToldFromAWordIsNotLookedFor() {
        assertThat(Redactor.of("", "key").redact("a key")).isEqualTo("a key");
    }

    /// Its time grows with the length of the text, whatever the text is: a square of it would not end here.
    @ParameterizedTest
    @ValueSource(
            strings = {"eyJ", "eyJabcdefgh.", "?token=", "://a", "-----BEGIN PRIVATE KEY", "bearer ", "authorization: "
            })
    void noTextMakesItSlow(String piece) {
        String text = piece.repeat(200_000 / piece.length());
        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> redactor.redact(text));
    }
}
