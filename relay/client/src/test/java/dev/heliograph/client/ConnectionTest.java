package dev.heliograph.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest extends ClientTest {

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void introducesItselfInBothEncodings(Encoding encoding) {
        try (FakeRelay server = new FakeRelay(encoding)) {
            HeliographClient client = build(builder(server, encoding)
                    .token(() -> "secret")
                    .name("tester")
                    .version("1.2")
                    .data(Bytes.utf8("{}")));
            client.connect();
            FakePeer peer = server.peer();
            Request.Connect request = peer.expect(Request.Connect.class);
            peer.ok(Results.connect("c1"));
            peer.push(new Push.Message(Bytes.utf8("{\"a\":1}")));

            assertThat(request.token()).isEqualTo("secret");
            assertThat(request.name()).isEqualTo("tester");
            assertThat(request.version()).isEqualTo("1.2");
            assertThat(request.data()).isEqualTo(Bytes.utf8("{}"));
            heard.expect("connecting 0 connect called", "connected c1", "message {\"a\":1}");
            assertThat(client.state())
                    .isInstanceOfSatisfying(
                            ConnectionState.Connected.class,
                            state -> assertThat(state.serverVersion()).isEqualTo("1"));
        }
    }

    @Test
    void tellsWhoAskedThatItIsConnected() {
        HeliographClient client = build();
        var connecting = client.connect();
        welcomed("c1");
        assertThat(connecting.join().clientId()).isEqualTo("c1");
        assertThat(client.connect().join().clientId()).isEqualTo("c1");
    }

    @Test
    void answersPings() {
        FakePeer peer = connected(build());
        peer.ping();
        peer.expect(Request.Pong.class);
    }

    @Test
    void takesPingAndPublicationsFromOneFrame() {
        FakePeer peer = connected(build());
        peer.send(new Reply.Ping(), new Reply.Pushed(new Push.Message(Bytes.utf8("1"))), new Reply.Ping());
        assertThat(peer.frame()).hasSize(2);
        heard.expect("message 1");
    }

    @Test
    void comesBackWhenPingsStayAway() {
        FakePeer peer = connected(build());
        time.passPlanned(Duration.ofSeconds(Results.PING_SECONDS + 10));
        assertThat(peer.expectClose()).isEqualTo(1000);
        heard.expect("connecting 2 no ping");
        time.passPlanned(PAUSE);
        welcomed("c2");
        heard.expect("connected c2");
    }

    @Test
    void staysWhileAnyFrameComes() {
        FakePeer peer = connected(build());
        time.awaitPlanned(Duration.ofSeconds(35));
        time.pass(Duration.ofSeconds(34));
        peer.push(new Push.Message(Bytes.utf8("1")));
        heard.expect("message 1");
        time.pass(Duration.ofSeconds(1));
        // 35 s after the message, not after the connect.
        time.awaitPlanned(Duration.ofSeconds(34));
        assertThat(heard.nothingMore()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011, 3001, 3005, 3010, 3012, 3499, 4000, 4499})
    void comesBackAfterACodeThatAllowsIt(int code) {
        FakePeer peer = connected(build());
        peer.close(code, "moved");
        heard.expect("connecting " + code + " moved");
        time.passPlanned(PAUSE);
        welcomed("c2");
        heard.expect("connected c2");
    }

    @ParameterizedTest
    @ValueSource(ints = {3500, 3503, 3509, 3999, 4500, 4999})
    void staysAwayAfterATerminalCode(int code) {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        peer.close(code, "go away");
        heard.expect("disconnected " + code + " go away");
        assertThat(client.state()).isInstanceOf(ConnectionState.Disconnected.class);
        assertThat(time.pending()).doesNotContain(PAUSE);
    }

    @Test
    void staysAwayWhenItsMessageWasTooBig() {
        FakePeer peer = connected(build());
        peer.close(1009, "too big");
        heard.expect("disconnected 3 message size limit");
    }

    @Test
    void comesBackWhenTheTcpConnectionIsDropped() {
        FakePeer peer = connected(build());
        peer.drop();
        heard.expect("connecting 1 transport closed");
        time.passPlanned(PAUSE);
        welcomed("c2");
        heard.expect("connected c2");
    }

    @Test
    void staysAwayFromWhatIsNotTheProtocol() {
        FakePeer peer = connected(build());
        peer.sendGarbage();
        heard.expect("disconnected 2 bad protocol");
    }

    @Test
    void mayConnectAgainAfterATerminalCode() {
        HeliographClient client = build();
        connected(client).close(3503, "force disconnect");
        heard.expect("disconnected 3503 force disconnect");
        client.connect();
        welcomed("c2");
        heard.expect("connecting 0 connect called", "connected c2");
    }

    @Test
    void fetchesAnotherTokenWhenTheServerSaysThatItExpired() {
        AtomicInteger fetched = new AtomicInteger();
        build(builder.token(() -> "t" + fetched.incrementAndGet())).connect();
        FakePeer first = relay.peer();
        assertThat(first.expect(Request.Connect.class).token()).isEqualTo("t1");
        first.fail(ErrorCode.TOKEN_EXPIRED);
        assertThat(first.expectClose()).isEqualTo(1000);
        heard.expect("connecting 0 connect called", "error RequestFailedException");
        time.passPlanned(PAUSE);
        assertThat(relay.peer().expect(Request.Connect.class).token()).isEqualTo("t2");
    }

    @Test
    void keepsItsTokenThroughAReconnectButNotThroughAnExpiry() {
        AtomicInteger fetched = new AtomicInteger();
        build(builder.token(() -> "t" + fetched.incrementAndGet())).connect();
        FakePeer peer = relay.peer();
        assertThat(peer.expect(Request.Connect.class).token()).isEqualTo("t1");
        peer.ok(Results.connect("c1"));
        peer.drop();
        time.passPlanned(PAUSE);
        FakePeer second = relay.peer();
        assertThat(second.expect(Request.Connect.class).token()).isEqualTo("t1");
        second.ok(Results.connect("c2"));
        second.close(3005, "connection expired");
        time.passPlanned(PAUSE);
        assertThat(relay.peer().expect(Request.Connect.class).token()).isEqualTo("t2");
    }

    @Test
    void renewsItsTokenBeforeItExpires() {
        AtomicInteger fetched = new AtomicInteger();
        build(builder.token(() -> "t" + fetched.incrementAndGet())).connect();
        FakePeer peer = relay.peer();
        peer.expect(Request.Connect.class);
        peer.ok(Results.expiring("c1", 100));
        time.passPlanned(Duration.ofSeconds(80));
        assertThat(peer.expect(Request.Refresh.class).token()).isEqualTo("t2");
        peer.ok(new Result.Refresh("c1", "1", true, 600));
        time.passPlanned(Duration.ofSeconds(570));
        assertThat(peer.expect(Request.Refresh.class).token()).isEqualTo("t3");
        peer.fail(ErrorCode.INTERNAL);
        heard.expect("connecting 0 connect called", "connected c1", "error RequestFailedException");
        time.passPlanned(PAUSE);
        assertThat(peer.expect(Request.Refresh.class).token()).isEqualTo("t4");
        peer.fail(ErrorCode.PERMISSION_DENIED);
        heard.expect("disconnected 103 permission denied");
    }

    @Test
    void givesUpWhenThereIsNoTokenToBeHad() {
        HeliographClient client = build(builder.token(() -> {
            throw new UnauthorizedException("signed out");
        }));
        var connecting = client.connect();
        heard.expect("connecting 0 connect called", "disconnected 1 unauthorized");
        assertThatThrownBy(connecting::join).hasCauseInstanceOf(NotConnectedException.class);
        assertThat(relay.hasConnection()).isFalse();
    }

    @Test
    void asksForATokenAgainWhenThatFailed() {
        AtomicInteger asked = new AtomicInteger();
        build(builder.token(() -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IOException("no answer");
                    }
                    return "t";
                }))
                .connect();
        heard.expect("connecting 0 connect called", "error IOException");
        time.passPlanned(PAUSE);
        assertThat(relay.peer().expect(Request.Connect.class).token()).isEqualTo("t");
    }

    @Test
    void interruptsATokenFetchThatIsNoLongerNeeded() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        HeliographClient client = build(builder.token(() -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
                return "never";
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }));
        client.connect();
        asked.await();
        client.disconnect();
        interrupted.await();
        heard.expect("connecting 0 connect called", "disconnected 0 disconnect called");
    }

    @Test
    void triesAgainAfterATemporaryErrorAndGivesUpOnOthers() {
        build().connect();
        FakePeer first = relay.peer();
        first.expect(Request.Connect.class);
        first.fail(ErrorCode.TOO_MANY_REQUESTS);
        time.passPlanned(PAUSE);
        FakePeer second = relay.peer();
        second.expect(Request.Connect.class);
        second.fail(ErrorCode.UNKNOWN_CHANNEL);
        heard.expect("connecting 0 connect called", "error RequestFailedException", "disconnected 102 unknown channel");
    }

    @Test
    void triesAgainWhenConnectHasNoReply() {
        build().connect();
        FakePeer first = relay.peer();
        first.expect(Request.Connect.class);
        time.passPlanned(Duration.ofSeconds(5));
        heard.expect("connecting 0 connect called", "error RequestTimeoutException");
        time.passPlanned(PAUSE);
        welcomed("c1");
        heard.expect("connected c1");
    }

    @Test
    void triesAgainWhenTheServerClosesBeforeTheReply() {
        build().connect();
        FakePeer first = relay.peer();
        first.expect(Request.Connect.class);
        first.close(3004, "internal server error");
        heard.expect("connecting 0 connect called", "error NotConnectedException");
        time.passPlanned(PAUSE);
        FakePeer second = relay.peer();
        second.expect(Request.Connect.class);
        second.close(3500, "invalid token");
        heard.expect("disconnected 3500 invalid token");
    }

    @Test
    void pausesLongerWithEachFailureButWithinItsBounds() {
        URI nobody = relay.uri();
        relay.close();
        build(HeliographClient.builder(nobody).listener(heard)).connect();
        heard.expect("connecting 0 connect called");
        Duration longest = Duration.ZERO;
        for (int failures = 0; failures < 12; failures++) {
            assertThat(heard.next()).startsWith("error ");
            await().untilAsserted(() -> assertThat(time.pending()).hasSize(1));
            Duration pause = time.pending().getFirst();
            assertThat(pause).isBetween(Duration.ofMillis(500), Duration.ofSeconds(20));
            assertThat(pause).isLessThanOrEqualTo(Duration.ofMillis(500).plus(Duration.ofMillis(500L << failures)));
            longest = pause.compareTo(longest) > 0 ? pause : longest;
            time.pass(pause);
        }
        assertThat(longest).isGreaterThan(Duration.ofSeconds(10));
    }

    @Test
    void forgetsFailuresOnlyAfterAConnectionThatLasted() {
        HeliographClient client = build();
        connected(client).drop();
        heard.expect("connecting 1 transport closed");
        assertThat(client.state())
                .isInstanceOfSatisfying(
                        ConnectionState.Connecting.class,
                        state -> assertThat(state.failures()).isEqualTo(1));
        time.passPlanned(PAUSE);
        FakePeer second = welcomed("c2");
        heard.expect("connected c2");
        time.pass(PAUSE);
        second.drop();
        heard.expect("connecting 1 transport closed");
        assertThat(client.state())
                .isInstanceOfSatisfying(
                        ConnectionState.Connecting.class,
                        state -> assertThat(state.failures()).isZero());
    }

    @Test
    void refusesAnEndpointThatIsNoWebSocket() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> HeliographClient.builder(URI.create("http://x")).build());
    }

    @Test
    void saysGoodByeWhenItIsClosed() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        client.close();
        assertThat(peer.expectClose()).isEqualTo(1000);
        heard.expect("disconnected 2 client closed");
        assertThatThrownBy(() -> client.connect().join()).hasCauseInstanceOf(NotConnectedException.class);
        assertThat(client.state()).isInstanceOf(ConnectionState.Closed.class);
    }
}
