package dev.heliograph.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.server.auth.TokenException;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.observe.Instruments;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveConfigTest {

    private static final String A = "client: {token: {hmac_secret_key: secret-a}}";
    private static final String B = "client: {token: {hmac_secret_key: secret-b}}";
    private static final String B_AFTER_A =
            "client: {token: {hmac_secret_key: secret-b, hmac_previous_secret_key: secret-a}}";
    private static final String APART =
            "client: {token: {hmac_secret_key: secret-a}, subscription_token: {enabled: true, hmac_secret_key: secret-s}}";

    private final LiveConfig live = new LiveConfig(RelayConfig.parse(A), Clock.systemUTC(), Instruments.off());

    @AfterEach
    void close() {
        live.close();
    }

    private LiveConfig.Snapshot take(String yaml) {
        live.prepare(RelayConfig.parse(yaml)).commit();
        return live.now();
    }

    @Test
    void everythingIsReplacedAtOnce() {
        LiveConfig.Snapshot before = live.now();
        RelayConfig next = RelayConfig.parse(A + "\nchannel: {namespaces: [{name: chat}]}");
        var prepared = live.prepare(next);
        assertThat(live.now()).isSameAs(before);
        prepared.commit();
        assertThat(live.now().config()).isSameAs(next);
        assertThat(live.now().channels().resolve("chat:1").name()).isEqualTo("chat:1");
    }

    @Test
    void whatIsKnownOfTokensIsKeptWhileTheirKeysAre() {
        LiveConfig.Snapshot before = live.now();
        LiveConfig.Snapshot same = take(A + "\nlog: {level: debug}");
        assertThat(same.tokens()).isSameAs(before.tokens());
        assertThat(same.subscriptionTokens()).isSameAs(before.tokens());

        LiveConfig.Snapshot apart = take(APART);
        assertThat(apart.tokens()).isSameAs(before.tokens());
        assertThat(apart.subscriptionTokens()).isNotSameAs(before.tokens());
        assertThat(take(APART + "\nlog: {level: debug}").subscriptionTokens()).isSameAs(apart.subscriptionTokens());
        assertThat(take(A).subscriptionTokens()).isSameAs(before.tokens());
        assertThat(take(B).tokens()).isNotSameAs(before.tokens());
    }

    @Test
    void whatHasBegunWithOldKeysEndsWithThem() throws TokenException {
        String token = TokenIssuer.hs256("secret-a", Clock.systemUTC())
                .connection("42")
                .expiresIn(Duration.ofHours(1))
                .sign();
        LiveConfig.Snapshot before = live.now();
        LiveConfig.Snapshot after = take(B);
        assertThat(before.tokens().verifyConnection(token).user()).isEqualTo("42");
        assertThatThrownBy(() -> after.tokens().verifyConnection(token)).isInstanceOf(TokenException.class);
    }

    @Test
    void whatIsKnownOfTokensOfAPreviousSecretIsForgottenWithIt() {
        String token = TokenIssuer.hs256("secret-a", Clock.systemUTC())
                .connection("42")
                .expiresIn(Duration.ofHours(1))
                .sign();
        LiveConfig.Snapshot both = take(B_AFTER_A);
        assertThat(both.tokens().verifyConnection(token).user()).isEqualTo("42");
        LiveConfig.Snapshot after = take(B);
        assertThatThrownBy(() -> after.tokens().verifyConnection(token)).isInstanceOf(TokenException.class);
    }

    @Test
    void whatIsGivenUpLeavesNothing() {
        LiveConfig.Snapshot before = live.now();
        live.prepare(RelayConfig.parse(B)).discard();
        assertThat(live.now()).isSameAs(before);
    }
}
