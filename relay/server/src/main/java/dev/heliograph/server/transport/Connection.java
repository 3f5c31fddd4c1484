package dev.heliograph.server.transport;

import dev.heliograph.protocol.Disconnect;
import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.server.config.SlowConsumer;
import dev.heliograph.server.hub.Batch;
import dev.heliograph.server.hub.Sink;
import dev.heliograph.server.hub.Subscription;
import dev.heliograph.server.observe.About;
import dev.heliograph.server.session.Link;
import dev.heliograph.server.websocket.FrameDecoder;
import dev.heliograph.server.websocket.FrameEncoder;
import dev.heliograph.server.websocket.FrameHandler;
import dev.heliograph.server.websocket.WebSocketException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One WebSocket connection after its handshake: framing, outbox, close handshake, timers. How bytes get in and out is
/// left to [PlainConnection] and [StreamConnection].
///
/// ```
///  OPEN ──our close──► CLOSING (peer has 5 s) ──peer's close, EOF, deadline──► CLOSED
///   ├──peer's close──► CLOSING (echo is written) ──written──► CLOSED
///   ├──violation────► FAILED (close is written, input discarded) ──EOF, deadline──► CLOSED
///   └──EOF, I/O error, drop──────────────────────────────────────────────────────► CLOSED
/// ```
/// The handler hears of the end when OPEN is left, exactly once. Everything here runs on the loop's thread, but the
/// methods of [Link], which come from anywhere and are passed on to it.
abstract class Connection extends TimerWheel.Node implements Link, Sink, FrameHandler {

    /// How long the peer has to answer a close frame (RFC 6455 section 7.1.1 leaves it to us).
    private static final long CLOSE_TIMEOUT_NANOS = 5_000_000_000L;

    private static final long NEVER = Long.MAX_VALUE;

    /// A frame that is longer than this part of the bound and for no subscription is an answer with much
    /// history. One at a time does not count: who was too slow would else not get back what that cost it,
    /// however fast it is now.
    private static final int LARGE = 4;

    /// How many times the bound such an answer may be long, so that memory stays bounded.
    private static final long LARGEST = 8;

    private enum State {
        OPEN,
        CLOSING,
        FAILED,
        CLOSED
    }

    private final EventLoop loop;
    private final Encoding encoding;
    private final String remoteAddress;
    private final int outboxLimit;
    private final int writeTimeoutMillis;
    private final FrameDecoder decoder;
    private final Handler handler;

    /// What [Figures] tells. The loop writes them, others read them.
    private long messagesIn;

    private long bytesIn;
    private long messagesOut;
    private long bytesOut;
    private long activeAt;
    private boolean readPaused;
    private final boolean tls;

    private State state = State.OPEN;
    private boolean peerClosed;
    private long wakeAt = NEVER;
    private long closeAt = NEVER;

    /// Until when the peer must take more of what waits.
    private long writeBy = NEVER;

    private @Nullable Outbox outbox;

    Connection(EventLoop loop, Accepted accepted, Function<Link, Handler> owner) {
        this.loop = loop;
        this.activeAt = loop.now();
        this.tls = accepted.tls();
        this.encoding = accepted.encoding();
        this.remoteAddress = accepted.remoteAddress();
        this.outboxLimit = accepted.outboxLimit();
        this.writeTimeoutMillis = accepted.writeTimeoutMillis();
        this.decoder = new FrameDecoder(accepted.messageLimit());
        this.handler = owner.apply(this);
    }

    // ---- how bytes get in and out ----

    /// Writes what waits in the outbox as far as the peer takes it, and calls [#flushed] when all is written.
    abstract void flush();

    /// Writes without the outbox as much as the peer takes.
    ///
    /// @return how many bytes were written; -1 if the connection is broken
    abstract int writeNow(ByteBuffer bytes);

    /// Whether the peer has not taken what it could have taken by now.
    abstract boolean behind();

    /// No more will be written.
    abstract void shutdownOutput();

    abstract void closeSocket();

    abstract void readSocket(boolean enabled);

    // ---- Link ----

