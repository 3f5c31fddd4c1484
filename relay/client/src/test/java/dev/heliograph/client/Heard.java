package dev.heliograph.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What listeners were told, as one line each.
final class Heard implements ClientListener, SubscriptionListener {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /// The next lines are these.
    void expect(String... expected) {
        for (String each : expected) {
            assertThat(next()).isEqualTo(each);
        }
    }

    String next() {
        try {
            String line = lines.poll(FakeRelay.PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("nothing more was heard");
            }
            return line;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    boolean nothingMore() {
        return lines.isEmpty();
    }

    // ---- ClientListener ----

    @Override
    public void onConnecting(Cause cause) {
        lines.add("connecting " + cause);
    }

    @Override
    public void onConnected(ConnectionState.Connected state) {
        lines.add("connected " + state.clientId());
    }

    @Override
    public void onDisconnected(Cause cause) {
        lines.add("disconnected " + cause);
    }

    @Override
    public void onError(Throwable error) {
        lines.add("error " + error.getClass().getSimpleName());
    }

    @Override
    public void onMessage(Bytes data) {
        lines.add("message " + data.text());
    }

    // ---- SubscriptionListener ----

    @Override
    public void onSubscribing(String channel, Cause cause) {
        lines.add("%s subscribing %s".formatted(channel, cause));
    }

    @Override
    public void onSubscribed(String channel, SubscribedEvent event) {
        lines.add("%s subscribed at %s:%d%s"
                .formatted(
                        channel,
                        event.position().epoch(),
                        event.position().offset(),
                        !event.wasRecovering() ? "" : event.recovered() ? ", recovered" : ", not recovered"));
    }

    @Override
    public void onPublication(String channel, Publication publication) {
        lines.add("%s %d %s"
                .formatted(channel, publication.offset(), publication.data().text()));
    }

    @Override
    public void onJoin(String channel, ClientInfo info) {
        lines.add("%s join %s".formatted(channel, info.user()));
    }

    @Override
    public void onLeave(String channel, ClientInfo info) {
        lines.add("%s leave %s".formatted(channel, info.user()));
    }

    @Override
    public void onUnsubscribed(String channel, Cause cause) {
        lines.add("%s unsubscribed %s".formatted(channel, cause));
    }

    @Override
    public void onError(String channel, Throwable error) {
        lines.add("%s error %s".formatted(channel, error.getClass().getSimpleName()));
    }
}
