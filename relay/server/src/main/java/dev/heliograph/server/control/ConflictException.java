package dev.heliograph.server.control;

/// A document is not, or not any more, what whoever edits it takes it for. Nothing was changed.
public final class ConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConflictException(String message) {
        super(message);
    }
}
