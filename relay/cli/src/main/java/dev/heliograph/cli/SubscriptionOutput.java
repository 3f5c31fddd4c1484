package dev.heliograph.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.heliograph.client.Cause;
import dev.heliograph.client.ClientListener;
import dev.heliograph.client.ConnectionState;
import dev.heliograph.client.SubscribedEvent;
import dev.heliograph.client.SubscriptionListener;
import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.JsonText;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Prints what one subscription hears: publications to `out`, what happens to its connection to `err`.
///
/// Completes `end` when enough was printed or nobody reads it, and fails it when nothing more will come: then, and when
/// the first try to connect fails, since whoever typed the command has probably mistyped the address.
final class SubscriptionOutput {

    private final PrintWriter out;
    private final PrintWriter err;
    private final URI endpoint;
    private final boolean json;
    private final long count;
    private final CompletableFuture<Void> end;

    private volatile boolean connectedBefore;

    /// Written by the subscription's listener only, whose calls come one after the other.
    private long printed;

    /// What was printed last.
    private volatile Optional<StreamPosition> position = Optional.empty();

    private String epoch = "";

    SubscriptionOutput(
            PrintWriter out, PrintWriter err, URI endpoint, boolean json, long count, CompletableFuture<Void> end) {
        this.out = out;
        this.err = err;
        this.endpoint = endpoint;
        this.json = json;
        this.count = count;
        this.end = end;
    }

    ClientListener connection() {
        return new ClientListener() {
            @Override
            public void onConnecting(Cause cause) {
                if (connectedBefore) {
                    tell("connection lost (" + cause + "), reconnecting");
                }
            }

            @Override
            public void onConnected(ConnectionState.Connected state) {
                connectedBefore = true;
            }

            @Override
            public void onDisconnected(Cause cause) {
                end.completeExceptionally(new Failure(endpoint + ": disconnected: " + cause));
            }

            @Override
            public void onError(Throwable error) {
                String reason = endpoint + ": " + Causes.reason(error);
                if (connectedBefore) {
                    tell(reason);
                } else {
                    end.completeExceptionally(new Failure(reason, error));
                }
            }
        };
    }

    SubscriptionListener subscription() {
        return new SubscriptionListener() {
            @Override
            public void onSubscribed(String channel, SubscribedEvent event) {
                epoch = event.position().epoch();
                boolean incomplete = event.wasRecovering() && !event.recovered();
                tell("subscribed to " + channel
                        + (incomplete ? "; the history does not reach back, publications are missing" : ""));
            }

            @Override
            public void onPublication(String channel, Publication publication) {
                print(publication);
            }

            @Override
            public void onUnsubscribed(String channel, Cause cause) {
                end.completeExceptionally(new Failure(channel + ": subscription refused or ended: " + cause));
            }

            @Override
            public void onError(String channel, Throwable error) {
                tell(channel + ": " + Causes.reason(error));
            }
        };
    }

    /// Tells where to go on from.
    void last() {
        position.ifPresent(last -> tell("go on with --since " + Conversions.Position.write(last)));
    }

    private void tell(String text) {
        err.println(text);
        err.flush();
    }

    private void print(Publication publication) {
        if (printed >= count) {
            return;
        }
        printed++;
        if (publication.offset() != 0) {
            position = Optional.of(new StreamPosition(publication.offset(), epoch));
        }
        out.println(json ? object(publication) : line(publication.data()));
        if (out.checkError() || printed == count) {
            end.complete(null);
        }
    }

    /// JSON may be spread over lines, where a line break is as good as a space; anything that is not JSON goes
    /// as Base64 if it would not fit a line.
    private static String line(Bytes data) {
        String text = data.text();
        if (JsonText.isValid(data.array())) {
            return text.replace("\r", " ").replace("\n", " ");
        }
        boolean printable = Bytes.utf8(text).equals(data) && text.chars().noneMatch(Character::isISOControl);
        return printable ? text : base64(data);
    }

    private static String base64(Bytes data) {
        return Base64.getEncoder().encodeToString(data.array());
    }

    private String object(Publication publication) {
        ObjectNode object = ApiClient.JSON.createObjectNode();
        position.ifPresent(at -> object.put("position", Conversions.Position.write(at)));
        publication.info().ifPresent(info -> object.put("user", info.user()).put("client", info.client()));
        if (!publication.tags().isEmpty()) {
            object.set("tags", ApiClient.JSON.valueToTree(publication.tags()));
        }
        if (JsonText.isValid(publication.data().array())) {
            object.putRawValue("data", new RawValue(line(publication.data())));
        } else {
            object.put("b64data", base64(publication.data()));
        }
        return object.toString();
    }
}
