package dev.heliograph.loadtest;

/// How a connection ended.
sealed interface End {

    /// It never began: there was no answer to the handshake or to the first commands, or one that refuses.
    ///
    /// @param cause    the status of the answer, the error of a reply, or the class of the exception
    /// @param admitted false if the answer was 503 with `Retry-After`: a relay that takes no more for now
    record Refused(String cause, boolean admitted) implements End {}

    /// The other side said goodbye with a close frame.
    record Closed(int code) implements End {

        /// Whether the relay wishes that the client does not come back.
        boolean terminal() {
            return code >= 3500 && code < 4000 || code >= 4500 && code < 5000 || code == 1009;
        }
    }

    /// It broke off without a close frame, what WebSocket APIs call 1006.
    record Cut(String cause) implements End {}
}
