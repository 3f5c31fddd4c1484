package dev.heliograph.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.protocol.UnsubscribeCode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SubscriptionTest extends ClientTest {

    private static final ClientInfo ANN = new ClientInfo("ann", "c9", Bytes.EMPTY, Bytes.EMPTY);

    private final SubscriptionOptions options = SubscriptionOptions.DEFAULT.withListener(heard);

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void deliversInOrderInBothEncodings(Encoding encoding) {
        try (FakeRelay server = new FakeRelay(encoding)) {
            HeliographClient client = build(builder(server, encoding));
            client.connect();
            Subscription subscription = client.subscription(
                    "chat",
                    options.withPositioned().withRecoverable().withJoinLeave().withData(Bytes.utf8("7")));
            subscription.subscribe();
            FakePeer peer = server.peer();
            peer.expect(Request.Connect.class);
            peer.ok(Results.connect("c1"));
            Request.Subscribe request = peer.expect(Request.Subscribe.class);
            peer.ok(Results.recoverable("e", 4));
            peer.send(
                    publication("chat", 5),
                    new Reply.Pushed(new Push.Join("chat", ANN)),
                    publication("chat", 6),
                    new Reply.Pushed(new Push.Leave("chat", ANN)),
                    publication("other", 1));
            peer.push(new Push.Pub("chat", Results.publication(7)));

            assertThat(request)
                    .isEqualTo(new Request.Subscribe(
                            "chat", "", false, "", 0, Bytes.utf8("7"), true, true, true, "", request.filter(), 0, 0));
            expectConnectedAndSubscribing();
            heard.expect(
                    "chat subscribed at e:4",
                    "chat 5 {\"n\":5}",
                    "chat join ann",
                    "chat 6 {\"n\":6}",
                    "chat leave ann",
                    "chat 7 {\"n\":7}");
            await().untilAsserted(() -> assertThat(subscription.position()).contains(new StreamPosition(7, "e")));
        }
    }

    @Test
    void comesBackWithWhatItMissed() {
        HeliographClient client = build();
        FakePeer peer = subscribed(client, "chat", Results.recoverable("e", 4));
        peer.push(new Push.Pub("chat", Results.publication(5)));
        heard.expect("chat 5 {\"n\":5}");
        peer.drop();
        expectAnyOrder("connecting 1 transport closed", "chat subscribing 1 transport closed");
        time.passPlanned(PAUSE);
        FakePeer second = welcomed("c2");
        Request.Subscribe request = second.expect(Request.Subscribe.class);
        assertThat(request.recover()).isTrue();
        assertThat(request.epoch()).isEqualTo("e");
        assertThat(request.offset()).isEqualTo(5);
        second.ok(Results.recovered("e", 5, Results.publication(6), Results.publication(7)));
        second.push(new Push.Pub("chat", Results.publication(8)));
        heard.expect("connected c2", "chat subscribed at e:5, recovered");
        heard.expect("chat 6 {\"n\":6}", "chat 7 {\"n\":7}", "chat 8 {\"n\":8}");
    }

    @Test
    void saysThatItCouldNotRecover() {
        HeliographClient client = build();
        FakePeer peer = subscribed(client, "chat", Results.recoverable("e", 4));
        peer.push(new Push.Unsubscribe("chat", UnsubscribeCode.INSUFFICIENT_STATE));
        Request.Subscribe request = peer.expect(Request.Subscribe.class);
        assertThat(request.recover()).isTrue();
        peer.ok(Results.unrecovered("f", 2));
        peer.push(new Push.Pub("chat", Results.publication(3)));
        heard.expect(
                "chat subscribing 2500 insufficient state",
                "chat subscribed at f:2, not recovered",
                "chat 3 {\"n\":3}");
    }

    @Test
    void dropsDuplicates() {
        HeliographClient client = build();
        FakePeer peer = subscribed(client, "chat", Results.recoverable("e", 4));
        peer.send(publication("chat", 5), publication("chat", 5), publication("chat", 3), publication("chat", 6));
        heard.expect("chat 5 {\"n\":5}", "chat 6 {\"n\":6}");
    }

    @Test
    void takesOffsetsAsUnsigned() {
        HeliographClient client = build();
        FakePeer peer = subscribed(client, "chat", Results.recoverable("e", Long.MAX_VALUE));
        peer.send(publication("chat", Long.MIN_VALUE), publication("chat", 1), publication("chat", Long.MIN_VALUE + 1));
        assertThat(heard.next()).startsWith("chat " + Long.MIN_VALUE);
        assertThat(heard.next()).startsWith("chat " + (Long.MIN_VALUE + 1));
    }

    @Test
    void beginsWhereTheApplicationLeftOff() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        client.subscription("chat", options.withSince(new StreamPosition(41, "e")))
                .subscribe();
        Request.Subscribe request = peer.expect(Request.Subscribe.class);
        assertThat(request.recover()).isTrue();
        assertThat(request.offset()).isEqualTo(41);
        peer.ok(Results.recovered("e", 41, Results.publication(42)));
        heard.expect("chat subscribing 0 subscribe called", "chat subscribed at e:41, recovered", "chat 42 {\"n\":42}");
    }

    @Test
    void doesNotAskForRecoveryWhereThereIsNone() {
        HeliographClient client = build();
        FakePeer peer = subscribed(client, "chat", Results.plain());
        peer.send(publication("chat", 0), publication("chat", 0));
        heard.expect("chat 0 {\"n\":0}", "chat 0 {\"n\":0}");
        peer.push(new Push.Unsubscribe("chat", UnsubscribeCode.INSUFFICIENT_STATE));
        assertThat(peer.expect(Request.Subscribe.class).recover()).isFalse();
    }

    @Test
    void endsWhenTheServerSaysSo() {
        HeliographClient client = build();
        FakePeer peer = subscribed(client, "chat", Results.plain());
        peer.push(new Push.Unsubscribe("chat", UnsubscribeCode.SERVER));
        peer.ping();
        peer.expect(Request.Pong.class);
        heard.expect("chat unsubscribed 2000 server unsubscribe");
        assertThat(client.subscription("chat").state()).isInstanceOf(SubscriptionState.Unsubscribed.class);
    }

    @Test
    void beginsFromScratchWhenItsStateIsInvalid() {
        AtomicInteger tokens = new AtomicInteger();
        HeliographClient client = build();
        FakePeer peer = connected(client);
        client.subscription("chat", options.withToken(() -> "t" + tokens.incrementAndGet()))
                .subscribe();
        assertThat(peer.expect(Request.Subscribe.class).token()).isEqualTo("t1");
        peer.ok(Results.recoverable("e", 4));
        peer.push(new Push.Unsubscribe("chat", UnsubscribeCode.STATE_INVALIDATED));
        Request.Subscribe again = peer.expect(Request.Subscribe.class);
        assertThat(again.token()).isEqualTo("t2");
        assertThat(again.recover()).isFalse();
    }

    @Test
    void triesAgainAfterATemporaryError() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        client.subscription("chat", options).subscribe();
        peer.expect(Request.Subscribe.class);
        peer.fail(ErrorCode.INTERNAL);
        heard.expect("chat subscribing 0 subscribe called", "chat error RequestFailedException");
        time.passPlanned(PAUSE);
        peer.expect(Request.Subscribe.class);
        peer.ok(Results.plain());
        heard.expect("chat subscribed at :0");
    }

    @Test
    void endsWithAnErrorThatStays() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        var subscribing = client.subscription("chat", options).subscribe();
        peer.expect(Request.Subscribe.class);
        peer.fail(ErrorCode.PERMISSION_DENIED);
        heard.expect("chat subscribing 0 subscribe called", "chat unsubscribed 103 permission denied");
        assertThatThrownBy(subscribing::join).hasCauseInstanceOf(UnsubscribedException.class);
        // It may be tried again by hand.
        client.subscription("chat").subscribe();
        peer.expect(Request.Subscribe.class);
    }

    @Test
    void fetchesAnotherTokenWhenItsOwnExpired() {
        AtomicInteger tokens = new AtomicInteger();
        HeliographClient client = build();
        FakePeer peer = connected(client);
        client.subscription("chat", options.withToken(() -> "t" + tokens.incrementAndGet()))
                .subscribe();
        assertThat(peer.expect(Request.Subscribe.class).token()).isEqualTo("t1");
        peer.fail(ErrorCode.TOKEN_EXPIRED);
        time.passPlanned(PAUSE);
        assertThat(peer.expect(Request.Subscribe.class).token()).isEqualTo("t2");
    }

    @Test
    void endsWhenAnExpiredTokenCanNotBeReplaced() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        client.subscription("chat", options).subscribe();
        peer.expect(Request.Subscribe.class);
        peer.fail(ErrorCode.TOKEN_EXPIRED);
        heard.expect("chat subscribing 0 subscribe called", "chat unsubscribed 109 token expired");
    }

    @Test
    void endsWhenThereIsNoTokenToBeHadAndTriesAgainWhenThatFailed() {
        AtomicInteger asked = new AtomicInteger();
        HeliographClient client = build();
        connected(client);
        client.subscription("chat", options.withToken(() -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new IOException("no answer");
                    }
                    throw new UnauthorizedException("not yours");
                }))
                .subscribe();
        heard.expect("chat subscribing 0 subscribe called", "chat error IOException");
        time.passPlanned(PAUSE);
        heard.expect("chat unsubscribed 1 unauthorized");
    }

    @Test
    void renewsItsTokenBeforeItExpires() {
        AtomicInteger tokens = new AtomicInteger();
        HeliographClient client = build();
        FakePeer peer = connected(client);
        client.subscription("chat", options.withToken(() -> "t" + tokens.incrementAndGet()))
                .subscribe();
        peer.expect(Request.Subscribe.class);
        peer.ok(Results.expiringSubscription(20));
        time.passPlanned(Duration.ofSeconds(16));
        assertThat(peer.expect(Request.SubRefresh.class)).isEqualTo(new Request.SubRefresh("chat", "t2", 0));
        peer.ok(new Result.SubRefresh(true, 10));
        time.awaitPlanned(Duration.ofSeconds(8));
    }

    @Test
    void takesANewConnectionWhenSubscribeHasNoReply() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        time.pass(Duration.ofSeconds(5));
        client.subscription("chat", options).subscribe();
        peer.expect(Request.Subscribe.class);
        time.passPlanned(Duration.ofSeconds(5));
        assertThat(peer.expectClose()).isEqualTo(1000);
        heard.expect("chat subscribing 0 subscribe called", "connecting 3 subscribe timeout");
        time.passPlanned(PAUSE);
        welcomed("c2").expect(Request.Subscribe.class);
    }

    @Test
    void unsubscribesAndHearsNothingAfterwards() {
        HeliographClient client = build();
        FakePeer peer = subscribed(client, "chat", Results.recoverable("e", 4));
        client.subscription("chat").unsubscribe();
        assertThat(peer.expect(Request.Unsubscribe.class).channel()).isEqualTo("chat");
        peer.push(new Push.Pub("chat", Results.publication(5)));
        peer.ok(new Result.Unsubscribe());
        heard.expect("chat unsubscribed 0 unsubscribe called");
        // It comes back where it left.
        client.subscription("chat").subscribe();
        Request.Subscribe request = peer.expect(Request.Subscribe.class);
        assertThat(request.recover()).isTrue();
        assertThat(request.offset()).isEqualTo(4);
        heard.expect("chat subscribing 0 subscribe called");
    }

    @Test
    void takesANewConnectionWhenUnsubscribeFails() {
        HeliographClient client = build();
        FakePeer peer = subscribed(client, "chat", Results.plain());
        client.subscription("chat").unsubscribe();
        peer.expect(Request.Unsubscribe.class);
        peer.fail(ErrorCode.INTERNAL);
        heard.expect("chat unsubscribed 0 unsubscribe called", "connecting 4 unsubscribe error");
    }

    @Test
    void ignoresTheReplyToASubscribeItNoLongerWants() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        Subscription subscription = client.subscription("chat", options);
        subscription.subscribe();
        Command first = peer.next();
        subscription.unsubscribe();
        Command second = peer.next();
        subscription.subscribe();
        Command third = peer.next();
        peer.ok(first, Results.recoverable("old", 1));
        peer.ok(second, new Result.Unsubscribe());
        peer.ok(third, Results.recoverable("new", 2));
        heard.expect(
                "chat subscribing 0 subscribe called",
                "chat unsubscribed 0 unsubscribe called",
                "chat subscribing 0 subscribe called",
                "chat subscribed at new:2");
    }

    @Test
    void sendsAllSubscribesOfAConnectionInOneFrame() {
        HeliographClient client = build();
        for (int i = 0; i < 100; i++) {
            client.subscription("chat:" + i).subscribe();
        }
        client.connect();
        FakePeer peer = welcomed("c1");
        assertThat(peer.frame())
                .hasSize(100)
                .allSatisfy(command -> assertThat(command.request()).isInstanceOf(Request.Subscribe.class));
    }

    @Test
    void splitsWhatIsTooMuchForOneFrame() {
        HeliographClient client = build(builder.maxFrameBytes(2_000));
        for (int i = 0; i < 100; i++) {
            client.subscription("chat:" + i).subscribe();
        }
        client.connect();
        FakePeer peer = welcomed("c1");
        List<Command> all = new ArrayList<>();
        int frames = 0;
        for (; all.size() < 100; frames++) {
            all.addAll(peer.frame());
        }
        assertThat(frames).isBetween(2, 4);
    }

    @Test
    void endsWithTheClient() {
        HeliographClient client = build();
        subscribed(client, "chat", Results.plain());
        client.close();
        expectAnyOrder(
                "disconnected 2 client closed",
                "chat subscribing 2 client closed",
                "chat unsubscribed 2 client closed");
        assertThatThrownBy(() -> client.subscription("chat").subscribe().join())
                .hasCauseInstanceOf(UnsubscribedException.class);
    }

    @Test
    void waitsThroughADisconnect() {
        HeliographClient client = build();
        subscribed(client, "chat", Results.recoverable("e", 4));
        client.disconnect();
        expectAnyOrder("disconnected 0 disconnect called", "chat subscribing 0 disconnect called");
        client.connect();
        assertThat(welcomed("c2").expect(Request.Subscribe.class).offset()).isEqualTo(4);
    }

    @Test
    void isForgottenWhenItIsRemoved() {
        HeliographClient client = build();
        FakePeer peer = subscribed(client, "chat", Results.recoverable("e", 4));
        Subscription first = client.subscription("chat");
        client.remove(first);
        peer.expect(Request.Unsubscribe.class);
        peer.ok(new Result.Unsubscribe());
        Subscription second = client.subscription("chat");
        assertThat(second).isNotSameAs(first);
        second.subscribe();
        assertThat(peer.expect(Request.Subscribe.class).recover()).isFalse();
    }

    private FakePeer subscribed(HeliographClient client, String channel, Result.Subscribe result) {
        FakePeer peer = connected(client);
        client.subscription(channel, options).subscribe();
        peer.expect(Request.Subscribe.class);
        peer.ok(result);
        heard.expect(channel + " subscribing 0 subscribe called");
        assertThat(heard.next()).startsWith(channel + " subscribed at ");
        return peer;
    }

    private static Reply publication(String channel, long offset) {
        return new Reply.Pushed(new Push.Pub(channel, Results.publication(offset)));
    }

    /// The connection and the subscription are told on threads of their own.
    private void expectConnectedAndSubscribing() {
        expectAnyOrder("connecting 0 connect called", "connected c1", "chat subscribing 0 subscribe called");
    }

    private void expectAnyOrder(String... lines) {
        List<String> next = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            next.add(heard.next());
        }
        assertThat(next).containsExactlyInAnyOrder(lines);
    }
}
