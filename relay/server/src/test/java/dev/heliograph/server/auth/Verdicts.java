package dev.heliograph.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// Expectations about tokens that are not accepted.
final class Verdicts {

    private Verdicts() {}

    static void assertExpired(ThrowingCallable verification) {
        assertThat(of(verification).verdict()).isEqualTo(TokenException.Verdict.EXPIRED);
    }

    static void assertInvalid(ThrowingCallable verification) {
        assertThat(of(verification).verdict()).isEqualTo(TokenException.Verdict.INVALID);
    }

    static void assertUnavailable(ThrowingCallable verification) {
        assertThat(of(verification).verdict()).isEqualTo(TokenException.Verdict.UNAVAILABLE);
    }

    static TokenException of(ThrowingCallable verification) {
        TokenException thrown = catchThrowableOfType(TokenException.class, verification);
        assertThat(thrown).as("the token is refused").isNotNull();
        return thrown;
    }
}
