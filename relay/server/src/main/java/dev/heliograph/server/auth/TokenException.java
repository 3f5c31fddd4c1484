package dev.heliograph.server.auth;

/// A token that is not accepted. The message is a short reason for logs and close frames and never holds any part of
/// the token. It has no stack trace: a storm of bad tokens is ordinary traffic.
public final class TokenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// What is wrong, as far as the client's next step depends on it.
    public enum Verdict {
        /// Was good or will be: its time is over or has not come. A fresh token helps.
        EXPIRED,
        /// Will never be accepted.
        INVALID,
        /// Nothing is known about it, because its key can not be fetched now. The same token may be good later.
        UNAVAILABLE
    }

    /// What is wrong, for operators.
    public enum Cause {
        /// Not three parts of Base64, or not JSON.
        MALFORMED,
        /// No key verifies the signature.
        SIGNATURE,
        /// Made for another use: a subscription token as a connection token, for example.
        WRONG_KIND,
        /// A claim is not what it should be.
        CLAIM,
        AUDIENCE,
        ISSUER,
        EXPIRED,
        NOT_YET_VALID,
        /// The key set can not be fetched.
        KEYS_UNAVAILABLE
    }

    private final Verdict verdict;
    private final Cause reason;

    private TokenException(Verdict verdict, Cause reason, String message) {
        super(message, null, false, false);
        this.verdict = verdict;
        this.reason = reason;
    }

    static TokenException expired(Cause cause, String reason) {
        return new TokenException(Verdict.EXPIRED, cause, reason);
    }

    static TokenException invalid(String reason) {
        return invalid(Cause.CLAIM, reason);
    }

    static TokenException invalid(Cause cause, String reason) {
        return new TokenException(Verdict.INVALID, cause, reason);
    }

    static TokenException unavailable(String reason) {
        return new TokenException(Verdict.UNAVAILABLE, Cause.KEYS_UNAVAILABLE, reason);
    }

    /// What is wrong, for operators.
    public Cause reason() {
        return reason;
    }

    public Verdict verdict() {
        return verdict;
    }
}
