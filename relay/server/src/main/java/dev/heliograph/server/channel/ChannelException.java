package dev.heliograph.server.channel;

import dev.heliograph.protocol.ErrorCode;

/// A channel name that stands for no channel.
public final class ChannelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    ChannelException(ErrorCode code) {
        // No stack trace: this is an answer.
        super(code.message(), null, false, false);
        this.code = code;
    }

    /// 102 for an unknown namespace, 107 for a name that is not allowed.
    public ErrorCode code() {
        return code;
    }
}
