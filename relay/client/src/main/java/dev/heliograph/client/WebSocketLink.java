package dev.heliograph.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.protocol.Encoding;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A link on the JDK's WebSocket. Puts fragments together, up to a bound; asks for more only as messages are dealt
/// with, so that an application which does not keep up slows the server down and fills no memory.
///
/// The JDK loses the end of a TCP connection that comes while no message is asked for: it tells the listener nothing,
/// then or later. So the next message is asked for before the current one is passed on, within the call that brings it,
/// which works if the client's executor runs tasks at once ([#client]). When the messages that may be under way are
/// used up this can not be done; a ping shows afterwards whether the connection still lives.
final class WebSocketLink implements Link, WebSocket.Listener {

    private static final String PROTOBUF_SUBPROTOCOL = "centrifuge-protobuf";
    private static final int ABNORMAL = 1006;
    private static final int TOO_BIG = 1009;

    /// How many messages are taken from the socket before the first of them is dealt with.
    private static final int AHEAD = 4;

    /// What a peer may take to answer a close frame or a ping.
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Listener listener;
    private final Encoding encoding;
    private final int maxMessageBytes;
    private final Timing timing;
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong received = new AtomicLong();
    private volatile boolean started;
    private volatile boolean silent;
    private volatile @Nullable WebSocket socket;

    private WebSocketLink(Listener listener, ClientConfig config, Timing timing) {
        this.listener = listener;
        this.encoding = config.encoding();
        this.maxMessageBytes = config.maxMessageBytes();
        this.timing = timing;
    }

    /// Prepares an HTTP client for links: what it runs in its executor, here, never blocks.
    static HttpClient client(HttpClient.Builder builder) {
        return builder.executor(Runnable::run).build();
    }

    static Opener opener(HttpClient http, ClientConfig config, Timing timing) {
        return listener -> {
            WebSocketLink link = new WebSocketLink(listener, config, timing);
            WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(config.connectTimeout());
            config.headers().forEach(builder::header);
            if (config.encoding() == Encoding.PROTOBUF) {
                builder.subprotocols(PROTOBUF_SUBPROTOCOL);
            }
            // Name resolution blocks.
            return CompletableFuture.supplyAsync(
                            () -> builder.buildAsync(config.endpoint(), link), Thread::startVirtualThread)
                    .thenCompose(Function.identity())
                    .thenApply(link::opened);
        };
    }

    private Link opened(WebSocket opened) {
        if (encoding == Encoding.PROTOBUF && !opened.getSubprotocol().equals(PROTOBUF_SUBPROTOCOL)) {
            opened.abort();
            throw new IllegalStateException("the server did not agree to speak Protobuf");
        }
        return this;
    }

    private WebSocket socket() {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("not open yet");
        }
        return open;
    }

    @Override
    public CompletableFuture<?> send(byte[] frame) {
        return encoding == Encoding.JSON
                ? socket().sendText(new String(frame, UTF_8), true)
                : socket().sendBinary(ByteBuffer.wrap(frame), true);
    }

    @Override
    public void request() {
        if (!started) {
            started = true;
            socket().request(1);
        } else if (underWay.getAndDecrement() == AHEAD) {
            socket().request(1);
            probe();
        }
    }

    /// Nothing was asked for until now.
    private void probe() {
        long before = received.get();
        socket().sendPing(ByteBuffer.allocate(0)).whenComplete((_, error) -> {
            if (error != null) {
                ended(ABNORMAL, "no longer open");
            }
        });
        timing.after(GRACE, () -> {
            // Still waiting for something, and neither a pong nor anything else came.
            if (received.get() == before && underWay.get() < AHEAD) {
                ended(ABNORMAL, "no answer to a ping");
            }
        });
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        received.incrementAndGet();
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        silent = true;
        WebSocket closing = socket();
        timing.after(GRACE, closing::abort);
        closing.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((_, error) -> {
            if (error != null) {
                closing.abort();
            }
        });
        // What still arrives is read and dropped, on the way to the peer's close frame.
        closing.request(1);
    }

    // ---- WebSocket.Listener ----

    @Override
    public void onOpen(WebSocket opened) {
        // The first message is asked for by request().
        socket = opened;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        if (text.length() + data.length() > maxMessageBytes) {
            return tooBig(from);
        }
        if (!last) {
            text.append(data);
            from.request(1);
        } else if (text.isEmpty()) {
            received(from, data.toString().getBytes(UTF_8));
        } else {
            byte[] frame = text.append(data).toString().getBytes(UTF_8);
            text.setLength(0);
            received(from, frame);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        if (binary.size() + data.remaining() > maxMessageBytes) {
            return tooBig(from);
        }
        byte[] part = new byte[data.remaining()];
        data.get(part);
        if (!last) {
            binary.writeBytes(part);
            from.request(1);
        } else if (binary.size() == 0) {
            received(from, part);
        } else {
            binary.writeBytes(part);
            byte[] frame = binary.toByteArray();
            binary.reset();
            received(from, frame);
        }
        return null;
    }

    private void received(WebSocket from, byte[] frame) {
        received.incrementAndGet();
        if (silent) {
            from.request(1);
            return;
        }
        if (underWay.incrementAndGet() < AHEAD) {
            from.request(1);
        }
        listener.frame(frame);
    }

    private @Nullable CompletionStage<?> tooBig(WebSocket from) {
        from.abort();
        ended(TOO_BIG, "message too big");
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        ended(code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        ended(ABNORMAL, String.valueOf(error.getMessage()));
    }

    private void ended(int code, String reason) {
        if (!silent) {
            silent = true;
            listener.closed(code, reason);
        }
    }
}
