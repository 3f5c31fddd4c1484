package dev.heliograph.drill;

/// A drill that cannot be run as it is written, or a cluster that does not come up. Its message is for people.
public final class DrillException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DrillException(String message) {
        super(message);
    }

    public DrillException(String message, Throwable cause) {
        super(message, cause);
    }
}
