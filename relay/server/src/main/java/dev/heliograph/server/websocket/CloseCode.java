package dev.heliograph.server.websocket;

/// The status codes of close frames (RFC 6455 section 7.4.1) that the relay itself uses.
public final class CloseCode {

    public static final int NORMAL = 1000;
    public static final int GOING_AWAY = 1001;
    public static final int PROTOCOL_ERROR = 1002;
    /// Never sent: stands for a close frame without a code.
    public static final int NO_STATUS = 1005;
    /// Never sent: stands for an end without a close frame.
    public static final int ABNORMAL = 1006;
    public static final int INVALID_PAYLOAD = 1007;
    public static final int TOO_BIG = 1009;

    private CloseCode() {}

    /// Whether a peer may send this code: those of the RFC and the IANA registry that are meant for the wire,
    /// and the ranges for libraries and applications (RFC 6455 section 7.4.2).
    public static boolean valid(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }
}
