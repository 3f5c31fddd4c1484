package dev.heliograph.client;

import dev.heliograph.protocol.ReplyError;

/// The server answered a request with an error.
public final class RequestFailedException extends HeliographException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final boolean temporary;

    RequestFailedException(ReplyError error) {
        super(error.code() + " " + error.message());
        this.code = error.code();
        this.temporary = error.temporary();
    }

    /// One of [dev.heliograph.protocol.ErrorCode], or an application's own from 400.
    public int code() {
        return code;
    }

    /// Whether the same request may succeed later.
    public boolean temporary() {
        return temporary;
    }
}
