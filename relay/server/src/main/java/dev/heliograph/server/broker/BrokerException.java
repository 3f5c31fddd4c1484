package dev.heliograph.server.broker;

/// The broker cannot do what was asked now; clients see a temporary error.
public final class BrokerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BrokerException(String message) {
        super(message);
    }

    public BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
