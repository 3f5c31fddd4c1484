package dev.heliograph.compare;

import dev.heliograph.bench.ProcessFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own, and what the system says about that process alone.
final class Running implements AutoCloseable {

    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

    private final Peer peer;
    private final Process process;
    private final int port;
    private final double startSeconds;

    private Running(Peer peer, Process process, int port, double startSeconds) {
        this.peer = peer;
        this.process = process;
        this.port = port;
        this.startSeconds = startSeconds;
    }

    /// Starts it and waits until it accepts connections.
    static Running start(Peer peer, Peer.Task task) {
        try {
            int port = freePort();
            Path config = Files.createTempFile("compare-" + peer.key(), peer == Peer.NATS ? ".conf" : ".yaml");
            Files.writeString(config, peer.config(port, freePort(), task));
            Path log = Files.createTempFile("compare-" + peer.key(), ".log");
            long began = System.nanoTime();
            Process process = new ProcessBuilder(peer.command(config.toString(), port))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            while (!accepts(port)) {
                if (!process.isAlive() || System.nanoTime() - began > PATIENCE) {
                    process.destroyForcibly();
                    throw new IllegalStateException(peer.key() + " did not start: " + Files.readString(log));
                }
            }
            return new Running(peer, process, port, (System.nanoTime() - began) / 1e9);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean accepts(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException _) {
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            return false;
        }
    }

    Peer peer() {
        return peer;
    }

    int port() {
        return port;
    }

    URI url() {
        return URI.create("ws://127.0.0.1:" + port + peer.path());
    }

    double startSeconds() {
        return startSeconds;
    }

    /// CPU seconds used so far, user and system.
    double cpuSeconds() {
        return ProcessFigures.cpuSeconds(process.pid());
    }

    /// Resident bytes.
    long rss() {
        return ProcessFigures.rss(process.pid());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
