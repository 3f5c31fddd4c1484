package dev.heliograph.server.http;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Cuts off peers that do not finish a request head in time (slow-loris): Helidon reads TLS handshakes and heads
/// without a timeout.
///
/// The first deadline of a connection begins when it is accepted, so that it spans silence, TLS handshake and head;
/// later requests on the connection have one from their first line to the end of their head. Between requests the
/// server's idle timeout holds.
public final class HeadDeadlines implements Http1ConnectionListener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(HeadDeadlines.class.getName());

    /// How often deadlines are looked at; also how late a cut may be.
    private static final Duration SWEEP = Duration.ofMillis(250);

    /// @param at         by the clock of [System#nanoTime]
    /// @param connection what is closed then
    private record Deadline(long at, Closeable connection) {}

    private volatile long timeout;
    private final Runnable onCut;

    /// By the peer's address, which only one connection has at a time.
    private final Map<SocketAddress, Deadline> deadlines = new ConcurrentHashMap<>();

    private final Thread sweeper;

    /// @param timeout of a head
    public HeadDeadlines(Duration timeout) {
        this(timeout, () -> {});
    }

    /// @param timeout of a head
    /// @param onCut   told of each peer that is cut off
    public HeadDeadlines(Duration timeout, Runnable onCut) {
        this.onCut = onCut;
        this.timeout = timeout.toNanos();
        this.sweeper = Thread.ofVirtual().name("head-deadlines").start(this::sweep);
    }

    /// Changes how long new heads may take.
    public void timeout(Duration next) {
        timeout = next.toNanos();
    }

    /// Begins the first deadline of a connection.
    public void accepted(SocketChannel channel) {
        try {
            deadlines.put(channel.getRemoteAddress(), new Deadline(System.nanoTime() + timeout, channel));
        } catch (IOException e) {
            // The peer has gone again; Helidon drops the connection.
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        deadlines.putIfAbsent(
                context.remotePeer().address(),
                new Deadline(
                        System.nanoTime() + timeout,
                        () -> context.serverSocket().close()));
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        deadlines.remove(context.remotePeer().address());
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(SWEEP);
                long now = System.nanoTime();
                deadlines.forEach((peer, deadline) -> {
                    if (now - deadline.at() >= 0 && deadlines.remove(peer, deadline)) {
                        // A TLS close writes, and may block on a peer that does not read.
                        Thread.ofVirtual().start(() -> cut(peer, deadline.connection()));
                    }
                });
            }
        } catch (InterruptedException _) {
            // The node ends.
        }
    }

    private void cut(SocketAddress peer, Closeable connection) {
        if (connection instanceof SocketChannel channel && !channel.isOpen()) {
            return;
        }
        onCut.run();
        LOG.log(Level.DEBUG, () -> "cut off " + peer + ": no request head in time");
        try {
            connection.close();
        } catch (IOException | RuntimeException _) {
            // It is gone already.
        }
    }

    @Override
    public void close() {
        sweeper.interrupt();
    }
}
