package dev.heliograph.server.session;

import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.ReplyError;

/// A request that fails with an error reply; the connection lives on.
final class RequestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ReplyError error;

    RequestException(ErrorCode code) {
        this(code.error());
    }

    RequestException(ReplyError error) {
        // No stack trace: this is an answer, and may be asked for in floods.
        super(error.message(), null, false, false);
        this.error = error;
    }

    ReplyError error() {
        return error;
    }
}
