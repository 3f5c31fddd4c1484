package dev.heliograph.protocol;

/// Why a request failed while its connection lives on: the `error` of a reply. Codes 0 to 399 belong to the protocol,
/// 400 to 1999 to applications (a [ReplyError] with a code of its own).
public enum ErrorCode {
    INTERNAL(100, "internal server error", true),
    UNAUTHORIZED(101, "unauthorized", false),
    UNKNOWN_CHANNEL(102, "unknown channel", false),
    PERMISSION_DENIED(103, "permission denied", false),
    METHOD_NOT_FOUND(104, "method not found", false),
    ALREADY_SUBSCRIBED(105, "already subscribed", false),
    LIMIT_EXCEEDED(106, "limit exceeded", false),
    BAD_REQUEST(107, "bad request", false),
    NOT_AVAILABLE(108, "not available", false),
    TOKEN_EXPIRED(109, "token expired", false),
    EXPIRED(110, "expired", false),
    TOO_MANY_REQUESTS(111, "too many requests", true),
    UNRECOVERABLE_POSITION(112, "unrecoverable position", false),
    CONCURRENT_PAGINATION(113, "concurrent pagination", true);

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable values
    private final ReplyError error;

    ErrorCode(int code, String message, boolean temporary) {
        this.error = new ReplyError(code, message, temporary);
    }

    public int code() {
        return error.code();
    }

    public String message() {
        return error.message();
    }

    /// Whether a client does well to try the same request again.
    public boolean temporary() {
        return error.temporary();
    }

    /// The code as it goes over the wire.
    public ReplyError error() {
        return error;
    }
}
