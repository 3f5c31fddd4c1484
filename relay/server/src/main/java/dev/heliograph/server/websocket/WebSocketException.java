package dev.heliograph.server.websocket;

/// The peer broke RFC 6455; the connection is to be closed with [#closeCode].
public final class WebSocketException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int closeCode;

    /// @param reason of at most 123 bytes, sent to the peer
    public WebSocketException(int closeCode, String reason) {
        // No stack trace: bad input is the peer's fault and may come in floods.
        super(reason, null, false, false);
        this.closeCode = closeCode;
    }

    /// 1002, 1007 or 1009 ([CloseCode]).
    public int closeCode() {
        return closeCode;
    }
}
