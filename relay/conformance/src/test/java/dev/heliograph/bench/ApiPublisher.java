package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;

/// One back end that publishes over the HTTP API, each payload with the time it was sent.
final class ApiPublisher implements AutoCloseable {

    private final String channel;
    private final int size;
    private final Socket socket;

    /// @param size bytes of a payload
    ApiPublisher(int port, String channel, int size) {
        this.channel = channel;
        this.size = size;
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("publisher-answers").start(this::drain);
    }

    /// Whoever lacks a publication finds out: the frames that came are counted.
    private void drain() {
        try {
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException _) {
            // Closed.
        }
    }

    void publish() {
        String data = "{\"at\":" + System.nanoTime() + ",\"p\":\"";
        data += "x".repeat(Math.max(0, size - data.length() - 2)) + "\"}";
        try {
            socket.getOutputStream().write(post("publish", "{\"channel\":\"" + channel + "\",\"data\":" + data + "}"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A request of the API, as bytes.
    static byte[] post(String method, String json) {
        return "POST /api/%s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(method, json.getBytes(UTF_8).length, json)
                .getBytes(UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
