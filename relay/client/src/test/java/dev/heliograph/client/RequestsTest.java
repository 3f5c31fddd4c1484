package dev.heliograph.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RequestsTest extends ClientTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void completesAPublishWhenItIsAcknowledged() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        CompletableFuture<Void> published = client.publish("chat", Bytes.utf8("{\"a\":\n1}"));
        assertThat(peer.expect(Request.Publish.class)).isEqualTo(Request.Publish.of("chat", Bytes.utf8("{\"a\": 1}")));
        assertThat(published).isNotDone();
        peer.ok(new Result.Publish());
        published.join();
    }

    @Test
    void publishesAgainInOrderAfterALostConnection() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        List<CompletableFuture<Void>> published = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            published.add(client.publish("chat", Bytes.utf8(Integer.toString(i))));
        }
        for (int i = 0; i < 3; i++) {
            peer.expect(Request.Publish.class);
            if (i == 0) {
                peer.ok(new Result.Publish());
            }
        }
        published.getFirst().join();
        peer.drop();
        heard.expect("connecting 1 transport closed");
        published.add(client.publish("chat", Bytes.utf8("3")));
        time.passPlanned(PAUSE);
        FakePeer second = welcomed("c2");
        List<Command> again = second.frame();
        assertThat(again)
                .extracting(
                        command -> ((Request.Publish) command.request()).data().text())
                .containsExactly("1", "2", "3");
        again.forEach(command -> second.ok(command, new Result.Publish()));
        published.forEach(CompletableFuture::join);
    }

    @Test
    void publishesAgainAfterATemporaryErrorAndAMissingReply() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        time.pass(Duration.ofSeconds(5));
        CompletableFuture<Void> published = client.publish("chat", Bytes.utf8("1"));
        peer.expect(Request.Publish.class);
        peer.fail(ErrorCode.TOO_MANY_REQUESTS);
        time.passPlanned(PAUSE);
        peer.expect(Request.Publish.class);
        time.passPlanned(Duration.ofSeconds(4));
        time.passPlanned(Duration.ofSeconds(1));
        time.passPlanned(PAUSE);
        peer.expect(Request.Publish.class);
        peer.ok(new Result.Publish());
        published.join();
    }

    @Test
    void failsAPublishThatTheServerRefuses() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        CompletableFuture<Void> published = client.publish("chat", Bytes.utf8("1"));
        peer.expect(Request.Publish.class);
        peer.fail(ErrorCode.PERMISSION_DENIED);
        assertThatThrownBy(published::join)
                .cause()
                .isInstanceOfSatisfying(
                        RequestFailedException.class,
                        error -> assertThat(error.code()).isEqualTo(103));
    }

    @Test
    void givesAPublishUpWhenItsTimeIsOver() {
        HeliographClient client = build();
        client.connect();
        CompletableFuture<Void> published = client.publish("chat", Bytes.utf8("1"));
        CompletableFuture<Void> sooner = client.publish("chat", Bytes.utf8("2"), Duration.ofSeconds(7));
        time.passPlanned(Duration.ofSeconds(7));
        assertThatThrownBy(sooner::join).hasCauseInstanceOf(RequestTimeoutException.class);
        assertThat(published).isNotDone();
        time.passPlanned(MINUTE.minusSeconds(7));
        assertThatThrownBy(published::join).hasCauseInstanceOf(RequestTimeoutException.class);
    }

    @Test
    void failsWhatIsOpenWhenTheClientGivesUp() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        CompletableFuture<Void> published = client.publish("chat", Bytes.utf8("1"));
        peer.expect(Request.Publish.class);
        peer.close(3503, "force disconnect");
        assertThatThrownBy(published::join).hasCauseInstanceOf(NotConnectedException.class);
        assertThatThrownBy(() -> client.publish("chat", Bytes.utf8("1")).join())
                .hasCauseInstanceOf(NotConnectedException.class);
    }

    @Test
    void refusesRequestsBeforeConnect() {
        assertThatThrownBy(() -> build().presence("chat").join()).hasCauseInstanceOf(NotConnectedException.class);
    }

    @Test
    void makesCallersWaitWhenTooManyAreInFlight() throws InterruptedException {
        HeliographClient client = build(builder.maxInFlight(2));
        FakePeer peer = connected(client);
        client.publish("chat", Bytes.utf8("1"));
        client.publish("chat", Bytes.utf8("2"));
        CompletableFuture<CompletableFuture<Void>> third = new CompletableFuture<>();
        Thread caller = Thread.ofPlatform().start(() -> third.complete(client.publish("chat", Bytes.utf8("3"))));
        await().until(() -> caller.getState() == Thread.State.TIMED_WAITING);
        peer.expect(Request.Publish.class);
        peer.ok(new Result.Publish());
        caller.join();
        peer.expect(Request.Publish.class);
        assertThat(peer.expect(Request.Publish.class).data().text()).isEqualTo("3");
        peer.ok(new Result.Publish());
        third.join().join();
    }

    @Test
    void doesNotRepeatWhatTheApplicationCancelled() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        CompletableFuture<Void> published = client.publish("chat", Bytes.utf8("1"));
        peer.expect(Request.Publish.class);
        published.cancel(false);
        peer.drop();
        heard.expect("connecting 1 transport closed");
        time.passPlanned(PAUSE);
        FakePeer second = welcomed("c2");
        second.ping();
        second.expect(Request.Pong.class);
    }

    @Test
    void callsAProcedureAtMostOnce() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        CompletableFuture<Bytes> first = client.rpc("sum", Bytes.utf8("[1,2]"));
        assertThat(peer.expect(Request.Rpc.class)).isEqualTo(new Request.Rpc("sum", Bytes.utf8("[1,2]")));
        peer.ok(new Result.Rpc(Bytes.utf8("3")));
        assertThat(first.join().text()).isEqualTo("3");
        CompletableFuture<Bytes> second = client.rpc("sum", Bytes.utf8("[1,2]"));
        peer.expect(Request.Rpc.class);
        peer.drop();
        assertThatThrownBy(second::join).hasCauseInstanceOf(NotConnectedException.class);
    }

    @Test
    void asksAgainForWhatChangesNothing() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        CompletableFuture<Result.Presence> presence = client.presence("chat");
        peer.expect(Request.Presence.class);
        peer.drop();
        time.passPlanned(PAUSE);
        FakePeer second = welcomed("c2");
        second.expect(Request.Presence.class);
        ClientInfo ann = new ClientInfo("ann", "c9", Bytes.EMPTY, Bytes.EMPTY);
        second.ok(new Result.Presence(Map.of("c9", ann)));
        assertThat(presence.join().presence()).containsEntry("c9", ann);
        CompletableFuture<Result.PresenceStats> stats = client.presenceStats("chat");
        second.expect(Request.PresenceStats.class);
        second.ok(new Result.PresenceStats(2, 1));
        assertThat(stats.join()).isEqualTo(new Result.PresenceStats(2, 1));
        CompletableFuture<Result.History> history =
                client.history("chat", 10, Optional.of(new StreamPosition(1, "e")), true);
        assertThat(second.expect(Request.History.class))
                .isEqualTo(new Request.History("chat", 10, Optional.of(new StreamPosition(1, "e")), true));
        second.ok(new Result.History(List.of(Results.publication(2)), new StreamPosition(2, "e")));
        assertThat(history.join().publications()).containsExactly(Results.publication(2));
    }

    @Test
    void sendsMessagesThatNobodyAnswers() {
        HeliographClient client = build();
        FakePeer peer = connected(client);
        CompletableFuture<Void> sent = client.send(Bytes.utf8("1"));
        assertThat(peer.next()).isEqualTo(new Command(0, new Request.Send(Bytes.utf8("1"))));
        sent.join();
        client.disconnect();
        heard.expect("disconnected 0 disconnect called");
        assertThatThrownBy(() -> client.send(Bytes.utf8("1")).join()).hasCauseInstanceOf(NotConnectedException.class);
    }

    @Test
    void refusesWhatWouldEndTheConnection() {
        HeliographClient client = build();
        connected(client);
        assertThatThrownBy(() -> client.publish("chat", Bytes.utf8("{")).join())
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.publish("chat", Bytes.utf8("\"%s\"".formatted("x".repeat(65_536))))
                        .join())
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }
}
