package dev.heliograph.server.auth;

import static dev.heliograph.server.auth.JwksKeys.PAUSE;
import static dev.heliograph.server.auth.JwksKeys.REFRESH;
import static dev.heliograph.server.auth.JwksKeys.STALE;
import static dev.heliograph.server.auth.Verdicts.assertInvalid;
import static dev.heliograph.server.auth.Verdicts.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.heliograph.server.config.TokenConfig;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// When the key set is fetched, and what goes on while it can not be.
class JwksKeysTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final KeySetServer server = new KeySetServer();
    private final Deque<Runnable> background = new ArrayDeque<>();
    private final TokenVerifier verifier = verifier(server.url(), Duration.ofSeconds(30));
    private int serial;

    private TokenVerifier verifier(String url, Duration timeout) {
        JwksKeys keys = new JwksKeys(JwksEndpoint.of(url, timeout), clock, background::add);
        return new TokenVerifier(TokenConfig.NONE, clock, keys);
    }

    @AfterEach
    void close() {
        verifier.close();
        server.close();
    }

    /// A token that was never seen before, so that its key is asked for.
    private String token(Keys key, String kid) {
        return key.token(kid, key.algorithm(), "{\"sub\":\"42\",\"jti\":\"%d\"}".formatted(serial++));
    }

    private void assertAccepted(Keys key, String kid) {
        assertThat(verifier.verifyConnection(token(key, kid)).user()).isEqualTo("42");
    }

    private void assertRefused(Keys key, String kid) {
        assertInvalid(() -> verifier.verifyConnection(token(key, kid)));
    }

    private void runBackground() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    @Test
    void theSetIsFetchedWithTheFirstTokenThatNeedsIt() {
        server.publish(Keys.P256.jwk("a"));
        assertThat(server.requests()).isZero();
        assertAccepted(Keys.P256, "a");
        assertAccepted(Keys.P256, "a");
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void aTokenThatNoPublishedKeyCanVerifyFetchesNothing() {
        assertInvalid(() -> verifier.verifyConnection(Keys.P256.token("{}")));
        assertInvalid(() -> verifier.verifyConnection(
                Tokens.hmac("x", JWSAlgorithm.HS256, "{\"alg\":\"HS256\",\"kid\":\"a\"}", "{}")));
        assertInvalid(() -> verifier.verifyConnection(Keys.RSA.token("a", JWSAlgorithm.PS256, "{}")));
        assertThat(server.requests()).isZero();
    }

    @Test
    void aNewKeyWorksWithItsFirstToken() {
        server.publish(Keys.P256.jwk("a"));
        assertAccepted(Keys.P256, "a");
        clock.advance(PAUSE);
        server.publish(Keys.P256.jwk("a"), Keys.RSA.jwk("b"));
        assertAccepted(Keys.RSA, "b");
        assertAccepted(Keys.P256, "a");
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void aKeyThatChangesUnderItsIdIsNoticedBehind() {
        server.publish(Keys.P256.jwk("a"));
        assertAccepted(Keys.P256, "a");
        server.publish(Keys.OTHER_P256.jwk("a"));
        clock.advance(REFRESH);
        assertAccepted(Keys.P256, "a");
        runBackground();
        assertRefused(Keys.P256, "a");
        assertAccepted(Keys.OTHER_P256, "a");
    }

    @Test
    void aWithdrawnKeyEndsEvenTheTokensThatAreRemembered() {
        server.publish(Keys.P256.jwk("a"));
        String token = token(Keys.P256, "a");
        verifier.verifyConnection(token);
        server.publish(Keys.RSA.jwk("b"));
        clock.advance(REFRESH.minus(SECOND));
        assertThat(verifier.verifyConnection(token).user()).isEqualTo("42");
        clock.advance(SECOND);
        verifier.verifyConnection(token);
        runBackground();
        clock.advance(REFRESH);
        assertInvalid(() -> verifier.verifyConnection(token));
    }

    @Test
    void aStaleSetIsNotUsedBeforeItWasFetchedAgain() {
        server.publish(Keys.P256.jwk("a"));
        assertAccepted(Keys.P256, "a");
        server.publish(Keys.RSA.jwk("b"));
        clock.advance(STALE);
        assertRefused(Keys.P256, "a");
        assertThat(background).isEmpty();
    }

    @Test
    void theSetIsFetchedBehindOnceAtATime() {
        server.publish(Keys.P256.jwk("a"));
        assertAccepted(Keys.P256, "a");
        clock.advance(REFRESH);
        for (int i = 0; i < 10; i++) {
            assertAccepted(Keys.P256, "a");
        }
        assertThat(background).hasSize(1);
        runBackground();
        assertThat(server.requests()).isEqualTo(2);
        assertAccepted(Keys.P256, "a");
        assertThat(background).isEmpty();
    }

    @Test
    void aFloodOfUnknownIdsDoesNotReachTheEndpoint() {
        server.publish(Keys.P256.jwk("a"));
        for (int i = 0; i < 200; i++) {
            assertRefused(Keys.P256, "unknown" + i);
        }
        assertThat(server.requests()).isEqualTo(1);
        clock.advance(PAUSE);
        for (int i = 0; i < 200; i++) {
            assertRefused(Keys.P256, "unknown" + i);
        }
        assertThat(server.requests()).isEqualTo(2);
        assertAccepted(Keys.P256, "a");
    }

    @Test
    void manyFirstTokensShareOneFetch() throws Exception {
        server.publish(Keys.P256.jwk("a"));
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            tokens.add(token(Keys.P256, "a"));
        }
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ConnectionToken>> results = new ArrayList<>();
            for (String token : tokens) {
                results.add(clients.submit(() -> verifier.verifyConnection(token)));
            }
            for (Future<ConnectionToken> result : results) {
                assertThat(result.get().user()).isEqualTo("42");
            }
        }
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void knownKeysOutliveTheEndpoint() {
        server.publish(Keys.P256.jwk("a"));
        assertAccepted(Keys.P256, "a");
        server.answer(500, "down");
        for (int hour = 0; hour < 48; hour++) {
            clock.advance(Duration.ofHours(1));
            assertAccepted(Keys.P256, "a");
            runBackground();
        }
        server.publish(Keys.RSA.jwk("b"));
        clock.advance(PAUSE);
        assertAccepted(Keys.P256, "a");
        runBackground();
        assertRefused(Keys.P256, "a");
        assertAccepted(Keys.RSA, "b");
    }

    @Test
    void whileTheEndpointIsDownOnlyOneTokenWaitsForIt() {
        server.publish(Keys.P256.jwk("a"));
        assertAccepted(Keys.P256, "a");
        server.answer(500, "down");
        clock.advance(STALE);
        assertAccepted(Keys.P256, "a");
        assertThat(server.requests()).isEqualTo(2);
        clock.advance(STALE);
        assertAccepted(Keys.P256, "a");
        assertThat(server.requests()).isEqualTo(2);
        assertThat(background).hasSize(1);
    }

    @Test
    void anUnknownIdIsNoVerdictWhileTheEndpointIsDown() {
        server.publish(Keys.P256.jwk("a"));
        assertAccepted(Keys.P256, "a");
        server.answer(503, "");
        clock.advance(REFRESH);
        for (int i = 0; i < 100; i++) {
            assertUnavailable(() -> verifier.verifyConnection(token(Keys.RSA, "b")));
        }
        assertThat(server.requests()).isEqualTo(2);
        server.publish(Keys.P256.jwk("a"), Keys.RSA.jwk("b"));
        clock.advance(PAUSE);
        assertAccepted(Keys.RSA, "b");
    }

    @Test
    void aRelayThatStartsWhileTheEndpointIsDownRecovers() {
        for (int i = 0; i < 100; i++) {
            assertUnavailable(() -> verifier.verifyConnection(token(Keys.P256, "a")));
        }
        assertThat(server.requests()).isEqualTo(1);
        server.publish(Keys.P256.jwk("a"));
        clock.advance(PAUSE);
        assertAccepted(Keys.P256, "a");
    }

    @Test
    void anAnswerThatIsNoKeySetCountsAsAnOutage() {
        server.publish(Keys.P256.jwk("a"));
        assertAccepted(Keys.P256, "a");
        for (String body :
                List.of("", "<html>", "[]", "{}", "{\"keys\":{}}", "{\"keys\":[", "null", "{\"keys\":[]} x")) {
            server.answer(200, body);
            clock.advance(STALE);
            assertAccepted(Keys.P256, "a");
            runBackground();
        }
        assertThat(server.requests()).isEqualTo(9);
    }

    @Test
    void anAnswerOutOfBoundsIsNotRead() {
        String padding = " ".repeat((int) JwksEndpoint.MAX_BYTES);
        server.answer(200, "{\"keys\":[" + Keys.P256.jwk("a") + padding + "]}");
        assertUnavailable(() -> verifier.verifyConnection(token(Keys.P256, "a")));
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() {
        server.hang();
        try (TokenVerifier impatient = verifier(server.url(), Duration.ofMillis(200))) {
            assertUnavailable(() -> impatient.verifyConnection(token(Keys.P256, "a")));
        }
    }

    @Test
    void aServerThatIsNotThereIsAnOutage() {
        server.close();
        assertUnavailable(() -> verifier.verifyConnection(token(Keys.P256, "a")));
    }

    @Test
    void aRedirectIsFollowed() {
        server.publish(Keys.P256.jwk("a"));
        try (TokenVerifier redirected = verifier(server.url("/moved"), Duration.ofSeconds(30))) {
            assertThat(redirected.verifyConnection(token(Keys.P256, "a")).user())
                    .isEqualTo("42");
        }
    }

    @Test
    void aClockThatIsSetBackDoesNotStopTheFetching() {
        server.publish(Keys.P256.jwk("a"));
        assertAccepted(Keys.P256, "a");
        clock.advance(Duration.ofDays(-1));
        server.publish(Keys.RSA.jwk("b"));
        assertAccepted(Keys.RSA, "b");
    }

    @Test
    void keysOfTheConfigurationComeFirstAndFetchNothing() {
        server.publish(Keys.P256.jwk("a"));
        TokenConfig config = new TokenConfig("secret", "before", Keys.RSA.pem(), "", server.url(), "", "", "", "", "");
        try (TokenVerifier both = new TokenVerifier(config, clock)) {
            both.verifyConnection(Tokens.hs256("secret", "{}"));
            both.verifyConnection(Tokens.hs256("before", "{}"));
            both.verifyConnection(Keys.RSA.token("x", JWSAlgorithm.RS256, "{}"));
            assertThat(server.requests()).isZero();
            both.verifyConnection(Keys.P256.token("a", JWSAlgorithm.ES256, "{}"));
            assertThat(server.requests()).isEqualTo(1);
        }
    }

    @Test
    void anEndpointThatIsNoUrlIsAMistakeOfTheConfiguration() {
        for (String url : List.of("keys", "file:///etc/passwd", "http:", "ftp://127.0.0.1/", "http://a b/")) {
            TokenConfig config = new TokenConfig("", "", "", "", url, "", "", "", "", "");
            assertThatThrownBy(() -> new TokenVerifier(config, clock).close())
                    .as(url)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
