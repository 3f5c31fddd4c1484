package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.bench.MovingFleet;
import dev.heliograph.bench.NumberPublisher;
import dev.heliograph.chaos.HistoryChecker;
import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.drain.DrainOrder;
import dev.heliograph.server.drain.DrainStatus;
import dev.heliograph.server.drain.DrainStatus.Kind;
import dev.heliograph.server.drain.DrainStatus.State;
import dev.heliograph.server.drain.RebalanceOrder;
import dev.heliograph.testkit.RedisServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Clients move from one relay to another of the same cluster: paced, without a loss, and without an error that
/// they can see.
class DrainTest {

    private static final int CLIENTS = 1_000;
    private static final long LONG = 60_000;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final RedisServer redis = RedisServer.start();
    private final Relay one = start("one");
    private final Relay two = start("two");
    private final List<HistoryChecker> checkers =
            Stream.generate(HistoryChecker::new).limit(10).toList();

    private Relay start(String name) {
        return Relay.start(RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                client: {insecure: true}
                http_api: {insecure: true}
                broker: {type: redis, redis: {address: ['%s']}}
                node: {name: %s}
                channel: {namespaces: [{name: log, history_size: 10000, history_ttl: 10m, force_recovery: true}]}
                shutdown: {pace: 400}
                """.formatted(redis.address(), name)));
    }

    @AfterEach
    void end() {
        one.close();
        two.close();
        redis.close();
    }

    private void awaitBoth() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> one.drains().status().size() == 2
                        && two.drains().status().size() == 2);
    }

    private static HttpResponse<String> get(Relay relay, String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port() + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String handshake(Relay relay) throws IOException {
        try (RawSocket socket = new RawSocket(relay.port(), null)) {
            return socket.handshake(
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
        }
    }

    /// Ends the traffic and checks that every client has had everything.
    private void assertNothingLost(MovingFleet fleet, NumberPublisher publisher) {
        long[] tops = publisher.end();
        assertThat(fleet.until(() -> fleet.haveRead(tops), LONG)).isTrue();
        assertThat(fleet.errors()).isEmpty();
        checkers.forEach(checker -> {
            assertThat(checker.acknowledged()).isPositive();
            assertThat(checker.faults()).isEmpty();
        });
    }

    /// How many clients had moved at a time between two.
    private record Sample(long after, int moved, long before) {}

    private static Sample sample(Relay relay) {
        long after = System.nanoTime();
        int moved = relay.drains().local().moved();
        return new Sample(after, moved, System.nanoTime());
    }

    /// Where less than a second passed between two samples, whatever delayed the one who took them, no more
    /// than this may have moved between them.
    private static void assertPace(List<Sample> samples, double perSecond) {
        for (int from = 0, to = 0; to < samples.size(); to++) {
            while (samples.get(to).before() - samples.get(from).after() > 1_000_000_000L) {
                from++;
            }
            assertThat(samples.get(to).moved() - samples.get(from).moved())
                    .isLessThanOrEqualTo((int) (1.25 * perSecond));
        }
    }

    @Test
    void aNodeIsDrainedAtItsPaceWithPausesAndNothingIsLost() throws Exception {
        awaitBoth();
        Relay[] target = {one};
        try (MovingFleet fleet = new MovingFleet(() -> target[0].port(), checkers);
                NumberPublisher publisher = new NumberPublisher(two.port(), checkers, 50)) {
            fleet.open(CLIENTS);
            target[0] = two;
            DrainOrder order = DrainOrder.all(200);
            assertThat(two.drains().start("one", order, true))
                    .returns(CLIENTS, DrainStatus::total)
                    .returns(5_000L, DrainStatus::etaMillis);
            assertThat(one.drains().refuses()).isFalse();

            DrainStatus begun = two.drains().start("one", order, false);
            assertThat(begun).returns(Kind.DRAIN, DrainStatus::kind).returns("one", DrainStatus::name);
            List<Sample> samples = new ArrayList<>();
            assertThat(fleet.until(
                            () -> {
                                samples.add(sample(one));
                                return samples.getLast().moved() > CLIENTS / 4;
                            },
                            LONG))
                    .isTrue();

            DrainStatus paused = two.drains().pause(begun.node());
            assertThat(paused.state()).isEqualTo(State.PAUSED);
            assertThat(fleet.until(() -> fleet.moves() == paused.moved() && fleet.live() == CLIENTS, LONG))
                    .isTrue();
            assertThat(one.drains().local().moved()).isEqualTo(paused.moved());
            assertThat(handshake(one)).startsWith("HTTP/1.1 503").containsIgnoringCase("retry-after: 1");
            assertThat(get(one, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(get(one, "/health/balancer").statusCode()).isEqualTo(404);
            assertThat(get(one, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(two, "/health/ready").statusCode()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThatThrownBy(() -> one.drains().start("two", order, true))
                            .hasMessage("no other node is there to take the clients"));

            two.drains().resume("one");
            assertThat(fleet.until(
                            () -> {
                                samples.add(sample(one));
                                // The relay forgets a client when it tells it to go, and the client hears of it later.
                                return one.clientCount() == 0 && fleet.moves() == CLIENTS && fleet.live() == CLIENTS;
                            },
                            LONG))
                    .isTrue();
            assertPace(samples, 200);
            assertThat(two.clientCount()).isEqualTo(CLIENTS);
            assertThat(fleet.until(() -> one.drains().local().state() == State.DONE, LONG))
                    .isTrue();
            assertNothingLost(fleet, publisher);

            assertThat(get(one, "/health/ready").statusCode()).isEqualTo(503);
            assertThat(two.drains().cancel("one").state()).isEqualTo(State.CANCELLED);
            assertThat(get(one, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(one, "/health/balancer").statusCode()).isEqualTo(200);
            assertThat(handshake(one)).startsWith("HTTP/1.1 101");
        }
    }

    @Test
    void aShareMovesAndACancelledDrainMovesNoMore() {
        awaitBoth();
        Relay[] target = {one};
        try (MovingFleet fleet = new MovingFleet(() -> target[0].port(), checkers);
                NumberPublisher publisher = new NumberPublisher(one.port(), checkers, 50)) {
            fleet.open(100);
            target[0] = two;
            one.drains().start("one", new DrainOrder(25, 0, 500, 0, false), false);
            assertThat(fleet.until(() -> one.drains().local().state() == State.DONE && fleet.moves() == 25, LONG))
                    .isTrue();
            assertThat(one.drains().refuses()).isFalse();

            two.drains().start("one", new DrainOrder(0, 50, 10, 0, false), false);
            assertThat(fleet.until(() -> fleet.moves() > 25, LONG)).isTrue();
            DrainStatus cancelled = two.drains().cancel("one");
            assertThat(cancelled.state()).isEqualTo(State.CANCELLED);
            assertThat(fleet.until(() -> fleet.moves() == 25 + cancelled.moved() && fleet.live() == 100, LONG))
                    .isTrue();
            assertThat(fleet.until(() -> one.clientCount() == 75 - cancelled.moved(), LONG))
                    .isTrue();
            assertNothingLost(fleet, publisher);
        }
    }

    @Test
    void aRebalanceEndsWhenNoNodeHasMoreThanTheTolerance() {
        awaitBoth();
        int[] turn = {0};
        boolean[] opened = {false};
        // Behind a load balancer that deals connections out in turn, half of those who go come back.
        try (MovingFleet fleet =
                        new MovingFleet(() -> !opened[0] || turn[0]++ % 2 == 0 ? one.port() : two.port(), checkers);
                NumberPublisher publisher = new NumberPublisher(two.port(), checkers, 50)) {
            fleet.open(400);
            opened[0] = true;
            List<DrainStatus> begun = two.drains().rebalance(new RebalanceOrder(100, 20), false);
            assertThat(begun).extracting(DrainStatus::kind).containsOnly(Kind.REBALANCE);
            assertThat(begun).extracting(DrainStatus::total).containsExactly(160, 0);
            assertThat(one.drains().refuses()).isFalse();
            assertThat(fleet.until(() -> one.drains().local().state() == State.DONE && fleet.live() == 400, LONG))
                    .isTrue();
            assertThat(one.clientCount()).isBetween(100, 260);
            assertNothingLost(fleet, publisher);
        }
    }

    @Test
    void aRelayThatEndsAsksItsClientsInTimeAndNothingIsLost() throws Exception {
        awaitBoth();
        Relay[] target = {one};
        try (MovingFleet fleet = new MovingFleet(() -> target[0].port(), checkers);
                NumberPublisher publisher = new NumberPublisher(two.port(), checkers, 50)) {
            fleet.open(CLIENTS);
            target[0] = two;
            List<Sample> samples = new ArrayList<>();
            CompletableFuture<Void> ending = CompletableFuture.runAsync(one::close);
            assertThat(fleet.until(
                            () -> {
                                samples.add(sample(one));
                                return fleet.moves() == CLIENTS && fleet.live() == CLIENTS;
                            },
                            LONG))
                    .isTrue();
            assertPace(samples, 400);
            ending.get();
            assertNothingLost(fleet, publisher);
        }
    }

    @Test
    void aNodeThatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> one.drains().start("three", DrainOrder.all(1), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no node three");
        assertThatThrownBy(() -> one.drains().pause("one")).isInstanceOf(IllegalStateException.class);
    }
}
