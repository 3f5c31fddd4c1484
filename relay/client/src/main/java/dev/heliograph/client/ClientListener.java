package dev.heliograph.client;

import dev.heliograph.protocol.Bytes;

/// Hears of a client's connection. Calls come one after the other, in order, on a virtual thread; they may block.
public interface ClientListener {

    /// The client is on its way, for the first time or again; `cause` says why it was not connected.
    default void onConnecting(Cause cause) {}

    default void onConnected(ConnectionState.Connected state) {}

    /// The client gave up, or was told to, and will not come back by itself.
    default void onDisconnected(Cause cause) {}

    /// Something failed that will be tried again: opening the WebSocket, getting a token.
    default void onError(Throwable error) {}

    /// The server sent the client a message that belongs to no channel.
    default void onMessage(Bytes data) {}
}
