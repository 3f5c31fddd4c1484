package dev.heliograph.protocol;

/// Bytes that are not the protocol. The only exception a decoder throws for bad input; it ends the connection.
public final class ProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final DisconnectCode code;

    /// @param detail what was wrong, for the log; never holds payload or token
    public ProtocolException(DisconnectCode code, String detail) {
        // No stack trace: bad input is the peer's fault, may come in floods, and says all in its message.
        super(detail, null, false, false);
        this.code = code;
    }

    /// The code the connection is closed with.
    public DisconnectCode code() {
        return code;
    }
}
