package dev.heliograph.server.auth;

import java.math.RoundingMode;

/// When a token may be used, in Unix seconds.
///
/// @param notBefore  `nbf`; [Long#MIN_VALUE] if absent
/// @param expiration `exp`; [Long#MAX_VALUE] if absent
record Validity(long notBefore, long expiration) {

    static Validity of(Claims claims) {
        return new Validity(
                claims.time("nbf", RoundingMode.CEILING).orElse(Long.MIN_VALUE),
                claims.time("exp", RoundingMode.FLOOR).orElse(Long.MAX_VALUE));
    }

    /// @throws TokenException EXPIRED, also for a token that is not valid yet
    void require(long now) {
        if (now >= expiration) {
            throw TokenException.expired(TokenException.Cause.EXPIRED, "the token has expired");
        }
        if (now < notBefore) {
            throw TokenException.expired(TokenException.Cause.NOT_YET_VALID, "the token is not valid yet");
        }
    }
}
