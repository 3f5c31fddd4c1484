package dev.heliograph.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A WebSocket on Helidon's own connection, with what that lacks: pongs, an end that is always told, bounded messages,
/// pings, and a way out of a write to a peer that does not read. One instance a connection.
///
/// [#send] hands a message to the socket's own thread, and waits while [#MAX_WAITING] are there already: a peer
/// that reads slowly holds up who sends, and costs no memory. One that takes nothing for ten seconds is cut
/// off.
abstract class LiveSocket implements WsListener {

    private static final System.Logger LOG = System.getLogger(LiveSocket.class.getName());

    /// Each may be a page of connections.
    private static final int MAX_WAITING = 8;

    /// Characters of a message that a client sends.
    private static final int MAX_MESSAGE = 64 * 1024;

    private static final Duration TICK = Duration.ofSeconds(1);

    /// From one ping to the next; a peer that is silent for three of them is gone.
    private static final long PING_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long SILENCE_NANOS = 3 * PING_NANOS;

    /// How long one write may take.
    private static final long WRITE_NANOS = Duration.ofSeconds(10).toNanos();

    /// The code of an end that is none of a failure.
    static final int NORMAL = 1000;

    private static final int POLICY_VIOLATION = 1008;

    /// Stands behind the last message.
    private record End(int code, String reason) {}

    private final BlockingQueue<Object> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final ReentrantLock writing = new ReentrantLock();
    private final StringBuilder fragments = new StringBuilder();
    private @Nullable WsSession session;
    private volatile long heardAt;
    private volatile long writingSince;
    private volatile boolean ended;

    // ---- for those below ----

    /// The connection is there; on a thread of its own.
    ///
    /// @param from the address of the peer
    /// @throws RuntimeException to end the socket, as [AdminException#of] says why
    abstract void opened(String from);

    /// Every now and then: whether the peer may still be there.
    ///
    /// @throws AdminException to end the socket with its message
    abstract void check();

    /// A message of the client.
    ///
    /// @throws AdminException to end the socket with its message
    abstract void received(JsonNode message);

    /// The connection has ended, for whatever reason. Called once.
    abstract void closed();

    /// Sends an object as JSON, after what was sent before. Waits while the peer is slow; does nothing when the
    /// connection has ended. From any thread but the writing one.
    final void send(Object message) {
        try {
            boolean taken = false;
            while (!taken && !ended) {
                taken = waiting.offer(message, TICK.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends it behind what was sent before.
    final void finish(int code, String reason) {
        send(new End(code, reason));
    }

    // ---- Helidon ----

    @Override
    public final void onOpen(WsSession session) {
        this.session = session;
        this.heardAt = System.nanoTime();
        Thread.ofVirtual().name("admin-stream-writer").start(() -> write(session));
        Thread.ofVirtual().name("admin-stream-opener").start(() -> open(session));
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

    private void open(WsSession session) {
        try {
            opened(session.socketContext().remotePeer().host());
        } catch (RuntimeException e) {
            Optional<AdminException> known = AdminException.of(e);
            if (known.isEmpty()) {
                LOG.log(Level.WARNING, "a stream of the admin API cannot begin", e);
            }
            AdminException why =
                    known.orElseGet(() -> AdminException.unavailable("it failed; the log of the relay says why"));
            send(new StreamMessage.StreamError(why));
            finish(POLICY_VIOLATION, why.text());
        }
    }

    private void write(WsSession session) {
        try {
            long pingAt = System.nanoTime() + PING_NANOS;
            while (!ended) {
                long now = System.nanoTime();
                if (now - pingAt >= 0) {
                    pingAt = now + PING_NANOS;
                    check();
                    guarded(() -> session.ping(BufferData.empty()));
                }
                Object message = waiting.poll(TICK.toMillis(), TimeUnit.MILLISECONDS);
                if (message instanceof End end) {
                    close(session, end.code(), end.reason());
                } else if (message != null) {
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
