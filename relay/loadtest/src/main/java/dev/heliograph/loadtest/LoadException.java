package dev.heliograph.loadtest;

/// A load test that could not be run, with a reason for who asked for it.
public final class LoadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LoadException(String message) {
        super(message);
    }

    LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
