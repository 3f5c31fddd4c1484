package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.testkit.FaultProxy;
import dev.heliograph.testkit.RedisServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Relays that share a Redis: whichever of them a client is on, it sees the same channels.
class ClusterTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private static Relay relay(String redis) {
        return Relay.start(RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                client: {insecure: true}
                broker: {type: redis, redis: {address: ["%s"], timeout: 1s}}
                channel:
                  namespaces:
                    - {name: log, history_size: 100, history_ttl: 10m, force_recovery: true}
                    - {name: room, presence: true, join_leave: true, force_push_join_leave: true}
                """.formatted(redis)));
    }

    private static Request.Subscribe recovering(String channel, StreamPosition from) {
        return new Request.Subscribe(
                channel,
                "",
                true,
                from.epoch(),
                from.offset(),
                Bytes.EMPTY,
                false,
                false,
                false,
                "",
                Optional.empty(),
                0,
                0);
    }

    private static String text(Push push) {
        return ((Push.Pub) push).publication().data().text();
    }

    @Test
    void aPublicationOnOneRelayIsHeardOnAllAndRecoveredOnAny() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Relay one = relay(redis.address());
                Relay two = relay(redis.address());
                WireClient publisher = WireClient.connected(one.port(), Encoding.JSON)) {
            StreamPosition left;
            try (WireClient reader = WireClient.connected(two.port(), Encoding.PROTOBUF)) {
                Result.Subscribe subscribed = reader.subscribe(Request.Subscribe.to("log:a"));
                publisher.ok(Request.Publish.of("log:a", Bytes.utf8("1")));
                Push.Pub heard = (Push.Pub) reader.push().orElseThrow();
                assertThat(heard.publication().data().text()).isEqualTo("1");
                left = new StreamPosition(heard.publication().offset(), subscribed.epoch());
            }
            publisher.ok(Request.Publish.of("log:a", Bytes.utf8("2")));
            publisher.ok(Request.Publish.of("log:a", Bytes.utf8("3")));
            // It comes back on the other relay.
            try (WireClient reader = WireClient.connected(one.port(), Encoding.JSON)) {
                Result.Subscribe recovered = reader.subscribe(recovering("log:a", left));
                assertThat(recovered.recovered()).isTrue();
                assertThat(recovered.publications())
                        .extracting(publication -> publication.data().text())
                        .containsExactly("2", "3");
            }
        }
    }

    @Test
    void whoIsInARoomIsSeenFromAllRelays() throws Exception {
        try (RedisServer redis = RedisServer.start();
                Relay one = relay(redis.address());
                Relay two = relay(redis.address());
                WireClient ann = WireClient.connected(one.port(), Encoding.JSON);
                WireClient ben = WireClient.connected(two.port(), Encoding.JSON)) {
            ann.subscribe(Request.Subscribe.to("room:1"));
            assertThat(ann.push().orElseThrow()).isInstanceOf(Push.Join.class);
            ben.subscribe(Request.Subscribe.to("room:1"));
            assertThat(ann.push().orElseThrow()).isInstanceOf(Push.Join.class);
            Result.Presence presence = (Result.Presence) ann.ok(new Request.Presence("room:1"));
            assertThat(presence.presence()).hasSize(2);
        }
    }

    @Test
    void whileRedisIsAwayPublishesFailAndConnectionsStay() throws Exception {
        try (RedisServer redis = RedisServer.start("--appendonly yes", "--appendfsync always");
                Relay relay = relay(redis.address());
                WireClient client = WireClient.connected(relay.port(), Encoding.JSON)) {
            Result.Subscribe subscribed = client.subscribe(Request.Subscribe.to("log:a"));
            client.ok(Request.Publish.of("log:a", Bytes.utf8("1")));
            assertThat(text(client.push().orElseThrow())).isEqualTo("1");

            redis.kill();
            Reply refused = client.call(Request.Publish.of("log:a", Bytes.utf8("2")));
            assertThat(((Reply.Failed) refused).error().code()).isEqualTo(100);
            assertThat(((Reply.Failed) refused).error().temporary()).isTrue();
            Reply notNow = client.call(Request.Subscribe.to("log:b"));
            assertThat(((Reply.Failed) notNow).error().code()).isEqualTo(100);

            redis.restart();
            await().atMost(LONG)
                    .until(() -> client.call(Request.Publish.of("log:a", Bytes.utf8("3"))) instanceof Reply.Ok);
            await().atMost(LONG).until(() -> client.call(Request.Subscribe.to("log:b")) instanceof Reply.Ok);
            // What it missed while the relay was not subscribed, it is told of, or has heard.
            List<String> heard = recoveredOrHeard(client, new StreamPosition(1, subscribed.epoch()), "3");
            assertThat(heard).contains("3").doesNotContain("1");
            assertThat(relay.clientCount()).isEqualTo(1);
        }
    }

    @Test
    void aLossThatPubSubDoesNotTellEndsInInsufficientStateAndRecovery() throws Exception {
        try (RedisServer redis = RedisServer.start();
                FaultProxy proxy = FaultProxy.start(redis.port());
                Relay sender = relay(redis.address());
                Relay relay = relay(proxy.address());
                WireClient publisher = WireClient.connected(sender.port(), Encoding.JSON);
                WireClient client = WireClient.connected(relay.port(), Encoding.JSON)) {
            Result.Subscribe subscribed = client.subscribe(Request.Subscribe.to("log:a"));
            publisher.ok(Request.Publish.of("log:a", Bytes.utf8("1")));
            assertThat(text(client.push().orElseThrow())).isEqualTo("1");

            proxy.mode(FaultProxy.Mode.CUT);
            publisher.ok(Request.Publish.of("log:a", Bytes.utf8("2")));
            proxy.mode(FaultProxy.Mode.PASS);

            Push.Unsubscribe gap = (Push.Unsubscribe) client.push().orElseThrow();
            assertThat(gap.code()).isEqualTo(2500);
            Result.Subscribe recovered =
                    client.subscribe(recovering("log:a", new StreamPosition(1, subscribed.epoch())));
            assertThat(recovered.recovered()).isTrue();
            assertThat(recovered.publications())
                    .extracting(publication -> publication.data().text())
                    .containsExactly("2");
        }
    }

    /// Reads until a text was heard, coming back where the relay says that something is missing.
    private static List<String> recoveredOrHeard(WireClient client, StreamPosition from, String last)
            throws IOException {
        List<String> heard = new ArrayList<>();
        while (!heard.contains(last)) {
            switch (client.push().orElseThrow()) {
                case Push.Pub pub -> heard.add(pub.publication().data().text());
                case Push.Unsubscribe _ ->
                    client.subscribe(recovering("log:a", from))
                            .publications()
                            .forEach(each -> heard.add(each.data().text()));
                default -> {}
            }
        }
        return heard;
    }
}
