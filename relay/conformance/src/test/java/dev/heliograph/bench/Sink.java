package dev.heliograph.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A listener that closes whatever it accepts.
final class Sink implements AutoCloseable {

    private final ServerSocket listener;

    private Sink(ServerSocket listener) {
        this.listener = listener;
    }

    static Sink start() {
        try {
            Sink sink = new Sink(new ServerSocket(0, 128, InetAddress.getLoopbackAddress()));
            Thread.ofPlatform().daemon().name("sink").start(sink::work);
            return sink;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void work() {
        try {
            while (true) {
                try (Socket socket = listener.accept()) {
                    socket.setSoLinger(true, 0);
                }
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
