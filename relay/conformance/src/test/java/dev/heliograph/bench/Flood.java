package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One address that opens connection after connection, each for a handshake. What it does is paced, so that the load
/// generator leaves the relay a machine to run on, and bounded in time.
final class Flood implements AutoCloseable {

    static final int PER_SECOND = 1_000;

    private static final String SOURCE = "127.66.6.6";
    private static final long MOST_NANOS = 60_000_000_000L;
    private static final String TOO_MANY = "HTTP/1.1 429";

    private final int port;
    private final long began = System.nanoTime();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("flood").unstarted(this::work);

    private Flood(int port) {
        this.port = port;
    }

    static Flood start(int port) {
        Flood flood = new Flood(port);
        flood.thread.start();
        return flood;
    }

    private void work() {
        try {
            for (long sent = 0; System.nanoTime() - began < MOST_NANOS; sent++) {
                long wait = began + sent * 1_000_000_000L / PER_SECOND - System.nanoTime();
                if (wait > 0) {
                    Thread.sleep(wait / 1_000_000, (int) (wait % 1_000_000));
                }
                if (isRefused()) {
                    refused.incrementAndGet();
                }
            }
        } catch (IOException e) {
            failure.set(e);
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    /// Whether it was answered with 429 or cut off.
    private boolean isRefused() throws IOException {
        try (Socket socket = new Socket()) {
            // A reset: no port stays in TIME_WAIT.
            socket.setSoLinger(true, 0);
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(SOURCE, 0));
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                socket.getOutputStream().write(Upgrade.request());
                byte[] head = socket.getInputStream().readNBytes(TOO_MANY.length());
                return head.length == 0 || new String(head, US_ASCII).equals(TOO_MANY);
            } catch (SocketException _) {
                return true;
            }
        }
    }

    /// Handshakes that were refused so far, a second.
    ///
    /// @throws IllegalStateException if it failed, or came to less than half of what it should
    double require() {
        Exception failed = failure.get();
        double rate = refused.get() / ((System.nanoTime() - began) / 1e9);
        if (failed != null || rate < PER_SECOND / 2.0) {
            throw new IllegalStateException("the flood was none: %.0f a second".formatted(rate), failed);
        }
        return rate;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
