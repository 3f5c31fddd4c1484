package dev.heliograph.client;

import java.net.http.HttpClient;

/// What many clients of one process can share: one thread that serves the sockets of all of them, instead of one
/// thread for each client. Threadsafe. Closed by who made it, after the clients.
///
/// ```java
/// try (SharedSockets sockets = SharedSockets.open()) {
///     HeliographClient client = HeliographClient.builder(endpoint).sockets(sockets).build();
/// }
/// ```
public final class SharedSockets implements AutoCloseable {

    private final HttpClient http = WebSocketLink.client(HttpClient.newBuilder());

    private SharedSockets() {}

    public static SharedSockets open() {
        return new SharedSockets();
    }

    HttpClient http() {
        return http;
    }

    /// Drops the connections that are still there.
    @Override
    public void close() {
        http.shutdownNow();
    }
}
