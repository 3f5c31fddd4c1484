package dev.heliograph.client;

import org.jspecify.annotations.Nullable;

/// What can go wrong with a request or subscription; one subclass for each meaning.
public abstract sealed class HeliographException extends RuntimeException
        permits NotConnectedException,
                RequestFailedException,
                RequestTimeoutException,
                UnauthorizedException,
                UnsubscribedException {

    private static final long serialVersionUID = 1L;

    HeliographException(String message) {
        super(message);
    }

    HeliographException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
