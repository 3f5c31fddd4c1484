package dev.heliograph.client;

import java.util.concurrent.CompletableFuture;

/// One open WebSocket, as far as the client needs it.
interface Link {

    /// Hears of a link, on any thread; at most one call at a time.
    interface Listener {
        /// A whole message. Some more may come before [Link#request()] is called for this one, not many.
        void frame(byte[] payload);

        /// The last call: the link is gone. Code 1006 stands for a connection that ended without a close frame.
        void closed(int code, String reason);
    }

    /// Sends one message; not to be called again before the result is there.
    CompletableFuture<?> send(byte[] frame);

    /// Lets messages in: called once to begin, and for each message that has been dealt with.
    void request();

    /// Says good-bye; the listener hears nothing more.
    void close();

    /// Opens links.
    @FunctionalInterface
    interface Opener {
        /// The future fails if the endpoint cannot be reached, refuses or speaks another protocol.
        CompletableFuture<Link> open(Listener listener);
    }
}
