package dev.heliograph.client;

/// Why a connection or a subscription changed its state.
///
/// Codes from 2000 come from the server: unsubscribe codes (2000 to 2999) and close codes (from 3000; see
/// [dev.heliograph.protocol.DisconnectCode]). Codes 100 to 1999 are those of an error reply to a connect or subscribe,
/// save 1000 to 1015, which for a connection are the WebSocket's own close codes (RFC 6455 section 7.4.1). Smaller ones
/// are the client's own, with the numbers that all client SDKs of this protocol use.
public record Cause(int code, String reason) {

    static final Cause CONNECT_CALLED = new Cause(0, "connect called");
    static final Cause TRANSPORT_CLOSED = new Cause(1, "transport closed");
    static final Cause NO_PING = new Cause(2, "no ping");
    static final Cause SUBSCRIBE_TIMEOUT = new Cause(3, "subscribe timeout");
    static final Cause UNSUBSCRIBE_ERROR = new Cause(4, "unsubscribe error");

    static final Cause NOT_CONNECTED_YET = new Cause(0, "not connected yet");
    static final Cause DISCONNECT_CALLED = new Cause(0, "disconnect called");
    static final Cause UNAUTHORIZED = new Cause(1, "unauthorized");
    static final Cause BAD_PROTOCOL = new Cause(2, "bad protocol");
    static final Cause MESSAGE_SIZE_LIMIT = new Cause(3, "message size limit");

    static final Cause NOT_SUBSCRIBED_YET = new Cause(0, "not subscribed yet");
    static final Cause SUBSCRIBE_CALLED = new Cause(0, "subscribe called");
    static final Cause CONSUMER_BEHIND = new Cause(2, "consumer behind");
    static final Cause UNSUBSCRIBE_CALLED = new Cause(0, "unsubscribe called");
    static final Cause CLIENT_CLOSED = new Cause(2, "client closed");

    @Override
    public String toString() {
        return code + " " + reason;
    }
}
