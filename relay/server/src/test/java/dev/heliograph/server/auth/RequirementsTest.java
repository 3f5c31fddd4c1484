package dev.heliograph.server.auth;

import static dev.heliograph.server.auth.Verdicts.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.server.config.TokenConfig;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class RequirementsTest {

    private final ManualClock clock = new ManualClock();
    private final TokenIssuer issuer = TokenIssuer.hs256("secret", clock);

    private TokenVerifier requiring(String audience, String audienceRegex, String tokenIssuer, String issuerRegex) {
        return new TokenVerifier(
                new TokenConfig("secret", "", "", "", "", audience, audienceRegex, tokenIssuer, issuerRegex, ""),
                clock);
    }

    private void assertAccepted(TokenVerifier verifier, UnaryOperator<TokenDraft> claims) {
        assertThat(verifier.verifyConnection(
                                claims.apply(issuer.connection("42")).sign())
                        .user())
                .isEqualTo("42");
        assertThat(verifier.verifySubscription(
                                claims.apply(issuer.subscription("42", "chat")).sign())
                        .channel())
                .isEqualTo("chat");
    }

    private void assertRefused(TokenVerifier verifier, UnaryOperator<TokenDraft> claims) {
        assertInvalid(() ->
                verifier.verifyConnection(claims.apply(issuer.connection("42")).sign()));
        assertInvalid(() -> verifier.verifySubscription(
                claims.apply(issuer.subscription("42", "chat")).sign()));
    }

    @Test
    void withoutRequirementsAudienceAndIssuerDoNotMatter() {
        TokenVerifier verifier = requiring("", "", "", "");
        assertAccepted(verifier, draft -> draft);
        assertAccepted(verifier, draft -> draft.audience("a", "b").issuer("i"));
    }

    @Test
    void theAudienceMustBeOrContainTheRequiredOne() {
        TokenVerifier verifier = requiring("relay", "", "", "");
        assertAccepted(verifier, draft -> draft.audience("relay"));
        assertAccepted(verifier, draft -> draft.audience("other", "relay"));
        assertRefused(verifier, draft -> draft);
        assertRefused(verifier, draft -> draft.audience("relays"));
        assertRefused(verifier, draft -> draft.audience("other", "third"));
        assertRefused(verifier, draft -> draft.json("aud", "[]"));
    }

    @Test
    void oneAudienceMustMatchThePattern() {
        TokenVerifier verifier = requiring("", "^relay-[0-9]+$", "", "");
        assertAccepted(verifier, draft -> draft.audience("relay-7"));
        assertAccepted(verifier, draft -> draft.audience("other", "relay-7"));
        assertRefused(verifier, draft -> draft);
        assertRefused(verifier, draft -> draft.audience("relay-7x"));
    }

    @Test
    void theIssuerMustBeTheRequiredOne() {
        TokenVerifier verifier = requiring("", "", "https://id.example", "");
        assertAccepted(verifier, draft -> draft.issuer("https://id.example"));
        assertRefused(verifier, draft -> draft);
        assertRefused(verifier, draft -> draft.issuer("https://id.example/"));
    }

    @Test
    void theIssuerMustMatchThePattern() {
        TokenVerifier verifier = requiring("", "", "", "^https://[a-z]+\\.example$");
        assertAccepted(verifier, draft -> draft.issuer("https://id.example"));
        assertRefused(verifier, draft -> draft);
        assertRefused(verifier, draft -> draft.issuer("https://id.example.evil"));
    }

    @Test
    void aPatternWithoutAnchorsIsSearchedFor() {
        assertAccepted(requiring("", "lay", "", ""), draft -> draft.audience("relay"));
    }

    @Test
    void anotherAudienceIsInvalidEvenIfTheTokenHasExpired() {
        assertRefused(
                requiring("relay", "", "", ""), draft -> draft.audience("x").expiresAt(0));
    }

    @Test
    void aMalformedPatternIsAMistakeOfTheConfiguration() {
        assertThatThrownBy(() -> requiring("", "(", "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("audience_regex: ");
        assertThatThrownBy(() -> requiring("", "", "", "(")).hasMessageStartingWith("issuer_regex: ");
    }
}
