package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Disconnect;
import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.server.auth.TokenIssuer;
import dev.heliograph.testkit.RelayProcess;
import io.github.centrifugal.centrifuge.ConnectedEvent;
import io.github.centrifugal.centrifuge.ConnectingEvent;
import io.github.centrifugal.centrifuge.DisconnectedEvent;
import io.github.centrifugal.centrifuge.HistoryOptions;
import io.github.centrifugal.centrifuge.HistoryResult;
import io.github.centrifugal.centrifuge.PresenceResult;
import io.github.centrifugal.centrifuge.PresenceStatsResult;
import io.github.centrifugal.centrifuge.PublishResult;
import io.github.centrifugal.centrifuge.StreamPosition;
import io.github.centrifugal.centrifuge.SubscribingEvent;
import io.github.centrifugal.centrifuge.UnsubscribedEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The codes that the official Java SDK sees: errors, unsubscribes and disconnects.
@ExtendWith(SdkWorld.Extension.class)
class JavaSdkCodesTest {

    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private final String user = "user-" + id;
    private final SdkWorld world;

    JavaSdkCodesTest(SdkWorld world) {
        this.world = world;
    }

    @ParameterizedTest
    @CsvSource({"nowhere:x, {}, 102", "x, {}, 103", "objects:x, [], 107"})
    void publishFailsWith(String channel, String data, int code) throws Exception {
        try (JavaClient client = JavaClient.connected(world.main, token())) {
            assertThat(JavaClient.<PublishResult>errorOf(
                            callback -> client.sdk().publish(channel, data.getBytes(UTF_8), callback)))
                    .isEqualTo(code);
        }
    }

    @Test
    void queriesFailWith108WhereTheyAreOff() throws Exception {
        try (JavaClient client = JavaClient.connected(world.main, token())) {
            HistoryOptions one = new HistoryOptions.Builder().withLimit(1).build();
            assertThat(JavaClient.<PresenceResult>errorOf(
                            callback -> client.sdk().presence("plain:x", callback)))
                    .isEqualTo(108);
            assertThat(JavaClient.<PresenceStatsResult>errorOf(
                            callback -> client.sdk().presenceStats("plain:x", callback)))
                    .isEqualTo(108);
            assertThat(JavaClient.<HistoryResult>errorOf(
                            callback -> client.sdk().history("plain:x", one, callback)))
                    .isEqualTo(108);
        }
    }

    @Test
    void historyOfAnotherEpochFailsWith112() throws Exception {
        HistoryOptions since = new HistoryOptions.Builder()
                .withLimit(1)
                .withSince(new StreamPosition(1, "other"))
                .build();
        try (JavaClient client = JavaClient.connected(world.main, token())) {
            assertThat(JavaClient.<HistoryResult>errorOf(
                            callback -> client.sdk().history("room:" + id, since, callback)))
                    .isEqualTo(112);
        }
    }

    @ParameterizedTest
    @CsvSource({"nowhere:x, 102", "x, 103", "$room:x, 103"})
    void subscribeEndsWith(String channel, int code) throws Exception {
        try (JavaClient client = JavaClient.connected(world.main, token())) {
            assertThat(refused(client, channel)).isEqualTo(code);
        }
    }

    @Test
    void subscribeEndsWith105IfTheTokenHasSubscribedAlready() throws Exception {
        String token = SdkWorld.issuer()
                .connection(user)
                .channels(List.of("room:" + id))
                .sign();
        try (JavaClient client = JavaClient.connected(world.main, token)) {
            assertThat(refused(client, "room:" + id)).isEqualTo(105);
        }
    }

    @Test
    void subscribeEndsWith106ForOneChannelTooMany() throws Exception {
        try (JavaClient client = JavaClient.connected(world.main, token())) {
            for (int i = 0; i < 4; i++) {
                client.subscribed("plain:" + i);
            }
            assertThat(refused(client, "plain:more")).isEqualTo(106);
        }
    }

    @Test
    void subscribeEndsWith107ForTooLongAName() throws Exception {
        try (JavaClient client = JavaClient.connected(world.main, token())) {
            assertThat(refused(client, "room:" + "x".repeat(251))).isEqualTo(107);
        }
    }

