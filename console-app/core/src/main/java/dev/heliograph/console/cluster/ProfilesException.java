package dev.heliograph.console.cluster;

/// The file of the clusters cannot be used. Its message is a sentence for the operator.
public final class ProfilesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ProfilesException(String message) {
        super(message);
    }

    ProfilesException(String message, Throwable cause) {
        super(message, cause);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
