package dev.heliograph.server.auth;

import static dev.heliograph.server.auth.ManualClock.START;
import static dev.heliograph.server.auth.Verdicts.assertExpired;
import static dev.heliograph.server.auth.Verdicts.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.server.config.TokenConfig;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionTokenTest {

    private final ManualClock clock = new ManualClock();
    private final TokenIssuer issuer = TokenIssuer.hs256("secret", clock);
    private final TokenVerifier verifier = new TokenVerifier(TokenConfig.hmac("secret"), clock);

    @Test
    void everyClaimArrives() {
        SubscriptionOverride override = new SubscriptionOverride(
                Optional.of(false), Optional.empty(), Optional.empty(), Optional.of(true), Optional.empty());
        String token = issuer.subscription("42", "chat:1")
                .client("c-1")
                .expiresIn(Duration.ofMinutes(1))
                .info("{\"i\":1}")
                .data("{\"d\":2}")
                .override(override)
                .id("t-1")
                .sign();
        assertThat(verifier.verifySubscription(token))
                .isEqualTo(new SubscriptionToken(
                        "42",
                        "chat:1",
                        "c-1",
                        START + 60,
                        Bytes.utf8("{\"i\":1}"),
                        Bytes.utf8("{\"d\":2}"),
                        override,
                        "t-1",
                        START));
    }

    @Test
    void onlyTheChannelIsNeeded() {
        assertThat(verifier.verifySubscription(issuer.subscription("", "chat").sign()))
                .isEqualTo(new SubscriptionToken(
                        "", "chat", "", 0, Bytes.EMPTY, Bytes.EMPTY, SubscriptionOverride.NONE, "", 0));
    }

    @Test
    void binaryInfoAndDataWinOverJson() {
        Bytes info = Bytes.of(new byte[] {0, 1});
        Bytes data = Bytes.of(new byte[] {2, 3});
        SubscriptionToken token = verifier.verifySubscription(issuer.subscription("42", "chat")
                .info("1")
                .binaryInfo(info)
                .data("2")
                .binaryData(data)
                .sign());
        assertThat(token.info()).isEqualTo(info);
        assertThat(token.data()).isEqualTo(data);
    }

    @Test
    void aConnectionTokenIsNotForSubscriptions() {
        assertInvalid(() -> verifier.verifySubscription(issuer.connection("42").sign()));
        assertInvalid(
                () -> verifier.verifySubscription(issuer.subscription("42", "").sign()));
    }

    @Test
    void oneThatWasAcceptedForAConnectionIsStillNotForSubscriptions() {
        String connection = issuer.connection("42").sign();
        String subscription = issuer.subscription("42", "chat").sign();
        verifier.verifyConnection(connection);
        verifier.verifySubscription(subscription);
        assertInvalid(() -> verifier.verifySubscription(connection));
        assertInvalid(() -> verifier.verifyConnection(subscription));
    }

    @Test
    void oneWhoseTimeIsOverIsExpired() {
        String token = issuer.subscription("42", "chat")
                .expiresIn(Duration.ofSeconds(1))
                .sign();
        verifier.verifySubscription(token);
        clock.advance(Duration.ofSeconds(1));
        assertExpired(() -> verifier.verifySubscription(token));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "channel=1",
                "channel=[\"chat\"]",
                "client=1",
                "b64data=\"%\"",
                "override=1",
                "override={\"force_recovery\":true}"
            })
    void aClaimOfAnotherTypeMakesTheTokenInvalid(String claim) {
        String[] parts = claim.split("=", 2);
        String token =
                issuer.subscription("42", "chat").json(parts[0], parts[1]).sign();
        assertInvalid(() -> verifier.verifySubscription(token));
    }
}
