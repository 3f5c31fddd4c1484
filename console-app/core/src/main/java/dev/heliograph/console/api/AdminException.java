package dev.heliograph.console.api;

/// A call of the admin API that did not do what it should. Its message is a sentence for the operator.
public final class AdminException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// What went wrong, as far as it decides what to do next.
    public enum Kind {
        /// No node of the cluster could be reached, or none answered in time.
        UNREACHABLE,
        /// The token is not known, has expired or was revoked (401).
        UNAUTHENTICATED,
        /// The role of the token is too small, or the address may not (403).
        FORBIDDEN,
        /// What was asked makes no sense to the relay (400).
        INVALID,
        /// What was asked for is not there (404).
        NOT_FOUND,
        /// It would shut out who asks, or something else has changed meanwhile (409).
        CONFLICT,
        /// Too many requests or failed sign-ins (429).
        TOO_MANY_REQUESTS,
        /// The cluster cannot do it at the moment (503), or something failed in it (500).
        UNAVAILABLE,
        /// The answer is not one of the admin API: another server, another version, or damage.
        GARBAGE
    }

    private final Kind kind;
    private final boolean maybeDone;

    public AdminException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.maybeDone = false;
    }

    public AdminException(Kind kind, String message, Throwable cause) {
        this(kind, message, cause, false);
    }

    private AdminException(Kind kind, String message, Throwable cause, boolean maybeDone) {
        super(message, cause);
        this.kind = kind;
        this.maybeDone = maybeDone;
    }

    /// No answer that makes sense came to a change that was sent: it may have been made.
    static AdminException uncertain(Kind kind, String message, Throwable cause) {
        return new AdminException(kind, message, cause, true);
    }

    public Kind kind() {
        return kind;
    }

    /// Whether a change may have been made although no answer came.
    public boolean maybeDone() {
        return maybeDone;
    }

    /// The sentence for the operator.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
