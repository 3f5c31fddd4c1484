package dev.heliograph.console.cluster;

/// A token cannot be kept or found. Its message is a sentence for the operator, and has no token in it.
public final class TokenStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TokenStoreException(String message) {
        super(message);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
