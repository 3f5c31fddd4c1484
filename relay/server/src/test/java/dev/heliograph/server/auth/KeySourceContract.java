package dev.heliograph.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every source of keys keeps. It holds an RSA and a P-256 key; the id of each is its name.
abstract class KeySourceContract {

    private KeySource source = new StaticKeys(List.of());

    abstract KeySource source();

    @BeforeEach
    void open() {
        source = source();
    }

    @AfterEach
    void close() {
        source.close();
    }

    private List<VerificationKey> keys(Keys key, JWSAlgorithm algorithm) {
        return source.keys(new JWSHeader.Builder(algorithm).keyID(key.name()).build());
    }

    @Test
    void aKeyVerifiesItsOwnTokens() throws Exception {
        for (Keys key : List.of(Keys.RSA, Keys.P256)) {
            JWSObject token = JWSObject.parse(key.token(key.name(), key.algorithm(), "{}"));
            assertThat(source.keys(token.getHeader())).anyMatch(each -> each.verifies(token));
        }
    }

    @Test
    void everyKeyFitsTheAlgorithmItIsFoundBy() {
        for (Keys key : List.of(Keys.RSA, Keys.P256)) {
            assertThat(keys(key, key.algorithm())).isNotEmpty().allMatch(each -> each.fits(key.algorithm()));
        }
    }

    @Test
    void nothingIsFoundForAnAlgorithmWithoutAKey() {
        for (JWSAlgorithm algorithm : List.of(
                JWSAlgorithm.HS256,
                JWSAlgorithm.PS256,
                JWSAlgorithm.ES384,
                JWSAlgorithm.EdDSA,
                JWSAlgorithm.parse("x"))) {
            assertThat(keys(Keys.RSA, algorithm)).as(algorithm.getName()).isEmpty();
            assertThat(keys(Keys.P256, algorithm)).as(algorithm.getName()).isEmpty();
        }
    }

    @Test
    void trustLastsAWhile() {
        assertThat(source.trust()).isPositive();
    }

    @Test
    void closingTwiceIsClosing() {
        source.close();
        assertThatCode(source::close).doesNotThrowAnyException();
    }
}
