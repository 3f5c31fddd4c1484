package dev.heliograph.cli.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.cli.Causes;
import dev.heliograph.cli.Failure;
import dev.heliograph.cli.Table;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the stream of the admin API: hands on one message after the other, and asks for the next one when that
/// is
/// done.
final class StreamReader implements WebSocket.Listener {

    private static final int NORMAL = 1000;

    private final URI url;
    private final Consumer<JsonNode> messages;
    private final CompletableFuture<Void> end;
    private final StringBuilder text = new StringBuilder();

    /// @param end completed when the stream has ended, failed if that was not in order
    StreamReader(URI url, Consumer<JsonNode> messages, CompletableFuture<Void> end) {
        this.url = url;
        this.messages = messages;
        this.end = end;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            String whole = text.toString();
            text.setLength(0);
            try {
                messages.accept(AdminClient.JSON.readTree(whole));
            } catch (JsonProcessingException e) {
                end.completeExceptionally(new Failure(url + ": what it says is not JSON", e));
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
            }
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        if (code == NORMAL) {
            end.complete(null);
        } else {
            end.completeExceptionally(new Failure(url + ": the stream was ended: " + code + " " + Table.safe(reason)));
        }
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        end.completeExceptionally(new Failure(url + ": the stream broke off: " + Causes.reason(error), error));
    }
}
