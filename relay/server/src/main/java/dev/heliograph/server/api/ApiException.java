package dev.heliograph.server.api;

import dev.heliograph.protocol.ErrorCode;

/// A method that fails with an error of the server API (protocol C).
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    ApiException(ErrorCode code) {
        this(code, code.message());
    }

    /// @param message shown to the caller
    ApiException(ErrorCode code, String message) {
        // No stack trace: this is an answer.
        super(message, null, false, false);
        this.code = code.code();
    }

    int code() {
        return code;
    }

    String text() {
        return String.valueOf(getMessage());
    }

    /// The HTTP status in transport error mode.
    static int httpStatus(int code) {
        return switch (code) {
            case 101 -> 401;
            case 102, 104 -> 404;
            case 103 -> 403;
            case 106, 107, 108, 110 -> 400;
            case 111 -> 429;
            case 112 -> 416;
            case 113 -> 409;
            default -> 500;
        };
    }
}
