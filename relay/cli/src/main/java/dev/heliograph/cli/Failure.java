package dev.heliograph.cli;

/// What a command could not do, said in one line to who called it. The exit code is 1.
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }

    public Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
