package dev.heliograph.client;

/// Thrown by a [TokenSource]: there is no token to be had, and asking again will not help.
public final class UnauthorizedException extends HeliographException {

    private static final long serialVersionUID = 1L;

    public UnauthorizedException(String message) {
        super(message);
    }
}
