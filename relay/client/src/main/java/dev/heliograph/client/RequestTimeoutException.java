package dev.heliograph.client;

/// A request had no answer within its time. Whether the server carried it out is unknown.
public final class RequestTimeoutException extends HeliographException {

    private static final long serialVersionUID = 1L;

    RequestTimeoutException(String message) {
        super(message);
    }
}
