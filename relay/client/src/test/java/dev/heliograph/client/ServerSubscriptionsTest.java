package dev.heliograph.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.StreamPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerSubscriptionsTest extends ClientTest {

    private final Heard subscriptions = new Heard();

    private HeliographClient client() {
        return build(builder.serverSubscriptions(subscriptions));
    }

    private FakePeer connectedWithNews() {
        client().connect();
        FakePeer peer = relay.peer();
        assertThat(peer.expect(Request.Connect.class).subs()).isEmpty();
        peer.ok(Results.connect("c1", Map.of("news", Results.recoverable("e", 4))));
        subscriptions.expect("news subscribed at e:4");
        return peer;
    }

    @Test
    void hearsWhatComesOnThem() {
        FakePeer peer = connectedWithNews();
        ClientInfo ann = new ClientInfo("ann", "c9", Bytes.EMPTY, Bytes.EMPTY);
        peer.push(new Push.Pub("news", Results.publication(5)));
        peer.push(new Push.Pub("news", Results.publication(5)));
        peer.push(new Push.Join("news", ann));
        peer.push(new Push.Leave("news", ann));
        peer.push(new Push.Unsubscribe("news", 2000, "server unsubscribe"));
        peer.push(new Push.Pub("news", Results.publication(6)));
        peer.push(new Push.Subscribe("more", true, new StreamPosition(1, "f"), true, Bytes.EMPTY));
        peer.push(new Push.Pub("more", Results.publication(2)));
        subscriptions.expect(
                "news 5 {\"n\":5}",
                "news join ann",
                "news leave ann",
                "news unsubscribed 2000 server unsubscribe",
                "more subscribed at f:1",
                "more 2 {\"n\":2}");
    }

    @Test
    void recoversThemWithTheConnect() {
        FakePeer peer = connectedWithNews();
        peer.push(new Push.Subscribe("more", true, new StreamPosition(1, "f"), true, Bytes.EMPTY));
        peer.push(new Push.Subscribe("plain", false, StreamPosition.START, false, Bytes.EMPTY));
        peer.push(new Push.Pub("news", Results.publication(5)));
        subscriptions.expect("more subscribed at f:1", "plain subscribed at :0", "news 5 {\"n\":5}");
        peer.drop();
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            lost.add(subscriptions.next());
        }
        assertThat(lost)
                .containsExactlyInAnyOrder(
                        "news subscribing 1 transport closed",
                        "more subscribing 1 transport closed",
                        "plain subscribing 1 transport closed");
        time.passPlanned(PAUSE);
        FakePeer second = relay.peer();
        Map<String, Request.Subscribe> asked =
                second.expect(Request.Connect.class).subs();
        assertThat(asked).containsOnlyKeys("news", "more");
        assertThat(asked.get("news"))
                .satisfies(sub -> assertThat(new StreamPosition(sub.offset(), sub.epoch()))
                        .isEqualTo(new StreamPosition(5, "e")));
        second.ok(Results.connect("c2", Map.of("news", Results.recovered("e", 5, Results.publication(6)))));
        List<String> gone = List.of(subscriptions.next(), subscriptions.next());
        assertThat(gone)
                .containsExactlyInAnyOrder(
                        "more unsubscribed 2000 server unsubscribe", "plain unsubscribed 2000 server unsubscribe");
        subscriptions.expect("news subscribed at e:5, recovered", "news 6 {\"n\":6}");
    }
}
