package dev.heliograph.server.transport;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Cuts off peers that do not finish a request head in time (slow-loris): Helidon reads heads without a timeout.
///
/// A deadline begins with the first byte of a connection and ends when the head is complete; later requests on the
/// connection have one from their first line to the end of their head. Connections without a byte are left to the
/// server's idle timeout.
final class HeadDeadlines implements Http1ConnectionListener, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(HeadDeadlines.class.getName());

    /// How often deadlines are looked at; also how late a cut may be.
    private static final Duration SWEEP = Duration.ofMillis(250);

    private final long timeout;
    private final Map<ConnectionContext, Long> deadlines = new ConcurrentHashMap<>();

    /// Connections whose first byte has been seen; nobody says when one ends, so they are held weakly.
    private final Cache<ConnectionContext, Boolean> begun =
            Caffeine.newBuilder().weakKeys().build();

    private final Thread sweeper;

    HeadDeadlines(Duration timeout) {
        this.timeout = timeout.toNanos();
        this.sweeper = Thread.ofVirtual().name("head-deadlines").start(this::sweep);
    }

    @Override
    public void data(ConnectionContext context, byte[] bytes, int position, int length) {
        firstByte(context);
    }

    @Override
    public void data(ConnectionContext context, BufferData data) {
        firstByte(context);
    }

    private void firstByte(ConnectionContext context) {
        if (begun.asMap().putIfAbsent(context, Boolean.TRUE) == null) {
            begin(context);
        }
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        begin(context);
    }

    private void begin(ConnectionContext context) {
        deadlines.putIfAbsent(context, System.nanoTime() + timeout);
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        deadlines.remove(context);
    }

    private void sweep() {
        try {
            while (true) {
                Thread.sleep(SWEEP);
                long now = System.nanoTime();
                deadlines.forEach((context, deadline) -> {
                    if (now - deadline >= 0) {
                        deadlines.remove(context);
                        cut(context);
                    }
                });
            }
        } catch (InterruptedException _) {
            // The node ends.
        }
    }

    private static void cut(ConnectionContext context) {
        try {
            LOG.log(Level.DEBUG, () -> "cut off " + context.remotePeer().host() + ": no request head in time");
            context.serverSocket().close();
        } catch (RuntimeException _) {
            // It is gone already.
        }
    }

    @Override
    public void close() {
        sweeper.interrupt();
    }
}
