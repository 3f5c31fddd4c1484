package dev.heliograph.bench;

import java.io.IOException;
import java.io.UncheckedIOException;

/// One client that publishes payloads of a size, each with the time it was sent.
final class Publisher implements AutoCloseable {

    private final BlockingClient client;
    private final String channel;
    private final int size;
    private long id = 1;

    /// @param size bytes of a payload
    Publisher(int port, String channel, int size) {
        this.channel = channel;
        this.size = size;
        try {
            client = new BlockingClient(port, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("publisher-replies").start(this::drain);
    }

    /// Reads replies away, and answers pings.
    private void drain() {
        try {
            while (true) {
                if (client.read().length == 2) {
                    client.send("{}");
                }
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    void publish() {
        String data = "{\"at\":" + System.nanoTime() + ",\"p\":\"";
        data += "x".repeat(Math.max(0, size - data.length() - 2)) + "\"}";
        try {
            client.send("{\"id\":" + ++id + ",\"publish\":{\"channel\":\"" + channel + "\",\"data\":" + data + "}}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
