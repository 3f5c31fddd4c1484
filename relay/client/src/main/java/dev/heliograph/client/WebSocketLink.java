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
import org.jspecify.annotations.Nullable;

/// A link on the JDK's WebSocket. Puts fragments together, up to a bound; passes on the wish for more, message by
/// message, so that an application which does not keep up slows the server down and fills no memory.
final class WebSocketLink implements Link, WebSocket.Listener {

    private static final String PROTOBUF_SUBPROTOCOL = "centrifuge-protobuf";
    private static final int ABNORMAL = 1006;
    private static final int TOO_BIG = 1009;

    /// What a peer may take to answer a close frame.
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

    private final Listener listener;
    private final Encoding encoding;
    private final int maxMessageBytes;
    private final Timing timing;
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private final StringBuilder text = new StringBuilder();
    private volatile boolean silent;
    private @Nullable WebSocket socket;

    private WebSocketLink(Listener listener, ClientConfig config, Timing timing) {
        this.listener = listener;
        this.encoding = config.encoding();
        this.maxMessageBytes = config.maxMessageBytes();
        this.timing = timing;
    }

    static Opener opener(HttpClient http, ClientConfig config, Timing timing) {
        return listener -> {
            WebSocketLink link = new WebSocketLink(listener, config, timing);
            WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(config.connectTimeout());
            config.headers().forEach(builder::header);
            if (config.encoding() == Encoding.PROTOBUF) {
                builder.subprotocols(PROTOBUF_SUBPROTOCOL);
            }
            return builder.buildAsync(config.endpoint(), link).thenApply(link::opened);
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
        if (socket == null) {
            throw new IllegalStateException("not open yet");
        }
        return socket;
    }

    @Override
    public CompletableFuture<?> send(byte[] frame) {
        return encoding == Encoding.JSON
                ? socket().sendText(new String(frame, UTF_8), true)
                : socket().sendBinary(ByteBuffer.wrap(frame), true);
    }

    @Override
    public void request() {
        socket().request(1);
    }

    @Override
    public void close() {
        silent = true;
        WebSocket closing = socket();
        timing.after(CLOSE_GRACE, closing::abort);
        closing.sendClose(WebSocket.NORMAL_CLOSURE, "").whenComplete((_, error) -> {
            if (error != null) {
                closing.abort();
            }
        });
        // What still arrives is read and dropped on the way to the peer's close frame.
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
        if (silent) {
            from.request(1);
        } else {
            listener.frame(frame);
        }
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
