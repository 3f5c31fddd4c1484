package dev.heliograph.client;

/// The client is disconnected or closed, or became so before the request had its answer; or the connection was lost
/// while a request was under way that must not be sent twice.
public final class NotConnectedException extends HeliographException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    NotConnectedException(Cause why) {
        super("not connected: " + why);
        this.code = why.code();
        this.reason = why.reason();
    }

    public Cause why() {
        return new Cause(code, reason);
    }
}
