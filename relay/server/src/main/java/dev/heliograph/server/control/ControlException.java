package dev.heliograph.server.control;

/// What operators decide could not be kept or read, now.
public final class ControlException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ControlException(String message, Throwable cause) {
        super(message, cause);
    }

    public ControlException(String message) {
        super(message);
    }
}
