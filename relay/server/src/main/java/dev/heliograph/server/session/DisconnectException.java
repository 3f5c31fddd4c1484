package dev.heliograph.server.session;

import dev.heliograph.protocol.Disconnect;
import dev.heliograph.protocol.DisconnectCode;
import org.jspecify.annotations.Nullable;

/// A request that ends its connection.
final class DisconnectException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Disconnect disconnect;

    /// @param detail for the log
    DisconnectException(DisconnectCode code, @Nullable String detail) {
        // No stack trace: this is an answer, and may be asked for in floods.
        super(detail, null, false, false);
        this.disconnect = code.disconnect();
    }

    Disconnect disconnect() {
        return disconnect;
    }
}
