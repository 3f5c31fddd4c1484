package dev.heliograph.protocol;

/// What the server tells a client unasked. [#channel()] is empty for what concerns the connection as a whole.
public sealed interface Push {

    /// The channel it belongs to, or empty.
    default String channel() {
        return "";
    }

    record Pub(String channel, Publication publication) implements Push {}

    record Join(String channel, ClientInfo info) implements Push {}

    record Leave(String channel, ClientInfo info) implements Push {}

    record Unsubscribe(String channel, int code, String reason) implements Push {
        public Unsubscribe(String channel, UnsubscribeCode code) {
            this(channel, code.code(), code.reason());
        }
    }

    /// The server subscribed the client to a channel.
    record Subscribe(String channel, boolean recoverable, StreamPosition position, boolean positioned, Bytes data)
            implements Push {}

    record Message(Bytes data) implements Push {}

    /// The first push of a unidirectional connection.
    record Connect(Result.Connect result) implements Push {}

    /// The end of a connection that has no close frame.
    record Disconnected(int code, String reason, boolean reconnect) implements Push {}

    record Refresh(boolean expires, int ttl) implements Push {}
}