    @Test
    void subscribesAgainAfter2501() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        String channel = "$room:" + id;
        try (JavaClient client = JavaClient.connected(world.main, token())) {
            JavaClient.Channel made = client.subscription(
                    channel,
                    options -> options.setTokenGetter(JavaClient.subscriptionTokens(() -> {
                        int call = calls.incrementAndGet();
                        return call == 2
                                ? ""
                                : SdkWorld.issuer()
                                        .subscription(user, channel)
                                        .expiresIn(Duration.ofSeconds(call == 1 ? 3 : 600))
                                        .sign();
                    })));
            made.subscription().subscribe();
            made.seen().next(SubscribingEvent.class, event -> event.getCode() == 2501);
        }
    }

    @Test
    void isTurnedAwayWith3500IfTheSignatureIsWrong() throws Exception {
        String token = TokenIssuer.hs256("another secret of enough letters!", Clock.systemUTC())
                .connection(user)
                .sign();
        assertThat(turnedAway(world.main, token)).isEqualTo(3500);
    }

    @Test
    void isTurnedAwayWith3501WithoutCredentials() throws Exception {
        assertThat(turnedAway(world.strict, "")).isEqualTo(3501);
    }

    @Test
    void isTurnedAwayWith110IfTheConnectionHasEnded() throws Exception {
        String token = SdkWorld.issuer().connection(user).expireAt(1).sign();
        assertThat(turnedAway(world.main, token)).isEqualTo(110);
    }

    @Test
    void isTurnedAwayWith3504ForOneConnectionTooMany() throws Exception {
        try (JavaClient first = JavaClient.connected(world.main, token());
                JavaClient second = JavaClient.connected(world.main, token())) {
            assertThat(turnedAway(world.main, token())).isEqualTo(3504);
            assertThat(first.seen().count(DisconnectedEvent.class)
                            + second.seen().count(DisconnectedEvent.class))
                    .isZero();
        }
    }

    @Test
    void isTurnedAwayWith3505ForTooManyChannelsInTheToken() throws Exception {
        List<String> channels =
                IntStream.range(0, 5).mapToObj(i -> "plain:" + i).toList();
        assertThat(turnedAway(
                        world.main,
                        SdkWorld.issuer().connection(user).channels(channels).sign()))
                .isEqualTo(3505);
    }

    @Test
    void isTurnedAwayWith3507ForAnAnonymousToken() throws Exception {
        assertThat(turnedAway(world.strict, SdkWorld.issuer().connection("").sign()))
                .isEqualTo(3507);
    }

    @Test
    void isClosedWith3508ForAMessageThatNothingTakes() throws Exception {
        try (JavaClient client = JavaClient.connected(world.main, token())) {
            client.sdk().send("{}".getBytes(UTF_8), _ -> {});
            assertThat(client.seen().next(DisconnectedEvent.class).getCode()).isEqualTo(3508);
        }
    }

    /// 3 is the SDK's own code for the close code 1009. Unlike the JavaScript SDK, this one comes back (as of
    /// 0.4.1).
    @Test
    void isClosedForTooBigAMessage() throws Exception {
        try (JavaClient client = JavaClient.connected(world.main, token())) {
            client.sdk().publish("room:" + id, "x".repeat(70_000).getBytes(UTF_8), (_, _) -> {});
            ConnectingEvent event = client.seen().next(ConnectingEvent.class, each -> each.getCode() != 0);
            assertThat(event.getCode()).isEqualTo(3);
        }
    }

    /// All but 3000, which is no close frame but the drop of the TCP connection.
    static Stream<Disconnect> disconnects() {
        return Stream.concat(
                Stream.of(DisconnectCode.values())
                        .filter(code -> code != DisconnectCode.CONNECTION_CLOSED)
                        .map(DisconnectCode::disconnect),
                Stream.of(4000, 4499, 4500, 4999).map(code -> new Disconnect(code, "of the application")));
    }

    @ParameterizedTest
    @MethodSource("disconnects")
    void seesTheCodeAndReasonOf(Disconnect disconnect) throws Exception {
        try (JavaClient client = JavaClient.connected(world.main, token())) {
            world.main.api(
                    "disconnect",
                    "{\"user\":\"%s\",\"disconnect\":{\"code\":%d,\"reason\":\"%s\"}}"
                            .formatted(user, disconnect.code(), disconnect.reason()));
            if (disconnect.reconnect()) {
                ConnectingEvent event = client.seen().next(ConnectingEvent.class, each -> each.getCode() != 0);
                assertThat(event.getCode()).isEqualTo(disconnect.code());
                assertThat(event.getReason()).isEqualTo(disconnect.reason());
                client.seen().next(ConnectedEvent.class);
            } else {
                DisconnectedEvent event = client.seen().next(DisconnectedEvent.class);
                assertThat(event.getCode()).isEqualTo(disconnect.code());
                assertThat(event.getReason()).isEqualTo(disconnect.reason());
            }
        }
    }

    private static int refused(JavaClient client, String channel) throws InterruptedException {
        JavaClient.Channel made = client.subscription(channel, _ -> {});
        made.subscription().subscribe();
        return made.seen().next(UnsubscribedEvent.class).getCode();
    }

    private static int turnedAway(RelayProcess relay, String token) throws InterruptedException {
        try (JavaClient client = new JavaClient(relay, options -> options.setToken(token))) {
            client.sdk().connect();
            return client.seen().next(DisconnectedEvent.class).getCode();
        }
    }

    private String token() {
        return SdkWorld.issuer()
                .connection(user)
                .expiresIn(Duration.ofMinutes(10))
                .sign();
    }
}
