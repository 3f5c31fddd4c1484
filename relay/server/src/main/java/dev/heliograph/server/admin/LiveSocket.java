package dev.heliograph.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A WebSocket on Helidon's own connection, with what that lacks: pongs, an end that is always told, bounded messages,
/// pings, and a way out of a write to a peer that does not read. One instance a connection.
///
/// [#send] hands a message to the socket's own thread. When more wait than [#MAX_WAITING] the socket ends (1013): who
/// watches must not be shown a picture with holes.
abstract class LiveSocket implements WsListener {

    private static final System.Logger LOG = System.getLogger(LiveSocket.class.getName());

    /// A burst of changes, and a few seconds of a tail.
    private static final int MAX_WAITING = 2_000;

    /// Characters of a message that a client sends.
    private static final int MAX_MESSAGE = 64 * 1024;

    private static final Duration TICK = Duration.ofSeconds(1);

    /// From one ping to the next; a peer that is silent for three of them is gone.
    private static final long PING_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long SILENCE_NANOS = 3 * PING_NANOS;

    /// How long one write may take.
    private static final long WRITE_NANOS = Duration.ofSeconds(10).toNanos();

    private static final int TRY_AGAIN_LATER = 1013;

    private static final int POLICY_VIOLATION = 1008;

    private final BlockingQueue<Object> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final ReentrantLock writing = new ReentrantLock();
    private final StringBuilder fragments = new StringBuilder();
    private @Nullable WsSession session;
    private volatile long heardAt;
    private volatile long writingSince;
    private volatile boolean overrun;
    private volatile boolean ended;

    // ---- for those below ----

    /// The connection is there; on its writing thread, before anything else.
    abstract void opened();

    /// About once a second, on the writing thread.
    abstract void tick();

    /// A message of the client.
    ///
    /// @throws AdminException to end the socket with its message
    abstract void received(JsonNode message);

    /// The connection has ended, for whatever reason. Called once.
    abstract void closed();

    /// Sends an object as JSON, after what was sent before. Never blocks; from any thread.
    final void send(Object message) {
        if (!waiting.offer(message)) {
            overrun = true;
        }
    }

    // ---- Helidon ----

    @Override
    public final void onOpen(WsSession session) {
        this.session = session;
        this.heardAt = System.nanoTime();
        Thread.ofVirtual().name("admin-stream-writer").start(() -> write(session));
        Thread.ofVirtual().name("admin-stream-watch").start(() -> watch(session));
    }

    @Override
    public final void onMessage(WsSession session, String text, boolean last) {
        heardAt = System.nanoTime();
        if (fragments.length() + text.length() > MAX_MESSAGE) {
            close(session, POLICY_VIOLATION, "the message is too long");
            return;
        }
        fragments.append(text);
        if (!last) {
            return;
        }
        String whole = fragments.toString();
        fragments.setLength(0);
        try {
            received(Json.read(whole.getBytes(java.nio.charset.StandardCharsets.UTF_8), JsonNode.class));
        } catch (AdminException e) {
            close(session, POLICY_VIOLATION, e.text());
        }
    }

    @Override
    public final void onMessage(WsSession session, BufferData buffer, boolean last) {
        close(session, 1003, "only text is understood");
    }

    @Override
    public final void onPing(WsSession session, BufferData buffer) {
        heardAt = System.nanoTime();
        guarded(() -> session.pong(buffer));
    }

    @Override
    public final void onPong(WsSession session, BufferData buffer) {
        heardAt = System.nanoTime();
    }

    @Override
    public final void onClose(WsSession session, int status, String reason) {
        ended = true;
    }

    @Override
    public final void onError(WsSession session, Throwable t) {
        ended = true;
    }

    // ---- own threads ----

    private void write(WsSession session) {
        try {
            opened();
            long pingAt = System.nanoTime() + PING_NANOS;
            long tickAt = System.nanoTime();
            while (!ended) {
                long now = System.nanoTime();
                if (overrun) {
                    close(session, TRY_AGAIN_LATER, "too slow for what is to be seen");
                    return;
                }
                if (now - tickAt >= 0) {
                    tickAt = now + TICK.toNanos();
                    tick();
                }
                if (now - pingAt >= 0) {
                    pingAt = now + PING_NANOS;
                    guarded(() -> session.ping(BufferData.empty()));
                }
                Object message = waiting.poll(Math.max(1, tickAt - System.nanoTime()), TimeUnit.NANOSECONDS);
                if (message != null) {
                    String text = new String(Json.write(message), java.nio.charset.StandardCharsets.UTF_8);
                    guarded(() -> session.send(text, true));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (AdminException e) {
            close(session, POLICY_VIOLATION, e.text());
        } catch (RuntimeException e) {
            if (!ended) {
                LOG.log(Level.DEBUG, () -> "a stream of the admin API ends: " + e);
            }
        } finally {
            ended = true;
            cut(session);
            closed();
        }
    }

    /// Ends the connection of a peer that is gone or does not read: Helidon tells of neither.
    private void watch(WsSession session) {
        try {
            while (!ended) {
                Thread.sleep(TICK);
                long now = System.nanoTime();
                long since = writingSince;
                if (now - heardAt > SILENCE_NANOS || (since != 0 && now - since > WRITE_NANOS)) {
                    ended = true;
                    cut(session);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Runs one write; several threads write.
    private void guarded(Runnable write) {
        writing.lock();
        try {
            writingSince = System.nanoTime();
            write.run();
        } catch (RuntimeException e) {
            ended = true;
            throw e;
        } finally {
            writingSince = 0;
            writing.unlock();
        }
    }

    private void close(WsSession session, int code, String reason) {
        try {
            // A reason over 123 bytes would send no close frame at all (RFC 6455 section 5.5.1).
            guarded(() -> session.close(code, reason.length() > 60 ? reason.substring(0, 60) : reason));
        } catch (RuntimeException _) {
            // It is gone already.
        }
        ended = true;
    }

    private static void cut(WsSession session) {
        if (session.socketContext() instanceof ConnectionContext context) {
            try {
                context.serverSocket().close();
            } catch (RuntimeException _) {
                // It is gone already.
            }
        }
    }

    /// Ends it from outside.
    final void end() {
        WsSession open = session;
        if (open != null) {
            close(open, 1001, "the node ends");
        }
    }
}
