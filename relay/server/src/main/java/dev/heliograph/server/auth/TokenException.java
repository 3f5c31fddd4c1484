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

    private final Verdict verdict;

    private TokenException(Verdict verdict, String message) {
        super(message, null, false, false);
        this.verdict = verdict;
    }

    static TokenException expired(String reason) {
        return new TokenException(Verdict.EXPIRED, reason);
    }

    static TokenException invalid(String reason) {
        return new TokenException(Verdict.INVALID, reason);
    }

    static TokenException unavailable(String reason) {
        return new TokenException(Verdict.UNAVAILABLE, reason);
    }

    public Verdict verdict() {
        return verdict;
    }
}
