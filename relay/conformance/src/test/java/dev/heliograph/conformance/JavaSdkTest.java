package dev.heliograph.conformance;

import static dev.heliograph.conformance.JavaClient.result;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.auth.TokenDraft;
import dev.heliograph.testkit.RelayProcess;
import io.github.centrifugal.centrifuge.ClientInfo;
import io.github.centrifugal.centrifuge.ConnectedEvent;
import io.github.centrifugal.centrifuge.ConnectingEvent;
import io.github.centrifugal.centrifuge.DisconnectedEvent;
import io.github.centrifugal.centrifuge.ErrorEvent;
import io.github.centrifugal.centrifuge.HistoryOptions;
import io.github.centrifugal.centrifuge.HistoryResult;
import io.github.centrifugal.centrifuge.JoinEvent;
import io.github.centrifugal.centrifuge.LeaveEvent;
import io.github.centrifugal.centrifuge.PresenceResult;
import io.github.centrifugal.centrifuge.PresenceStatsResult;
import io.github.centrifugal.centrifuge.PublicationEvent;
import io.github.centrifugal.centrifuge.RPCResult;
import io.github.centrifugal.centrifuge.ServerPublicationEvent;
import io.github.centrifugal.centrifuge.ServerSubscribedEvent;
import io.github.centrifugal.centrifuge.ServerUnsubscribedEvent;
import io.github.centrifugal.centrifuge.SubscribedEvent;
import io.github.centrifugal.centrifuge.SubscribingEvent;
import io.github.centrifugal.centrifuge.UnsubscribedEvent;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The official Java SDK, which speaks Protobuf only, against a relay of its own process.
@ExtendWith(SdkWorld.Extension.class)
class JavaSdkTest {

    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private final String user = "user-" + id;
    private final String room = "room:" + id;
    private final RelayProcess relay;

    JavaSdkTest(SdkWorld world) {
        this.relay = world.main;
    }

    @Test
    void connectsWithoutAToken() throws Exception {
        try (JavaClient client = new JavaClient(relay, _ -> {})) {
            assertThat(client.connect()).hasSize(36);
        }
    }

    @Test
    void connectsWithATokenAndOthersSeeItsUserAndInfo() throws Exception {
        String token = good().info("{\"name\":\"Ann\"}").sign();
        try (JavaClient client = new JavaClient(relay, options -> options.setToken(token))) {
            String clientId = client.connect();
            client.subscribed(room);
            PresenceResult presence = result(callback -> client.sdk().presence(room, callback));
            assertThat(presence.getClients()).containsOnlyKeys(clientId);
            ClientInfo info = requireNonNull(presence.getClients().get(clientId));
            assertThat(info.getUser()).isEqualTo(user);
            assertThat(new String(info.getConnInfo(), UTF_8)).isEqualTo("{\"name\":\"Ann\"}");
            PresenceStatsResult stats = result(callback -> client.sdk().presenceStats(room, callback));
            assertThat(stats.getNumClients()).isOne();
            assertThat(stats.getNumUsers()).isOne();
        }
    }

    @Test
    void replacesATokenThatHasExpiredBeforeConnecting() throws Exception {
        try (JavaClient client = new JavaClient(relay, options -> {
            options.setToken(token(-10));
            options.setTokenGetter(JavaClient.tokens(() -> token(600)));
        })) {
            client.connect();
            assertThat(client.seen().count(ErrorEvent.class)).isPositive();
        }
    }

    @Test
    void refreshesItsTokenAgainAndAgainAndStaysConnected() throws Exception {
        CountDownLatch calls = new CountDownLatch(4);
        try (JavaClient client = new JavaClient(
                relay,
                options -> options.setTokenGetter(JavaClient.tokens(() -> {
                    calls.countDown();
                    return token(3);
                })))) {
            client.connect();
            calls.await();
            assertThat(client.seen().count(ConnectingEvent.class)).isOne();
        }
    }

