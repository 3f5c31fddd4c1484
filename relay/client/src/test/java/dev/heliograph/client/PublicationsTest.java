package dev.heliograph.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.UnsubscribeCode;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PublicationsTest extends ClientTest {

    private final HeliographClient client = build();
    private final Subscription subscription = client.subscription("chat");
    private final Publications publications = subscription.publications();

    private FakePeer begin() {
        FakePeer peer = connected(client);
        subscription.subscribe();
        peer.expect(Request.Subscribe.class);
        peer.ok(Results.recoverable("e", 0));
        return peer;
    }

    @Test
    void comeInALoopUntilTheApplicationUnsubscribes() {
        FakePeer peer = begin();
        for (int offset = 1; offset <= 3; offset++) {
            peer.push(new Push.Pub("chat", Results.publication(offset)));
        }
        long expected = 1;
        for (Publication publication : publications) {
            assertThat(publication.offset()).isEqualTo(expected++);
            if (publication.offset() == 3) {
                subscription.unsubscribe();
            }
        }
        assertThat(expected).isEqualTo(4);
        peer.expect(Request.Unsubscribe.class);
    }

    @Test
    void endWithAnExceptionWhenTheServerEndsTheSubscription() {
        FakePeer peer = begin();
        peer.push(new Push.Pub("chat", Results.publication(1)));
        peer.push(new Push.Unsubscribe("chat", UnsubscribeCode.SERVER));
        Iterator<Publication> iterator = publications.iterator();
        assertThat(iterator.next().offset()).isEqualTo(1);
        assertThatThrownBy(iterator::hasNext)
                .isInstanceOfSatisfying(
                        UnsubscribedException.class,
                        error -> assertThat(error.why().code()).isEqualTo(2000));
    }

    @Test
    void unsubscribeWhenTheyAreClosed() {
        FakePeer peer = begin();
        peer.push(new Push.Pub("chat", Results.publication(1)));
        peer.push(new Push.Pub("chat", Results.publication(2)));
        try (publications) {
            assertThat(publications.iterator().hasNext()).isTrue();
        }
        peer.expect(Request.Unsubscribe.class);
        peer.ok(new Result.Unsubscribe());
        assertThatIllegalStateException().isThrownBy(publications::iterator);
    }

    @Test
    void endWhenTheThreadIsInterrupted() {
        begin();
        CompletableFuture<Boolean> more = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(
                () -> more.complete(publications.iterator().hasNext()));
        thread.interrupt();
        assertThat(more.join()).isFalse();
    }

    @Test
    void endWithTheClient() {
        subscription.subscribe();
        client.close();
        assertThat(publications.iterator().hasNext()).isFalse();
    }

    @Test
    void goToTheListenerAgainWhenTheLoopIsOver() {
        Subscription listened = client.subscription("more", SubscriptionOptions.DEFAULT.withListener(heard));
        try (Publications loop = listened.publications()) {
            assertThat(loop).isNotNull();
        }
        FakePeer peer = connected(client);
        listened.subscribe();
        peer.expect(Request.Subscribe.class);
        peer.ok(Results.recoverable("e", 0));
        listened.subscribe().join();
        listened.unsubscribe();
        peer.expect(Request.Unsubscribe.class);
        peer.ok(new Result.Unsubscribe());
        listened.subscribe();
        peer.expect(Request.Subscribe.class);
        peer.ok(Results.recoverable("e", 0));
        peer.push(new Push.Pub("more", Results.publication(1)));
        heard.expect(
                "more subscribing 0 subscribe called",
                "more subscribed at e:0",
                "more unsubscribed 0 unsubscribe called",
                "more subscribing 0 subscribe called",
                "more subscribed at e:0",
                "more 1 {\"n\":1}");
    }
}