    @Override
    public Sink sink() {
        return this;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public Encoding encoding() {
        return encoding;
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public Figures figures() {
        Outbox waiting = outbox;
        return new Figures(
                messagesIn,
                bytesIn,
                messagesOut,
                bytesOut,
                waiting == null ? 0 : Math.max(0, waiting.bytes()),
                activeAt,
                readPaused,
                tls);
    }

    @Override
    public void active() {
        activeAt = loop.now();
    }

    @Override
    public void send(byte[] frame) {
        loop.run(() -> write(frame));
    }

    @Override
    public void close(Disconnect disconnect) {
        loop.run(() -> {
            // What was published before is still for this client.
            loop.shard().flush();
            closeNow(disconnect);
        });
    }

    @Override
    public void wakeAt(long nanoTime) {
        if (state == State.OPEN) {
            wakeAt = nanoTime;
            schedule();
        }
    }

    @Override
    public void read(boolean enabled) {
        loop.run(() -> {
            if (state != State.CLOSED) {
                readPaused = !enabled;
                readSocket(enabled);
            }
        });
    }

    // ---- Sink ----

    @Override
    public void write(byte[] frame, boolean publication, Subscription subscription) {
        if (state == State.OPEN) {
            loop.meter().delivered(encoding, 1);
            messagesOut++;
            bytesOut += frame.length;
            loop.slowConsumers().queue(outbox(), frame, publication, subscription, behind());
            loop.dirty(this);
            checkBound();
        }
    }

    @Override
    public void write(Batch batch, int from, Subscription subscription) {
        if (state != State.OPEN) {
            return;
        }
        loop.meter().delivered(encoding, batch.frames() - from);
        ByteBuffer bytes = batch.bytes(from);
        messagesOut += batch.frames() - from;
        bytesOut += bytes.remaining();
        activeAt = loop.now();
        int next = from;
        if (outboxEmpty()) {
            int start = bytes.position();
            int end = bytes.limit();
            int written = writeNow(bytes);
            if (written < 0 || start + written == end) {
                return;
            }
            // The peer's window is full: the rest waits, as references.
            int left = written;
            while (left >= batch.frame(next).length) {
                left -= batch.frame(next).length;
                next++;
            }
            if (left > 0) {
                outbox().addPart(batch.frame(next), left);
                next++;
            }
        }
        queue(batch, next, subscription);
        loop.dirty(this);
        checkBound();
    }

    private void queue(Batch batch, int from, Subscription subscription) {
        SlowConsumers slow = loop.slowConsumers();
        boolean behind = behind();
        int next = from;
        if (behind && batch.publications() && subscription.slowConsumer() == SlowConsumer.LATEST_ONLY) {
            next = Math.max(from, batch.frames() - 1);
            slow.skipped(outbox(), subscription, next - from);
        }
        for (int i = next; i < batch.frames(); i++) {
            slow.queue(outbox(), batch.frame(i), batch.publications(), subscription, behind);
        }
    }

    /// Sends a frame that is for no subscription.
    private void write(byte[] frame) {
        if (state == State.OPEN) {
            messagesOut++;
            bytesOut += frame.length;
            if (frame.length > outboxLimit / LARGE && frame.length <= outboxLimit * LARGEST) {
                outbox().addExtra(frame);
                loop.dirty(this);
            } else {
                enqueue(frame);
            }
            checkBound();
        }
    }

    private void enqueue(byte[] frame) {
        outbox().add(frame);
        loop.dirty(this);
    }

    private void checkBound() {
        if (outbox != null && outbox.counted() > outboxLimit) {
            loop.slowConsumers().relieve(outbox, outboxLimit);
            if (outbox.counted() > outboxLimit) {
                closeNow(DisconnectCode.SLOW.disconnect());
            }
        }
    }

    /// What waits for the peer.
    final long waitingBytes() {
        return outbox == null ? 0 : outbox.bytes();
    }

    @Override
    public Optional<About> about() {
        return handler.about();
    }

    final Outbox outbox() {
        Outbox box = outbox;
        if (box == null) {
            outbox = box = new Outbox();
        }
        return box;
    }

    boolean outboxEmpty() {
        return outbox == null || outbox.isEmpty();
    }

    /// Gives the outbox's memory back: an idle connection has none.
    private void releaseOutbox() {
        if (outbox != null && outbox.isEmpty()) {
            outbox = null;
        }
    }

    // ---- the ends ----

    private void closeNow(Disconnect disconnect) {
        if (state != State.OPEN) {
            return;
        }
        if (disconnect.code() == DisconnectCode.CONNECTION_CLOSED.code()) {
            ended(disconnect.code(), disconnect.reason(), false);
            return;
        }
        if (outbox != null && isForNotReading(disconnect)) {
            int dropped = outbox.dropUnbegun();
            boolean slow = disconnect.code() == DisconnectCode.SLOW.code();
            if (slow) {
                loop.slowConsumers().disconnected(dropped);
            }
            loop.meter().dropped(slow ? DropCause.SLOW : DropCause.WRITE_TIMEOUT, dropped);
        }
        enqueue(FrameEncoder.close(disconnect.code(), disconnect.reason()));
        leaveOpen(State.CLOSING, new Ending(disconnect.code(), disconnect.reason(), false));
    }

    /// Whether what waits would not be read anyway.
    private static boolean isForNotReading(Disconnect disconnect) {
        return disconnect.code() == DisconnectCode.SLOW.code()
                || disconnect.code() == DisconnectCode.WRITE_ERROR.code();
    }

    private void leaveOpen(State next, Ending ending) {
        state = next;
        wakeAt = NEVER;
        writeBy = NEVER;
        closeAt = System.nanoTime() + CLOSE_TIMEOUT_NANOS;
        schedule();
        readSocket(true);
        handler.onClosed(ending);
    }

    /// The socket is at its end, or is to be ended now.
    final void ended(int code, String reason, boolean byPeer) {
        if (state == State.CLOSED) {
            return;
        }
        boolean wasOpen = state == State.OPEN;
        state = State.CLOSED;
        loop.timers().cancel(this);
        loop.closed(this);
        if (outbox != null) {
            loop.meter().dropped(DropCause.GONE, outbox.frames());
            outbox.clear();
        }
        closeSocket();
        if (wasOpen) {
            handler.onClosed(new Ending(code, reason, byPeer));
        }
    }

    /// EOF or a broken socket.
    final void lost() {
        ended(1006, "connection lost", true);
    }

    /// The peer did not take all that waits.
    ///
    /// @param progress whether it took some of it
    final void blocked(boolean progress) {
        if (state == State.OPEN && writeTimeoutMillis > 0 && (progress || writeBy == NEVER)) {
            writeBy = System.nanoTime() + writeTimeoutMillis * 1_000_000L;
            schedule();
        }
    }

    /// Everything that waited is written.
    final void flushed() {
        writeBy = NEVER;
        if (outbox != null) {
            loop.slowConsumers().caughtUp(outbox);
        }
        releaseOutbox();
        if (state == State.CLOSING && peerClosed) {
            ended(1000, "", true);
        } else if (state == State.FAILED) {
            // The peer may still be sending; a close now would reset the connection and lose our close frame.
            shutdownOutput();
        }
    }

    @Override
    final void expired(long now) {
        if (closeAt - now <= 0) {
            ended(1006, "close timeout", false);
            return;
        }
        if (writeBy - now <= 0) {
            closeNow(DisconnectCode.WRITE_ERROR.disconnect());
            return;
        }
        if (wakeAt - now <= 0) {
            wakeAt = NEVER;
            handler.onWake(now);
        }
        schedule();
    }

    /// Sets the one timer to the earliest of the deadlines.
    private void schedule() {
        long next = Math.min(Math.min(wakeAt, closeAt), writeBy);
        if (next != NEVER && state != State.CLOSED) {
            loop.timers().schedule(this, next);
        }
    }

    // ---- input ----

    /// Takes bytes the peer sent.
    final void received(ByteBuffer bytes) {
        if (state == State.FAILED || state == State.CLOSED) {
            bytes.position(bytes.limit());
            return;
        }
        loop.meter().received(bytes.remaining());
        bytesIn += bytes.remaining();
        try {
            decoder.decode(bytes, this);
        } catch (WebSocketException violation) {
            failed(violation);
        }
    }

    final void failed(WebSocketException violation) {
        if (state == State.OPEN) {
            String reason = violation.getMessage() == null ? "" : violation.getMessage();
            enqueue(FrameEncoder.close(violation.closeCode(), reason));
            leaveOpen(State.FAILED, new Ending(violation.closeCode(), reason, false));
        } else if (state == State.CLOSING) {
            state = State.FAILED;
        }
    }

    @Override
    public void onMessage(boolean text, byte[] payload) {
        if (state == State.OPEN) {
            messagesIn++;
            handler.onMessage(text, payload);
        }
    }

    @Override
    public void onPing(byte[] payload) {
        if (state == State.OPEN) {
            write(FrameEncoder.pong(payload));
        }
    }

    @Override
    public void onPong(byte[] payload) {
        if (state == State.OPEN) {
            handler.onNativePong();
        }
    }

    @Override
    public void onClose(int code, String reason) {
        peerClosed = true;
        if (state == State.OPEN) {
            // RFC 6455 section 5.5.1: the answer echoes the status code that was received.
            enqueue(FrameEncoder.close(code, ""));
            leaveOpen(State.CLOSING, new Ending(code, reason, true));
        } else if (state == State.CLOSING && outboxEmpty()) {
            ended(1000, "", true);
        }
    }
}
