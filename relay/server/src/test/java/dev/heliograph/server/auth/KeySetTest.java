package dev.heliograph.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import java.io.IOException;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/// Which published keys verify which tokens.
class KeySetTest {

    private static KeySet set(String... jwks) throws IOException {
        return KeySet.parse("{\"keys\":[" + String.join(",", jwks) + "]}");
    }

    private static boolean verifies(KeySet set, String token) throws ParseException {
        JWSObject signed = JWSObject.parse(token);
        List<VerificationKey> keys =
                set.find(signed.getHeader().getKeyID(), signed.getHeader().getAlgorithm());
        return keys.stream().anyMatch(key -> key.verifies(signed));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA,RS256",
        "RSA,RS384",
        "RSA,RS512",
        "P256,ES256",
        "P384,ES384",
        "P521,ES512",
        "ED25519,EdDSA",
        "ED25519,Ed25519"
    })
    void everyAlgorithmIsVerified(Keys key, String algorithm) throws Exception {
        String token = key.token("a", JWSAlgorithm.parse(algorithm), "{}");
        assertThat(verifies(set(key.jwk("a")), token)).isTrue();
        assertThat(verifies(set(key.jwk("b")), token)).as("by its id only").isFalse();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SHORT_RSA")
    void noOtherKeyUnderTheIdVerifies(Keys key) throws Exception {
        for (Keys other : Keys.values()) {
            assertThat(verifies(set(other.jwk("a")), key.token("a", key.algorithm(), "{}")))
                    .as("%s for %s", other, key)
                    .isEqualTo(other == key);
        }
    }

    @Test
    void keysOfSeveralTypesMayShareAnId() throws Exception {
        KeySet set = set(Keys.RSA.jwk("a"), Keys.P256.jwk("a"), Keys.ED25519.jwk("a"));
        for (Keys key : List.of(Keys.RSA, Keys.P256, Keys.ED25519)) {
            assertThat(verifies(set, key.token("a", key.algorithm(), "{}"))).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"use\":\"sig\"",
                ",\"key_ops\":[\"verify\"]",
                ",\"alg\":\"RS256\"",
                ",\"x5t\":\"AAAA\"",
                ",\"unknown\":{}"
            })
    void aKeyForSignaturesVerifies(String members) throws Exception {
        assertThat(verifies(set(Keys.RSA.jwk("a", members)), Keys.RSA.token("a", JWSAlgorithm.RS256, "{}")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"use\":\"enc\"",
                ",\"key_ops\":[\"encrypt\"]",
                ",\"alg\":\"RS512\"",
                ",\"alg\":\"PS256\"",
                ",\"alg\":\"RSA-OAEP\""
            })
    void aKeyForSomethingElseDoesNot(String members) throws Exception {
        assertThat(verifies(set(Keys.RSA.jwk("a", members)), Keys.RSA.token("a", JWSAlgorithm.RS256, "{}")))
                .isFalse();
    }

    @Test
    void bothNamesOfEd25519MeanTheSame() throws Exception {
        for (String name : List.of("EdDSA", "Ed25519")) {
            KeySet set = set(Keys.ED25519.jwk("a", ",\"alg\":\"" + name + "\""));
            assertThat(verifies(set, Keys.ED25519.token("a", JWSAlgorithm.EdDSA, "{}")))
                    .isTrue();
            assertThat(verifies(set, Keys.ED25519.token("a", JWSAlgorithm.Ed25519, "{}")))
                    .isTrue();
        }
    }

    @Test
    void aKeyThatIsNotUsableDoesNotTakeTheOthersWithIt() throws Exception {
        KeySet set = set(
                "1",
                "null",
                "{}",
                "{\"kty\":\"XYZ\",\"kid\":\"x\"}",
                "{\"kty\":\"RSA\",\"kid\":\"x\",\"n\":\"%\",\"e\":\"AQAB\"}",
                "{\"kty\":\"EC\",\"kid\":\"x\",\"crv\":\"P-256\",\"x\":\"AAAA\",\"y\":\"AAAA\"}",
                "{\"kty\":\"OKP\",\"kid\":\"x\",\"crv\":\"Ed25519\",\"x\":\"AAAA\"}",
                "{\"kty\":\"OKP\",\"kid\":\"x\",\"crv\":\"X25519\",\"x\":\"AAAA\"}",
                Keys.SHORT_RSA.jwk("x"),
                Keys.P256.jwk("a"));
        assertThat(set.knows("x")).isFalse();
        assertThat(verifies(set, Keys.P256.token("a", JWSAlgorithm.ES256, "{}")))
                .isTrue();
    }

    @Test
    void aPublishedSecretIsNoKey() throws Exception {
        String secret =
                Base64.getUrlEncoder().encodeToString("secret".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        KeySet set = set("{\"kty\":\"oct\",\"kid\":\"a\",\"k\":\"" + secret + "\"}", Keys.RSA.jwk("b"));
        for (String kid : List.of("a", "b")) {
            String header = "{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}";
            assertThat(verifies(set, Tokens.hmac("secret", JWSAlgorithm.HS256, header, "{}")))
                    .isFalse();
        }
    }

    @Test
    void anEmptySetIsASet() throws Exception {
        assertThat(set().knows("a")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1", "[]", "{}", "{\"keys\":null}", "{\"keys\":\"\"}"})
    void anythingElseIsNotASet(String text) {
        assertThatThrownBy(() -> KeySet.parse(text)).isInstanceOf(IOException.class);
    }
}
