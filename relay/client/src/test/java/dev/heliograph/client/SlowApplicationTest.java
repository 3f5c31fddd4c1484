package dev.heliograph.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SlowApplicationTest extends ClientTest {

    private static final int BUFFERED = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration PING_GRACE = Duration.ofSeconds(5);

    private final CountDownLatch busy = new CountDownLatch(1);

    /// Does nothing with its first publication until the latch is open.
    private final SubscriptionListener slow = new SubscriptionListener() {
        @Override
        public void onSubscribing(String channel, Cause cause) {
            heard.onSubscribing(channel, cause);
        }

        @Override
        public void onSubscribed(String channel, SubscribedEvent event) {
            heard.onSubscribed(channel, event);
        }

        @Override
        public void onPublication(String channel, Publication publication) {
            try {
                busy.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            heard.onPublication(channel, publication);
        }
    };

    private final HeliographClient client =
            build(builder.bufferedEvents(BUFFERED).serverSubscriptions(slow));

    private FakePeer subscribed() {
        FakePeer peer = connected(client);
        client.subscription("chat", SubscriptionOptions.DEFAULT.withListener(slow))
                .subscribe();
        peer.expect(Request.Subscribe.class);
        peer.ok(Results.recoverable("e", 0));
        heard.expect("chat subscribing 0 subscribe called", "chat subscribed at e:0");
        return peer;
    }

    private static void push(FakePeer peer, String channel, int from, int to) {
        for (int offset = from; offset <= to; offset++) {
            peer.push(new Push.Pub(channel, Results.publication(offset)));
        }
    }

    private void expectPublications(String channel, int from, int to) {
        for (int offset = from; offset <= to; offset++) {
            heard.expect("%s %d {\"n\":%d}".formatted(channel, offset, offset));
        }
    }

    @Test
    void holdsTheServerBackAndLosesNothing() {
        FakePeer peer = subscribed();
        // 32 MiB are more than the buffers of both sockets hold.
        int all = 2_000;
        Bytes large = Bytes.utf8("\"%s\"".formatted("x".repeat(16_384)));
        AtomicInteger written = new AtomicInteger();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(
                () -> {
                    for (int offset = 1; offset <= all; offset++) {
                        peer.push(new Push.Pub("chat", Publication.of(large).at(offset)));
                        written.set(offset);
                    }
                },
                Thread::startVirtualThread);
        time.awaitPlanned(PATIENCE);
        assertThat(writing).isNotDone();
        assertThat(written.get()).isLessThan(all);
        busy.countDown();
        for (int offset = 1; offset <= all; offset++) {
            assertThat(heard.next()).startsWith("chat " + offset + " ");
        }
        writing.join();
        await().untilAsserted(() -> assertThat(time.pending()).doesNotContain(PATIENCE));
    }

    @Test
    void leavesTheChannelForAsLongAsItsApplicationIsBehind() {
        FakePeer peer = subscribed();
        push(peer, "chat", 1, 3 * BUFFERED);
        time.passPlanned(PATIENCE);
        peer.expect(Request.Unsubscribe.class);
        peer.ok(new Result.Unsubscribe());

        // Everything else goes on meanwhile.
        CompletableFuture<Void> published = client.publish("other", Bytes.utf8("1"));
        peer.expect(Request.Publish.class);
        peer.ok(new Result.Publish());
        published.join();

        busy.countDown();
        expectPublications("chat", 1, BUFFERED);
        heard.expect("chat subscribing 2 consumer behind");
        Request.Subscribe again = peer.expect(Request.Subscribe.class);
        assertThat(again.recover()).isTrue();
        assertThat(again.offset()).isEqualTo(BUFFERED);
        peer.ok(Results.recovered("e", BUFFERED, Results.publication(BUFFERED + 1)));
        heard.expect("chat subscribed at e:10, recovered");
        expectPublications("chat", BUFFERED + 1, BUFFERED + 1);
    }

    @Test
    void doesNotSubscribeAgainWhileItsApplicationIsBehind() {
        FakePeer peer = subscribed();
        push(peer, "chat", 1, BUFFERED);
        time.awaitPlanned(PATIENCE);
        time.passPlanned(PATIENCE);
        peer.expect(Request.Unsubscribe.class);
        peer.drop();
        heard.expect("connecting 1 transport closed");
        time.passPlanned(PAUSE);
        FakePeer second = welcomed("c2");
        second.ping();
        second.expect(Request.Pong.class);
        heard.expect("connected c2");
        busy.countDown();
        assertThat(second.expect(Request.Subscribe.class).offset()).isEqualTo(BUFFERED);
    }

    @Test
    void takesWhatIsInOneFrameBeyondItsBound() {
        FakePeer peer = subscribed();
        Reply[] replies = new Reply[5 * BUFFERED];
        for (int i = 0; i < replies.length; i++) {
            replies[i] = new Reply.Pushed(new Push.Pub("chat", Results.publication(i + 1)));
        }
        peer.send(replies);
        time.awaitPlanned(PATIENCE);
        busy.countDown();
        expectPublications("chat", 1, replies.length);
    }

    @Test
    void keepsSubscriptionsOfTheServerAndWaits() {
        client.connect();
        FakePeer peer = relay.peer();
        peer.expect(Request.Connect.class);
        peer.ok(Results.connect("c1", Map.of("news", Results.recoverable("e", 0))));
        push(peer, "news", 1, 3 * BUFFERED);
        time.passPlanned(PATIENCE);
        busy.countDown();
        heard.next();
        heard.next();
        heard.expect("news subscribed at e:0");
        expectPublications("news", 1, 3 * BUFFERED);
    }

    @Test
    void noticesTheEndOfAConnectionThatCameWhileItDidNotRead() {
        HeliographClient narrow = build(builder.bufferedEvents(1));
        narrow.connect();
        FakePeer peer = welcomed("c1");
        heard.expect("connecting 0 connect called", "connected c1");
        narrow.subscription("chat", SubscriptionOptions.DEFAULT.withListener(slow))
                .subscribe();
        peer.expect(Request.Subscribe.class);
        peer.ok(Results.recoverable("e", 0));
        heard.expect("chat subscribing 0 subscribe called", "chat subscribed at e:0");
        push(peer, "chat", 1, 5);
        time.awaitPlanned(PATIENCE);
        peer.drop();
        busy.countDown();
        expectPublications("chat", 1, 5);
        await().until(() -> {
            if (time.pending().contains(PING_GRACE)) {
                time.pass(PING_GRACE);
            }
            return !heard.nothingMore();
        });
        assertThat(heard.next()).endsWith("1 transport closed");
    }
}
