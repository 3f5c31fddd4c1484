package dev.heliograph.protocol;

/// Why the relay ended one subscription while its connection lives on. From 2500 on a client subscribes again by
/// itself.
public enum UnsubscribeCode {
    SERVER(2000, "server unsubscribe"),
    INSUFFICIENT_STATE(2500, "insufficient state"),
    EXPIRED(2501, "subscription expired"),
    STATE_INVALIDATED(2502, "state invalidated");

    private final int code;
    private final String reason;

    UnsubscribeCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    /// Whether a client subscribes again by itself.
    public boolean resubscribe() {
        return code >= 2500;
    }
}
