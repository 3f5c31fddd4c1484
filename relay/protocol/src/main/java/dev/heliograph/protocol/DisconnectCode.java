package dev.heliograph.protocol;

/// Why the relay ends a connection: the code and reason of the WebSocket close frame (RFC 6455 section 7.4.2, the range
/// for private use).
public enum DisconnectCode {
    /// No advice: the TCP connection is dropped without a close frame.
    CONNECTION_CLOSED(3000, "connection closed"),
    SHUTDOWN(3001, "shutdown"),
    INTERNAL_ERROR(3004, "internal server error"),
    CONNECTION_EXPIRED(3005, "connection expired"),
    SUBSCRIPTION_EXPIRED(3006, "subscription expired"),
    SLOW(3008, "slow"),
    WRITE_ERROR(3009, "write error"),
    INSUFFICIENT_STATE(3010, "insufficient state"),
    FORCE_RECONNECT(3011, "force reconnect"),
    NO_PONG(3012, "no pong"),
    TOO_MANY_REQUESTS(3013, "too many requests"),
    STATE_INVALIDATED(3014, "state invalidated"),
    INVALID_TOKEN(3500, "invalid token"),
    BAD_REQUEST(3501, "bad request"),
    STALE(3502, "stale"),
    FORCE_DISCONNECT(3503, "force disconnect"),
    CONNECTION_LIMIT(3504, "connection limit"),
    CHANNEL_LIMIT(3505, "channel limit"),
    INAPPROPRIATE_PROTOCOL(3506, "inappropriate protocol"),
    PERMISSION_DENIED(3507, "permission denied"),
    NOT_AVAILABLE(3508, "not available"),
    TOO_MANY_ERRORS(3509, "too many errors");

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable values
    private final Disconnect disconnect;

    DisconnectCode(int code, String reason) {
        this.disconnect = new Disconnect(code, reason);
    }

    public int code() {
        return disconnect.code();
    }

    public String reason() {
        return disconnect.reason();
    }

    /// The code as it goes over the wire.
    public Disconnect disconnect() {
        return disconnect;
    }
}
