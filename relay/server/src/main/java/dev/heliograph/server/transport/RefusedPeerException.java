package dev.heliograph.server.transport;

/// An accepted connection is not read from; thrown to Helidon, which closes it. Without a stack trace: there may be
/// many.
final class RefusedPeerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedPeerException(String message) {
        super(message, null, false, false);
    }
}
