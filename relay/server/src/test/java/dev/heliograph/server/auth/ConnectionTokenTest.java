package dev.heliograph.server.auth;

import static dev.heliograph.server.auth.ManualClock.START;
import static dev.heliograph.server.auth.Verdicts.assertExpired;
import static dev.heliograph.server.auth.Verdicts.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.server.config.TokenConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTokenTest {

    private final ManualClock clock = new ManualClock();
    private final TokenIssuer issuer = TokenIssuer.hs256("secret", clock);
    private final TokenVerifier verifier = new TokenVerifier(TokenConfig.hmac("secret"), clock);

    private final TokenDraft draft = issuer.connection("42");

    private ConnectionToken verified() {
        return verifier.verifyConnection(draft.sign());
    }

    private void assertRefused() {
        assertInvalid(() -> verifier.verifyConnection(draft.sign()));
    }

    @Test
    void everyClaimArrives() {
        SubscriptionOptions options = new SubscriptionOptions(
                Bytes.utf8("{\"a\":1}"),
                Bytes.of(new byte[] {0, (byte) 0xff}),
                new SubscriptionOverride(
                        Optional.of(true),
                        Optional.of(false),
                        Optional.of(true),
                        Optional.of(false),
                        Optional.of(true)),
                0);
        draft.expiresIn(Duration.ofMinutes(10))
                .info("{\"name\":\"Ann\"}")
                .meta("[1]")
                .id("t-1")
                .channels(List.of("b", "a"))
                .subscription("z", options)
                .subscription("y", SubscriptionOptions.NONE);
        ConnectionToken token = verified();
        assertThat(token.user()).isEqualTo("42");
        assertThat(token.expireAt()).isEqualTo(START + 600);
        assertThat(token.issuedAt()).isEqualTo(START);
        assertThat(token.info()).isEqualTo(Bytes.utf8("{\"name\":\"Ann\"}"));
        assertThat(token.meta()).isEqualTo(Bytes.utf8("[1]"));
        assertThat(token.id()).isEqualTo("t-1");
        assertThat(token.channels()).containsExactly("b", "a");
        assertThat(token.subs()).containsExactly(entry("z", options), entry("y", SubscriptionOptions.NONE));
    }

    @Test
    void aTokenWithoutClaimsIsAnonymousAndNeverExpires() {
        ConnectionToken token = verifier.verifyConnection(issuer.connection("").sign());
        assertThat(token).isEqualTo(new ConnectionToken("", 0, Bytes.EMPTY, List.of(), Map.of(), Bytes.EMPTY, "", 0));
    }

    @Test
    void nullClaimsAreAbsentOnes() {
        for (String claim : List.of(
                "sub",
                "exp",
                "nbf",
                "iat",
                "expire_at",
                "info",
                "b64info",
                "channels",
                "subs",
                "meta",
                "jti",
                "channel",
                "aud",
                "iss")) {
            draft.json(claim, "null");
        }
        assertThat(verified())
                .isEqualTo(new ConnectionToken("", 0, Bytes.EMPTY, List.of(), Map.of(), Bytes.EMPTY, "", 0));
    }

    @Test
    void theTimeOfATokenEndsWithTheSecondOfItsExpiry() {
        String token = draft.expiresAt(START + 2).sign();
        clock.advance(Duration.ofMillis(1_999));
        assertThat(verifier.verifyConnection(token).user()).isEqualTo("42");
        clock.advance(Duration.ofMillis(1));
        assertExpired(() -> verifier.verifyConnection(token));
    }

    @Test
    void aTokenThatWasAlwaysOverIsExpired() {
        assertExpired(() -> verifier.verifyConnection(draft.expiresAt(START).sign()));
        assertExpired(() -> verifier.verifyConnection(draft.expiresAt(0).sign()));
        assertExpired(() -> verifier.verifyConnection(draft.expiresAt(-1).sign()));
    }

    @Test
    void aTokenBeforeItsTimeIsExpiredAndThenGood() {
        String token = draft.notBefore(START + 5).sign();
        assertExpired(() -> verifier.verifyConnection(token));
        clock.advance(Duration.ofSeconds(5));
        assertThat(verifier.verifyConnection(token).user()).isEqualTo("42");
    }

    @Test
    void fractionsOfSecondsAreRoundedAgainstTheBearer() {
        assertThat(issuer.connection("1").json("exp", (START + 1) + ".9").sign())
                .satisfies(token ->
                        assertThat(verifier.verifyConnection(token).expireAt()).isEqualTo(START + 1));
        assertExpired(() -> verifier.verifyConnection(
                issuer.connection("1").json("nbf", START + ".1").sign()));
        assertExpired(() -> verifier.verifyConnection(
                issuer.connection("1").json("exp", START + "e0").sign()));
    }

    @Test
    void expireAtWinsOverExpiryForTheConnection() {
        draft.expiresAt(START + 10).expireAt(START + 1_000);
        assertThat(verified().expireAt()).isEqualTo(START + 1_000);
        draft.expireAt(0);
        assertThat(verified().expireAt()).isZero();
    }

    @Test
    void expireAtDoesNotSaveATokenThatHasExpired() {
        assertExpired(() -> verifier.verifyConnection(
                draft.expiresAt(START).expireAt(START + 1_000).sign()));
    }

    @Test
    void base64InfoWinsIfThereIsAny() {
        draft.info("{}").claim("b64info", "");
        assertThat(verified().info()).isEqualTo(Bytes.utf8("{}"));
        draft.binaryInfo(Bytes.of(new byte[] {1, 2}));
        assertThat(verified().info()).isEqualTo(Bytes.of(new byte[] {1, 2}));
    }

    @Test
    void infoKeepsTheDigitsOfItsNumbersAndLosesLineBreaks() {
        draft.json("info", "{ \"a\" : 1.10,\n \"b\":12345678901234567890123, \"c\":0.1e-7 }");
        assertThat(verified().info().text()).isEqualTo("{\"a\":1.10,\"b\":12345678901234567890123,\"c\":1E-8}");
    }

    @Test
    void anyJsonIsInfo() {
        for (String json : List.of("1", "\"x\\n\"", "true", "[]", "{\"ü\":\"\\u0000\"}")) {
            draft.info(json);
            assertThat(verified().info().text()).isEqualTo(json);
        }
    }

    @Test
    void channelsAreListedOnce() {
        draft.channels(List.of("a", "b", "a"));
        assertThat(verified().channels()).containsExactly("a", "b");
    }

    @Test
    void anEmptyFlagOfAnOverrideIsFalse() {
        draft.json("subs", "{\"a\":{\"override\":{\"presence\":{},\"join_leave\":{\"value\":true}}},\"b\":null}");
        SubscriptionOverride override = new SubscriptionOverride(
                Optional.of(false), Optional.of(true), Optional.empty(), Optional.empty(), Optional.empty());
        assertThat(verified().subs())
                .containsOnly(
                        entry("a", new SubscriptionOptions(Bytes.EMPTY, Bytes.EMPTY, override, 0)),
                        entry("b", SubscriptionOptions.NONE));
    }

    @Test
    void anotherClaimHoldsTheUser() {
        TokenConfig config = new TokenConfig("secret", "", "", "", "", "", "", "", "", "uid");
        TokenVerifier byUid = new TokenVerifier(config, clock);
        assertThat(byUid.verifyConnection(draft.claim("uid", "7").sign()).user())
                .isEqualTo("7");
        assertThat(byUid.verifyConnection(issuer.connection("42").sign()).user())
                .isEmpty();
    }

    @Test
    void aSubscriptionTokenIsNotForConnections() {
        assertInvalid(() ->
                verifier.verifyConnection(issuer.subscription("42", "chat").sign()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sub=1",
                "sub={}",
                "exp=\"1900000100\"",
                "exp=1e300",
                "exp=1e400",
                "exp=1e999999999",
                "exp=[]",
                "nbf=true",
                "nbf=-1e99",
                "expire_at=\"x\"",
                "expire_at=99999999999999999999",
                "iat=\"now\"",
                "jti=1",
                "b64info=\"%\"",
                "b64info=1",
                "channels=\"a\"",
                "channels=[1]",
                "channels=[null]",
                "channels=[\"\"]",
                "channels={}",
                "subs=[]",
                "subs={\"a\":1}",
                "subs={\"\":{}}",
                "subs={\"a\":{\"b64info\":\"%\"}}",
                "subs={\"a\":{\"b64data\":1}}",
                "subs={\"a\":{\"override\":true}}",
                "subs={\"a\":{\"override\":{\"presence\":true}}}",
                "subs={\"a\":{\"override\":{\"presence\":{\"value\":1}}}}",
                "channel=1",
                "aud=1",
                "aud=[1]",
                "iss=[]"
            })
    void aClaimOfAnotherTypeMakesTheTokenInvalid(String claim) {
        String[] parts = claim.split("=", 2);
        draft.json(parts[0], parts[1]);
        assertRefused();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "null", "{", "{}{}", "{} x", "{\"sub\":\"1\",\"sub\":\"2\"}", "{\"a\":NaN}"})
    void aPayloadThatIsNotOneObjectIsInvalid(String payload) {
        assertInvalid(() -> verifier.verifyConnection(Tokens.hs256("secret", payload)));
    }

    @Test
    void halfACharacterInInfoStaysAnEscape() {
        String token = Tokens.hs256("secret", "{\"info\":\"\\ud800\"}");
        assertThat(verifier.verifyConnection(token).info().text()).isEqualTo("\"\\uD800\"");
    }

    @Test
    void invalidWinsOverExpired() {
        assertInvalid(() -> verifier.verifyConnection(
                issuer.subscription("42", "chat").expiresAt(0).sign()));
    }

    @Test
    void noMessageHoldsAnythingOfTheToken() {
        assertThat(Verdicts.of(() -> verifier.verifyConnection(
                                draft.json("subs", "{\"topsecret\":1}").sign()))
                        .getMessage())
                .doesNotContain("topsecret");
        assertThat(Verdicts.of(() -> verifier.verifyConnection(Tokens.hs256("secret", "{\"topsecret\":")))
                        .getMessage())
                .doesNotContain("topsecret");
    }
}