    @Test
    void comesBackAfter3005ItsRefreshTokenHavingExpired() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        int[] ttl = {3, -10, 600};
        try (JavaClient client = new JavaClient(
                relay,
                options -> options.setTokenGetter(
                        JavaClient.tokens(() -> token(ttl[Math.min(2, calls.getAndIncrement())]))))) {
            client.connect();
            client.seen().next(ConnectingEvent.class, event -> event.getCode() == 3005);
            client.seen().next(ConnectedEvent.class);
        }
    }

    @Test
    void subscribesToAPrivateChannelWithATokenThatCarriesData() throws Exception {
        String token = SdkWorld.issuer()
                .subscription(user, "$" + room)
                .expiresIn(Duration.ofMinutes(10))
                .data("{\"topic\":\"news\"}")
                .sign();
        try (JavaClient client = JavaClient.connected(relay, token(600))) {
            JavaClient.Channel channel = client.subscription("$" + room, options -> options.setToken(token));
            channel.subscription().subscribe();
            SubscribedEvent event = channel.seen().next(SubscribedEvent.class);
            assertThat(new String(event.getData(), UTF_8)).isEqualTo("{\"topic\":\"news\"}");
            assertThat(event.getRecoverable()).isTrue();
            assertThat(event.wasRecovering()).isFalse();
        }
    }

    /// Unlike the JavaScript SDK, this one gives up at 109 (as of 0.4.1), but drops the token; so the next
    /// attempt of the application asks for a new one.
    @Test
    void replacesASubscriptionTokenThatHasExpiredWhenItSubscribesAgain() throws Exception {
        try (JavaClient client = JavaClient.connected(relay, token(600))) {
            JavaClient.Channel channel = client.subscription("$" + room, options -> {
                options.setToken(subscriptionToken(-10));
                options.setTokenGetter(JavaClient.subscriptionTokens(() -> subscriptionToken(600)));
            });
            channel.subscription().subscribe();
            assertThat(channel.seen().next(UnsubscribedEvent.class).getCode()).isEqualTo(109);
            channel.subscription().subscribe();
            channel.seen().next(SubscribedEvent.class);
        }
    }

    @Test
    void refreshesASubscriptionTokenAgainAndAgainAndStaysSubscribed() throws Exception {
        CountDownLatch calls = new CountDownLatch(4);
        try (JavaClient client = JavaClient.connected(relay, token(600))) {
            JavaClient.Channel channel = client.subscribed(
                    "$" + room,
                    options -> options.setTokenGetter(JavaClient.subscriptionTokens(() -> {
                        calls.countDown();
                        return subscriptionToken(3);
                    })));
            calls.await();
            assertThat(channel.seen().count(SubscribingEvent.class)).isOne();
        }
    }

    @Test
    void publishesAndHearsItselfInOrderWithOffsets() throws Exception {
        try (JavaClient client = JavaClient.connected(relay, token(600))) {
            JavaClient.Channel channel = client.subscribed(room);
            for (int i = 1; i <= 90; i++) {
                client.sdk().publish(room, json(i), (_, _) -> {});
            }
            for (int i = 1; i <= 90; i++) {
                PublicationEvent event = channel.seen().next(PublicationEvent.class);
                assertThat(event.getOffset()).isEqualTo(i);
                assertThat(event.getData()).isEqualTo(json(i));
                assertThat(event.getInfo().getUser()).isEqualTo(user);
            }
        }
    }

    @Test
    void hearsOthersJoinAndLeave() throws Exception {
        String other = SdkWorld.issuer().connection("other-" + id).sign();
        try (JavaClient staying = JavaClient.connected(relay, token(600));
                JavaClient passing = new JavaClient(relay, options -> options.setToken(other))) {
            JavaClient.Channel channel = staying.subscribed(room, options -> options.setJoinLeave(true));
            String passingId = passing.connect();
            JavaClient.Channel visit = passing.subscribed(room);
            channel.seen()
                    .next(JoinEvent.class, event -> event.getInfo().getClient().equals(passingId));
            visit.subscription().unsubscribe();
            LeaveEvent left = channel.seen()
                    .next(LeaveEvent.class, event -> event.getInfo().getClient().equals(passingId));
            assertThat(left.getInfo().getUser()).isEqualTo("other-" + id);
        }
    }

    @Test
    void readsHistoryForwardsAndBackwards() throws Exception {
        publish(room, "a", "b", "c");
        try (JavaClient client = JavaClient.connected(relay, token(600))) {
            HistoryResult all = result(callback -> client.sdk()
                    .history(room, new HistoryOptions.Builder().withLimit(100).build(), callback));
            assertThat(all.getOffset()).isEqualTo(3);
            assertThat(texts(all)).containsExactly("\"a\"", "\"b\"", "\"c\"");
            HistoryResult latest = result(callback -> client.sdk()
                    .history(
                            room,
                            new HistoryOptions.Builder()
                                    .withLimit(2)
                                    .withReverse(true)
                                    .build(),
                            callback));
            assertThat(texts(latest)).containsExactly("\"c\"", "\"b\"");
        }
    }

    @Test
    void isToldThatNoRpcIsServed() throws Exception {
        try (JavaClient client = JavaClient.connected(relay, token(600))) {
            assertThat(JavaClient.<RPCResult>errorOf(callback -> client.sdk().rpc("method", json(1), callback)))
                    .isEqualTo(108);
        }
    }

    @Test
    void isSubscribedToTheChannelsOfItsTokenAndRecoversThem() throws Exception {
        String token = good().channels(List.of(room)).sign();
        try (JavaClient client = JavaClient.connected(relay, token)) {
            assertThat(client.seen().next(ServerSubscribedEvent.class).getChannel())
                    .isEqualTo(room);
            publish(room, "a");
            assertThat(client.seen().next(ServerPublicationEvent.class).getOffset())
                    .isOne();
            kick("{}");
            client.seen().next(DisconnectedEvent.class);
            publish(room, "b", "c");
            client.connect();
            ServerSubscribedEvent again = client.seen().next(ServerSubscribedEvent.class);
            assertThat(again.wasRecovering()).isTrue();
            assertThat(again.getRecovered()).isTrue();
            assertThat(client.seen().next(ServerPublicationEvent.class).getData())
                    .isEqualTo("\"b\"".getBytes(UTF_8));
            assertThat(client.seen().next(ServerPublicationEvent.class).getData())
                    .isEqualTo("\"c\"".getBytes(UTF_8));
        }
    }

    @Test
    void isSubscribedAndUnsubscribedByTheApi() throws Exception {
        try (JavaClient client = JavaClient.connected(relay, token(600))) {
            String target = "{\"user\":\"%s\",\"channel\":\"%s\"}".formatted(user, room);
            relay.api("subscribe", target);
            assertThat(client.seen().next(ServerSubscribedEvent.class).getChannel())
                    .isEqualTo(room);
            publish(room, "a");
            assertThat(client.seen().next(ServerPublicationEvent.class).getChannel())
                    .isEqualTo(room);
            relay.api("unsubscribe", target);
            assertThat(client.seen().next(ServerUnsubscribedEvent.class).getChannel())
                    .isEqualTo(room);
        }
    }

    @Test
    void staysUnsubscribedWhenTheApiUnsubscribesIt() throws Exception {
        try (JavaClient client = JavaClient.connected(relay, token(600))) {
            JavaClient.Channel channel = client.subscribed(room);
            relay.api("unsubscribe", "{\"user\":\"%s\",\"channel\":\"%s\"}".formatted(user, room));
            assertThat(channel.seen().next(UnsubscribedEvent.class).getCode()).isEqualTo(2000);
        }
    }

    @Test
    void isKickedComesBackByItselfAndRecoversExactlyWhatItMissed() throws Exception {
        assertThat(recover(room, 3)).isTrue();
    }

    @Test
    void isToldRecoveredFalseWhereHistoryIsTooShort() throws Exception {
        assertThat(recover("brief:" + id, 4)).isFalse();
    }

    /// Misses some publications while kicked, and checks what comes after.
    ///
    /// @return whether they were recovered
    private boolean recover(String name, int missed) throws Exception {
        CountDownLatch mayReconnect = new CountDownLatch(1);
        AtomicInteger attempts = new AtomicInteger();
        try (JavaClient client = new JavaClient(relay, options -> {
            options.setToken(token(600));
            options.setDns(_ -> {
                if (attempts.incrementAndGet() > 1) {
                    awaitQuietly(mayReconnect);
                }
                return List.of(InetAddress.getByName("127.0.0.1"));
            });
        })) {
            client.connect();
            JavaClient.Channel channel = client.subscribed(name);
            publish(name, "before");
            channel.seen().next(PublicationEvent.class);
            kick("{\"code\":3011,\"reason\":\"force reconnect\"}");
            client.seen().next(ConnectingEvent.class, event -> event.getCode() == 3011);
            for (int i = 0; i < missed; i++) {
                publish(name, "missed");
            }
            mayReconnect.countDown();
            SubscribedEvent again = channel.seen().next(SubscribedEvent.class);
            assertThat(again.wasRecovering()).isTrue();
            publish(name, "after");
            long next = again.getRecovered() ? 2 : missed + 2L;
            for (long offset = next; offset <= missed + 2; offset++) {
                PublicationEvent event = channel.seen().next(PublicationEvent.class);
                assertThat(event.getOffset()).isEqualTo(offset);
                assertThat(new String(event.getData(), UTF_8))
                        .isEqualTo(offset == missed + 2 ? "\"after\"" : "\"missed\"");
            }
            return again.getRecovered();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private TokenDraft good() {
        return SdkWorld.issuer().connection(user).expiresIn(Duration.ofMinutes(10));
    }

    private String token(int seconds) {
        return SdkWorld.issuer()
                .connection(user)
                .expiresIn(Duration.ofSeconds(seconds))
                .sign();
    }

    private String subscriptionToken(int seconds) {
        return SdkWorld.issuer()
                .subscription(user, "$" + room)
                .expiresIn(Duration.ofSeconds(seconds))
                .sign();
    }

    private void publish(String channel, String... texts) {
        for (String text : texts) {
            relay.api("publish", "{\"channel\":\"%s\",\"data\":\"%s\"}".formatted(channel, text));
        }
    }

    /// @param disconnect JSON of the disconnect; `{}` for the API's own
    private void kick(String disconnect) {
        String extra = disconnect.equals("{}") ? "" : ",\"disconnect\":" + disconnect;
        relay.api("disconnect", "{\"user\":\"%s\"%s}".formatted(user, extra));
    }

    private static byte[] json(int number) {
        return Integer.toString(number).getBytes(UTF_8);
    }

    private static List<String> texts(HistoryResult history) {
        List<String> texts = new ArrayList<>();
        history.getPublications().forEach(each -> texts.add(new String(each.getData(), UTF_8)));
        return texts;
    }
}
