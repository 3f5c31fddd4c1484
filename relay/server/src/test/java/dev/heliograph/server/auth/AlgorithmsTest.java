package dev.heliograph.server.auth;

import static dev.heliograph.server.auth.Verdicts.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import dev.heliograph.server.config.TokenConfig;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which algorithm a token may use, with the keys of the configuration.
class AlgorithmsTest {

    private static final String PAYLOAD = "{\"sub\":\"42\"}";

    private final TokenVerifier all = verifier("secret", Keys.RSA.pem(), Keys.P256.pem());

    private static TokenVerifier verifier(String hmac, String rsa, String ecdsa) {
        return new TokenVerifier(new TokenConfig(hmac, "", rsa, ecdsa, "", "", "", "", "", ""), Clock.systemUTC());
    }

    private static void assertAccepted(TokenVerifier verifier, String token) {
        assertThat(verifier.verifyConnection(token).user()).isEqualTo("42");
    }

    private static void assertRefused(TokenVerifier verifier, String token) {
        assertInvalid(() -> verifier.verifyConnection(token));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void hmacOfEveryLengthIsVerified(String name) {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
        String header = "{\"alg\":\"" + name + "\",\"typ\":\"JWT\"}";
        assertAccepted(all, Tokens.hmac("secret", algorithm, header, PAYLOAD));
        assertRefused(all, Tokens.hmac("Secret", algorithm, header, PAYLOAD));
        assertRefused(verifier("", Keys.RSA.pem(), Keys.P256.pem()), Tokens.hmac("secret", algorithm, header, PAYLOAD));
    }

    @Test
    void theIssuerSignsWithEveryHmac() {
        Clock clock = Clock.systemUTC();
        assertAccepted(all, TokenIssuer.hs256("secret", clock).connection("42").sign());
        assertAccepted(all, TokenIssuer.hs384("secret", clock).connection("42").sign());
        assertAccepted(all, TokenIssuer.hs512("secret", clock).connection("42").sign());
    }

    @Test
    void aSecretMayBeOfAnyLength() {
        for (String secret : new String[] {"s", "ü", "s".repeat(31), "s".repeat(200)}) {
            assertAccepted(verifier(secret, "", ""), Tokens.hs256(secret, PAYLOAD));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512"})
    void rsaOfEveryHashIsVerified(String name) {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
        assertAccepted(all, Keys.RSA.token(algorithm, PAYLOAD));
        assertRefused(all, Keys.OTHER_RSA.token(algorithm, PAYLOAD));
        assertRefused(verifier("secret", "", Keys.P256.pem()), Keys.RSA.token(algorithm, PAYLOAD));
    }

    @ParameterizedTest
    @CsvSource({"P256", "P384", "P521"})
    void ecdsaOfEveryCurveIsVerified(Keys key) {
        assertAccepted(verifier("", "", key.pem()), key.token(PAYLOAD));
        assertRefused(verifier("", "", Keys.OTHER_P256.pem()), key.token(PAYLOAD));
        assertRefused(verifier("secret", Keys.RSA.pem(), ""), key.token(PAYLOAD));
    }

    @Test
    void aTokenIsNotReadAsOfAnotherCurve() {
        String header = "{\"alg\":\"ES384\"}";
        String[] parts = Keys.P256.token(PAYLOAD).split("\\.");
        assertRefused(verifier("", "", Keys.P256.pem()), Base64URL.encode(header) + "." + parts[1] + "." + parts[2]);
    }

    @Test
    void ed25519IsOnlyForKeySets() {
        assertRefused(all, Keys.ED25519.token(PAYLOAD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PS256", "PS384", "PS512"})
    void rsaWithAnotherPaddingIsRefused(String name) {
        assertRefused(all, Keys.RSA.token(JWSAlgorithm.parse(name), PAYLOAD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "", "HS1", "ES256K", "RSA-OAEP", "hs256", "dir", "Ed448"})
    void anUnknownAlgorithmIsRefused(String name) {
        String header = "{\"alg\":\"" + name + "\"}";
        assertRefused(all, Tokens.hmac("secret", JWSAlgorithm.HS256, header, PAYLOAD));
        assertRefused(all, Base64URL.encode(header) + "." + Base64URL.encode(PAYLOAD) + ".");
    }

    @Test
    void aPublicKeyIsNoSecret() {
        String header = "{\"alg\":\"HS256\"}";
        for (TokenVerifier verifier : Set.of(all, verifier("", Keys.RSA.pem(), Keys.P256.pem()))) {
            for (String key : new String[] {Keys.RSA.pem(), Keys.RSA.pem().strip(), Keys.P256.pem()}) {
                assertRefused(verifier, Tokens.hmac(key, JWSAlgorithm.HS256, header, PAYLOAD));
            }
        }
    }

    @Test
    void anHmacUnderAnAsymmetricNameIsRefused() {
        for (String name : new String[] {"RS256", "ES256", "EdDSA"}) {
            assertRefused(all, Tokens.hmac("secret", JWSAlgorithm.HS256, "{\"alg\":\"" + name + "\"}", PAYLOAD));
        }
    }

    @Test
    void aKeyInTheHeaderIsNotBelieved() {
        String header =
                "{\"alg\":\"RS256\",\"jwk\":%s,\"jku\":\"http://127.0.0.1/\"}".formatted(Keys.OTHER_RSA.jwk("x"));
        try {
            assertRefused(all, Keys.OTHER_RSA.token(JWSHeader.parse(header), PAYLOAD));
        } catch (java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}",
                "{\"alg\":\"HS256\",\"crit\":[\"b64\"],\"b64\":false}",
                "{\"alg\":\"HS256\",\"b64\":false}",
                "{\"alg\":\"HS256\",\"crit\":[]}",
                "{\"alg\":\"HS256\",\"alg\":\"none\"}",
                "{\"alg\":1}",
                "{\"alg\":null}",
                "{}",
                "[]",
                "HS256"
            })
    void aHeaderThatIsMalformedOrHasExtensionsIsRefused(String header) {
        assertRefused(all, Tokens.hmac("secret", JWSAlgorithm.HS256, header, PAYLOAD));
    }

    @Test
    void noBitOfATokenMayChange() {
        for (String token :
                new String[] {Tokens.hs256("secret", PAYLOAD), Keys.RSA.token(PAYLOAD), Keys.P256.token(PAYLOAD)}) {
            assertAccepted(all, token);
            String[] parts = token.split("\\.");
            for (int part = 0; part < parts.length; part++) {
                byte[] bytes = new Base64URL(parts[part]).decode();
                for (int i = 0; i < bytes.length; i++) {
                    byte[] changed = bytes.clone();
                    changed[i] ^= 1;
                    String[] forged = parts.clone();
                    forged[part] = Base64URL.encode(changed).toString();
                    assertRefused(all, String.join(".", forged));
                }
            }
        }
    }

    @Test
    void aSignatureOfZerosIsRefused() {
        String[] parts = Keys.P256.token(PAYLOAD).split("\\.");
        assertRefused(all, parts[0] + "." + parts[1] + "." + Base64URL.encode(new byte[64]));
    }

    @Test
    void aTruncatedSignatureIsRefused() {
        for (String token :
                new String[] {Tokens.hs256("secret", PAYLOAD), Keys.RSA.token(PAYLOAD), Keys.P256.token(PAYLOAD)}) {
            String[] parts = token.split("\\.");
            byte[] signature = new Base64URL(parts[2]).decode();
            assertRefused(
                    all,
                    parts[0] + "." + parts[1] + "." + Base64URL.encode(Arrays.copyOf(signature, signature.length - 1)));
            assertRefused(
                    all,
                    parts[0] + "." + parts[1] + "." + Base64URL.encode(Arrays.copyOf(signature, signature.length + 1)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "...", "a", "a.b", "a.b.c", "a.b.c.d", "a.b.c.d.e", " ", "{}", "null"})
    void textThatIsNoTokenIsRefused(String text) {
        assertRefused(all, text);
    }

    @Test
    void aTokenHasOneSpelling() {
        String token = Tokens.hs256("secret", PAYLOAD);
        for (String other : new String[] {
            " " + token, token + " ", token + "\n", token + "=", token + ".", "." + token, token + "\0", token + "ü"
        }) {
            assertRefused(all, other);
        }
    }

    @Test
    void aDeeplyNestedTokenIsRefused() {
        String deep = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
        assertRefused(all, Tokens.hs256("secret", deep));
        assertRefused(all, Tokens.hmac("secret", JWSAlgorithm.HS256, deep, PAYLOAD));
    }

    @Test
    void withoutAnyKeyEveryTokenIsInvalid() {
        TokenVerifier none = new TokenVerifier(TokenConfig.NONE, Clock.systemUTC());
        assertRefused(none, Tokens.hs256("secret", PAYLOAD));
        assertRefused(none, Keys.RSA.token(PAYLOAD));
    }

    @Test
    void aKeyThatCanNotBeUsedIsAMistakeOfTheConfiguration() {
        assertThatThrownBy(() -> verifier("", "no pem", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("rsa_public_key: ");
        assertThatThrownBy(() -> verifier("", Keys.P256.pem(), "")).hasMessageStartingWith("rsa_public_key: ");
        assertThatThrownBy(() -> verifier("", Keys.SHORT_RSA.pem(), "")).hasMessageContaining("at least 2048 bits");
        assertThatThrownBy(() -> verifier("", "", Keys.RSA.pem())).hasMessageStartingWith("ecdsa_public_key: ");
        assertThatThrownBy(() -> verifier("", "", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"))
                .hasMessageStartingWith("ecdsa_public_key: ");
        assertThatThrownBy(() -> verifier("", "", Keys.P256.pem().replace("PUBLIC", "PRIVATE")))
                .hasMessageContaining("PRIVATE KEY");
    }

    @Test
    void aPemMayStandInOneLine() {
        assertAccepted(
                verifier("", Keys.RSA.pem().replace("\r", "").replace("\n", "\\n"), ""), Keys.RSA.token(PAYLOAD));
    }
}
