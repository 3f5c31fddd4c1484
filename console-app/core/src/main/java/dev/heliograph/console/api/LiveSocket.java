package dev.heliograph.console.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.StreamError;
import dev.heliograph.console.wire.StreamMessage;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Reads one stream: hands on one message after the other, and asks for the next one when that is done, so
/// that a slow listener holds up the relay and not this heap.
final class LiveSocket implements WebSocket.Listener {

    private static final int NORMAL = 1000;

    /// Without a close frame (RFC 6455 section 7.1.5).
    private static final int BROKEN = 1006;

    /// A page of 200 connections takes less than a tenth of it.
    private static final int MAX_CHARACTERS = 4 << 20;

    private final URI address;
    private final LiveFeed.Listener listener;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private volatile boolean heard = true;

    LiveSocket(URI address, LiveFeed.Listener listener) {
        this.address = address;
        this.listener = listener;
    }

    /// Completed when the stream has ended in order; failed with an [AdminException] if not.
    CompletableFuture<@Nullable Void> end() {
        return end;
    }

    /// Whether anything was heard since this was asked the last time.
    boolean alive() {
        boolean was = heard;
        heard = false;
        return was;
    }

    /// The address is given up.
    void abort() {
        end.completeExceptionally(
                new AdminException(Kind.UNREACHABLE, Messages.text("link.stream.abandoned", address)));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        heard = true;
        if (end.isDone()) {
            return null;
        }
        text.append(data);
        if (text.length() > MAX_CHARACTERS) {
            end.completeExceptionally(
                    Refusals.garbage(address, Messages.text("link.garbage.long"), new IllegalStateException("long")));
            return null;
        }
        if (last) {
            String whole = text.toString();
            text.setLength(0);
            receive(whole);
        }
        socket.request(1);
        return null;
    }

    private void receive(String whole) {
        try {
            StreamMessage message = Json.MAPPER.readValue(whole, StreamMessage.class);
            if (message instanceof StreamError error) {
                end.completeExceptionally(Refusals.of(error.error()));
            } else if (message != null) {
                // Those that this console does not know are none to Jackson.
                listener.onMessage(message);
            }
        } catch (JsonProcessingException e) {
            end.completeExceptionally(Refusals.garbage(address, Messages.text("link.garbage.json"), e));
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
        heard = true;
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
        heard = true;
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        if (code == NORMAL) {
            end.complete(null);
        } else if (code == BROKEN) {
            end.completeExceptionally(new AdminException(
                    Kind.UNREACHABLE,
                    Messages.text("link.stream.broken", address, Messages.text("link.reason.closed"))));
        } else {
            // Also for a token that is not accepted any more: the next handshake says so.
            end.completeExceptionally(new AdminException(
                    Kind.UNAVAILABLE, Messages.text("link.stream.closed", address, String.valueOf(code), reason)));
        }
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        end.completeExceptionally(new AdminException(
                Kind.UNREACHABLE, Messages.text("link.stream.broken", address, Reasons.of(error)), error));
    }
}
