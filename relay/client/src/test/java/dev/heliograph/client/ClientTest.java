package dev.heliograph.client;

import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;

/// A client, a server to talk to, and time that passes on command.
abstract class ClientTest {

    /// With this the pause between tries is always the same.
    static final Duration PAUSE = Duration.ofSeconds(1);

    final ManualTime time = new ManualTime();
    final Heard heard = new Heard();
    final FakeRelay relay = new FakeRelay(Encoding.JSON);
    private final List<HeliographClient> clients = new ArrayList<>();
    final HeliographClient.Builder builder = builder(relay, Encoding.JSON);

    HeliographClient.Builder builder(FakeRelay to, Encoding encoding) {
        return HeliographClient.builder(to.uri())
                .encoding(encoding)
                .backoff(PAUSE, PAUSE)
                .listener(heard)
                .serverSubscriptions(heard);
    }

    HeliographClient build() {
        return build(builder);
    }

    HeliographClient build(HeliographClient.Builder from) {
        HeliographClient client = from.build(time, new SplittableRandom(11));
        clients.add(client);
        return client;
    }

    /// The server's side of a client that has just connected, as `c1`.
    FakePeer connected(HeliographClient client) {
        client.connect();
        FakePeer peer = welcomed("c1");
        heard.expect("connecting 0 connect called", "connected c1");
        return peer;
    }

    /// Accepts the next connection and its connect command.
    FakePeer welcomed(String id) {
        FakePeer peer = relay.peer();
        peer.expect(Request.Connect.class);
        peer.ok(Results.connect(id, Map.of()));
        return peer;
    }

    @AfterEach
    void end() {
        clients.forEach(HeliographClient::close);
        relay.close();
    }
}
