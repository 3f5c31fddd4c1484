package dev.heliograph.client;

/// A subscription ended, and not because the application wished it.
public final class UnsubscribedException extends HeliographException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    UnsubscribedException(String channel, Cause why) {
        super("unsubscribed from %s: %s".formatted(channel, why));
        this.code = why.code();
        this.reason = why.reason();
    }

    public Cause why() {
        return new Cause(code, reason);
    }
}
