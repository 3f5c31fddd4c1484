package dev.heliograph.fleet;

/// What the autoscaler cannot work with; its message is for the operator.
public final class FleetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FleetException(String message) {
        super(message);
    }

    public FleetException(String message, Throwable cause) {
        super(message, cause);
    }
}
