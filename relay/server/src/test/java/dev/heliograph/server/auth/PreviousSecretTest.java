package dev.heliograph.server.auth;

import static dev.heliograph.server.auth.Verdicts.assertExpired;
import static dev.heliograph.server.auth.Verdicts.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.heliograph.server.config.TokenConfig;
import dev.heliograph.server.observe.Counts;
import dev.heliograph.server.observe.Instruments;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The secret of before, beside the one that took its place.
class PreviousSecretTest {

    private static final String PAYLOAD = "{\"sub\":\"42\",\"aud\":\"relay\"}";

    private final ManualClock clock = new ManualClock();
    private final Instruments instruments = Instruments.off();
    private final Counts<PreviousKey> uses = PreviousKey.uses(instruments);
    private final TokenVerifier verifier = verifier("before");
    private final TokenIssuer old = TokenIssuer.hs256("before", clock);

    private TokenVerifier verifier(String previous) {
        return new TokenVerifier(
                new TokenConfig("secret", previous, "", Keys.P256.pem(), "", "relay", "", "", "", ""),
                clock,
                instruments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void bothVerifyTokensOfTheSameAlgorithms(String name) {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name);
        String header = "{\"alg\":\"" + name + "\"}";
        for (String secret : new String[] {"secret", "before"}) {
            assertThat(verifier.verifyConnection(Tokens.hmac(secret, algorithm, header, PAYLOAD))
                            .user())
                    .isEqualTo("42");
        }
        assertThat(uses.total()).isEqualTo(1);
    }

    @Test
    void noOtherSecretDoes() {
        for (String secret : new String[] {"befor", "before ", "secretbefore"}) {
            assertInvalid(() -> verifier.verifyConnection(Tokens.hs256(secret, PAYLOAD)));
        }
        assertThat(uses.total()).isZero();
    }

    @Test
    void itVerifiesNoOtherAlgorithm() {
        for (String name : new String[] {"none", "ES256", "RS256"}) {
            String forged = Tokens.hmac("before", JWSAlgorithm.HS256, "{\"alg\":\"" + name + "\"}", PAYLOAD);
            assertInvalid(() -> verifier.verifyConnection(forged));
        }
    }

    @Test
    void withoutItOldTokensAreRefused() {
        assertInvalid(() -> verifier("").verifyConnection(Tokens.hs256("before", PAYLOAD)));
    }

    @Test
    void whatItsTokensSayIsCheckedAllTheSame() {
        assertInvalid(() -> verifier.verifyConnection(Tokens.hs256("before", "{\"aud\":\"another\"}")));
        assertExpired(() -> verifier.verifyConnection(old.connection("42")
                .audience("relay")
                .expiresIn(Duration.ofSeconds(-1))
                .sign()));
        assertInvalid(() -> verifier.verifyConnection(
                old.subscription("42", "chat").audience("relay").sign()));
        assertThat(uses.total()).isZero();
    }

    @Test
    void itsUsesAreCountedByWhatTheyAreFor() {
        verifier.verifyConnection(old.connection("42").audience("relay").sign());
        verifier.verifySubscription(
                old.subscription("42", "chat").audience("relay").sign());
        verifier.verifyOperator(
                old.connection("ann").audience("relay").claim("role", "viewer").sign(), "role");
        for (PreviousKey kind : PreviousKey.values()) {
            assertThat(uses.get(kind)).as(kind.name()).isEqualTo(kind == PreviousKey.API ? 0 : 1);
        }
    }

    /// A client that comes back with a token that is remembered has no new one either.
    @Test
    void eachUseOfARememberedTokenCounts() {
        String token = Tokens.hs256("before", PAYLOAD);
        ConnectionToken first = verifier.verifyConnection(token);
        assertThat(verifier.verifyConnection(token)).isSameAs(first);
        assertThat(uses.get(PreviousKey.CONNECTION)).isEqualTo(2);
        verifier.verifyConnection(Tokens.hs256("secret", PAYLOAD));
        assertThat(uses.get(PreviousKey.CONNECTION)).isEqualTo(2);
    }
}
