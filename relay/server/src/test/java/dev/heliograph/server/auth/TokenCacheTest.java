package dev.heliograph.server.auth;

import static dev.heliograph.server.auth.ManualClock.START;
import static dev.heliograph.server.auth.Verdicts.assertExpired;
import static dev.heliograph.server.auth.Verdicts.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import dev.heliograph.server.config.TokenConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Which tokens are verified again, and how many are remembered.
class TokenCacheTest {

    private static final Duration TRUST = Duration.ofMinutes(1);

    private final ManualClock clock = new ManualClock();
    private final TokenIssuer issuer = TokenIssuer.hs256("secret", clock);
    private final AtomicInteger verifications = new AtomicInteger();
    private final TokenVerifier verifier = verifier(TRUST);

    private TokenVerifier verifier(Duration trust) {
        return new TokenVerifier(TokenConfig.NONE, clock, new CountingSource(verifications, trust));
    }

    /// The one secret, and how often a signature was compared with it.
    private record CountingSource(AtomicInteger verifications, Duration trust) implements KeySource {

        @Override
        public List<VerificationKey> keys(JWSHeader header) {
            HmacKey key = new HmacKey("secret");
            return List.of(new VerificationKey() {
                @Override
                public boolean fits(JWSAlgorithm algorithm) {
                    return key.fits(algorithm);
                }

                @Override
                public boolean verifies(JWSObject token) {
                    verifications.incrementAndGet();
                    return key.verifies(token);
                }
            });
        }

        @Override
        public void close() {}
    }

    @Test
    void aStormOfReconnectsVerifiesEachTokenOnce() throws Exception {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tokens.add(
                    issuer.connection("user" + i).expiresIn(Duration.ofHours(1)).sign());
        }
        tokens.forEach(verifier::verifyConnection);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> users = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                String token = tokens.get(i % tokens.size());
                users.add(clients.submit(() -> verifier.verifyConnection(token).user()));
            }
            for (int i = 0; i < users.size(); i++) {
                assertThat(users.get(i).get()).isEqualTo("user" + i % tokens.size());
            }
        }
        assertThat(verifications).hasValue(50);
    }

    @Test
    void subscriptionTokensAreRememberedToo() {
        String token = issuer.subscription("42", "chat").sign();
        SubscriptionToken first = verifier.verifySubscription(token);
        assertThat(verifier.verifySubscription(token)).isSameAs(first);
        assertThat(verifications).hasValue(1);
    }

    @Test
    void aRefusedTokenIsVerifiedEachTime() {
        String forged = Tokens.hs256("another secret", "{}");
        for (int i = 1; i <= 3; i++) {
            assertInvalid(() -> verifier.verifyConnection(forged));
            assertThat(verifications).hasValue(i);
        }
    }

    @Test
    void anotherSignatureUnderTheSameClaimsIsAnotherToken() {
        String good = Tokens.hs256("secret", "{}");
        verifier.verifyConnection(good);
        assertInvalid(() -> verifier.verifyConnection(Tokens.hs256("another secret", "{}")));
        assertThat(verifications).hasValue(2);
    }

    @Test
    void trustEndsAndTheTokenIsVerifiedAgain() {
        String token = issuer.connection("42").sign();
        verifier.verifyConnection(token);
        clock.advance(TRUST.minusSeconds(1));
        verifier.verifyConnection(token);
        assertThat(verifications).hasValue(1);
        clock.advance(Duration.ofSeconds(1));
        verifier.verifyConnection(token);
        assertThat(verifications).hasValue(2);
    }

    @Test
    void aRememberedTokenExpiresToTheSecond() {
        TokenVerifier forGood = verifier(KeySource.FOR_GOOD);
        String token = issuer.connection("42").expiresIn(Duration.ofSeconds(10)).sign();
        forGood.verifyConnection(token);
        clock.advance(Duration.ofSeconds(9));
        assertThat(forGood.verifyConnection(token).user()).isEqualTo("42");
        clock.advance(Duration.ofSeconds(1));
        assertExpired(() -> forGood.verifyConnection(token));
    }

    @Test
    void aRememberedTokenIsNotValidBeforeItsTimeIfTheClockIsSetBack() {
        String token = issuer.connection("42").notBefore(START).sign();
        verifier.verifyConnection(token);
        clock.advance(Duration.ofSeconds(-1));
        assertExpired(() -> verifier.verifyConnection(token));
    }

    @Test
    void whatIsOverIsForgotten() {
        TokenCache<String> cache = new TokenCache<>(1_000_000, clock);
        cache.put(TokenCache.fingerprint("short"), "a", new Validity(0, START + 10), 100, TRUST);
        cache.put(TokenCache.fingerprint("long"), "b", new Validity(0, Long.MAX_VALUE), 100, TRUST);
        cache.put(TokenCache.fingerprint("over"), "c", new Validity(0, START), 100, TRUST);
        assertThat(cache.size()).isEqualTo(2);
        clock.advance(Duration.ofSeconds(11));
        assertThat(cache.size()).isEqualTo(1);
        clock.advance(TRUST);
        assertThat(cache.size()).isZero();
    }

    @Test
    void noMoreIsRememberedThanTheBoundAllows() {
        TokenCache<String> cache = new TokenCache<>(100_000, clock);
        Validity validity = new Validity(0, Long.MAX_VALUE);
        for (int i = 0; i < 10_000; i++) {
            cache.put(TokenCache.fingerprint("token" + i), "content", validity, 600, TRUST);
        }
        assertThat(cache.size()).isBetween(50L, 100L);
    }

    @Test
    void aTokenHeavierThanTheBoundIsNotRemembered() {
        TokenCache<String> cache = new TokenCache<>(10_000, clock);
        cache.put(TokenCache.fingerprint("token"), "a", new Validity(0, Long.MAX_VALUE), 20_000, TRUST);
        assertThat(cache.size()).isZero();
    }
}
