package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.cluster.redis.RedisBus;
import dev.heliograph.server.session.Event;
import dev.heliograph.server.session.SubscriptionSnapshot;
import dev.heliograph.server.websocket.ClientFrame;
import dev.heliograph.server.websocket.RawWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Three relays that share a Redis: whichever is asked, all of them are meant.
class ConnectionsTest {

    private static Nodes nodes;

    @BeforeAll
    static void start() {
        nodes = new Nodes(3);
        for (int i = 0; i < 30; i++) {
            nodes.client(i % 3, "list-" + i % 7, "5." + i % 11, "list:all", "list:" + i % 2);
        }
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void pagesOfAnyNodeAreTheListOfAll() {
        for (String query : List.of(
                "user = list-*",
                "user = list-* order by version desc",
                "user = list-* and version >= 5.3 order by user",
                "channel = list:1 and ip in 127.0.0.0/8 order by connected desc",
                "user = list-* and node != node-1 order by node desc")) {
            List<List<String>> ofEach = new ArrayList<>();
            for (int node = 0; node < 3; node++) {
                List<Row> rows = new ArrayList<>();
                String cursor = "";
                do {
                    ListPage page = nodes.at(node).list(query, 7, cursor);
                    assertThat(page.missing()).isEmpty();
                    rows.addAll(page.rows());
                    cursor = page.next().orElse("");
                    assertThat(page.matched()).isGreaterThanOrEqualTo(rows.size());
                } while (!cursor.isEmpty());
                Order order = Query.parse(query).order();
                assertThat(rows).isSortedAccordingTo(Comparator.comparing(order::key, order));
                ofEach.add(rows.stream().map(Row::client).toList());
            }
            assertThat(ofEach.get(0)).as(query).isNotEmpty().doesNotHaveDuplicates();
            assertThat(ofEach.get(1)).as(query).isEqualTo(ofEach.get(0));
            assertThat(ofEach.get(2)).as(query).isEqualTo(ofEach.get(0));
        }
        assertThat(nodes.at(1).list("user = list-*", 1, "").matched()).isEqualTo(30);
        assertThat(nodes.at(1).list("channel = list:1", 1, "").matched()).isEqualTo(15);
        assertThat(nodes.at(1).list("channel = list:1 and version = 5.1", 1, "").matched())
                .isEqualTo(2);
    }

    @Test
    void aRowTellsWhatIsKnown() {
        Row row = nodes.at(2)
                .list("user = list-3 and version = 5.3", 1, "")
                .rows()
                .getFirst();
        assertThat(row.nodeName()).isEqualTo("node-0");
        assertThat(row.colour()).isEqualTo("green");
        assertThat(row.address()).isEqualTo("127.0.0.1");
        assertThat(row.name()).isEqualTo("js");
        assertThat(row.encoding()).isEqualTo("json");
        assertThat(row.transport()).isEqualTo("websocket");
        assertThat(row.tls()).isFalse();
        assertThat(row.subscriptions()).isEqualTo(2);
        assertThat(row.messagesIn()).isEqualTo(3);
        assertThat(row.messagesOut()).isEqualTo(3);
        assertThat(row.bytesIn()).isGreaterThan(200);
        assertThat(row.bytesOut()).isGreaterThan(50);
        assertThat(row.queueBytes()).isZero();
        assertThat(row.rttMs()).isEqualTo(-1);
        assertThat(row.readPaused()).isFalse();
        assertThat(row.connectedAt()).isGreaterThanOrEqualTo(row.openedAt());
        assertThat(row.expireAt()).isZero(); // client.insecure: tokens do not expire
    }

    @Test
    void groupsOfAnyNodeAreTheSumsOfAll() {
        for (int node = 0; node < 3; node++) {
            Connections asked = nodes.at(node);
            GroupPage users = asked.group("user = list-*", "user", Group.Measure.CONNECTIONS, 3);
            assertThat(users.groups().stream().map(each -> each.key() + "=" + each.connections()))
                    .containsExactly("list-0=5", "list-1=5", "list-2=4");
            assertThat(users.others()).isEqualTo(4);
            assertThat(users.rest().connections()).isEqualTo(16);
            assertThat(users.matched()).isEqualTo(30);
            assertThat(asked.group("user = list-*", "channel", Group.Measure.CONNECTIONS, 10).groups().stream()
                            .map(each -> each.key() + "=" + each.connections()))
                    .containsExactly("list:all=30", "list:0=15", "list:1=15");
            assertThat(asked.group("user = list-*", "ip/16", Group.Measure.CONNECTIONS, 10).groups().stream()
                            .map(each -> each.key() + "=" + each.connections()))
                    .containsExactly("127.0.0.0/16=30");
            assertThat(asked.group("user = list-*", "version", Group.Measure.CONNECTIONS, 10)
                            .groups())
                    .first()
                    .extracting(Group::key)
                    .isEqualTo("js 5.0");
            assertThat(asked.group("user = list-*", "node", Group.Measure.CONNECTIONS, 10).groups().stream()
                            .map(Group::key))
                    .containsExactly("node-0", "node-1", "node-2");
        }
    }

    @Test
    void aConnectionTellsItsSubscriptionsAndItsEvents() {
        RawWebSocket client = nodes.client(1, "teller", "6.0", "room:a", "log:b");
        client.sendText("{\"id\":3,\"unsubscribe\":{\"channel\":\"room:a\"}}");
        client.sendText("{\"id\":4,\"subscribe\":{\"channel\":\"nowhere:a\"}}");
        assertThat(client.readText()).contains("\"unsubscribe\"");
        assertThat(client.readText()).contains("\"error\"");
        String id = nodes.idOf("teller");
        Connections.Lookup lookup = nodes.at(2).find(id);
        assertThat(lookup.missing()).isEmpty();
        ConnectionDetail detail = lookup.detail().orElseThrow();
        assertThat(detail.closedAt()).isZero();
        assertThat(detail.subscriptions())
                .extracting(SubscriptionSnapshot::channel)
                .containsExactly("log:b");
        assertThat(detail.events().stream()
                        .map(each -> each.kind() + " " + each.code() + " " + each.detail() + " " + each.by()))
                .containsExactly(
                        "HANDSHAKE 0  client",
                        "CONNECT 0  client",
                        "SUBSCRIBE 0 room:a client",
                        "SUBSCRIBE 0 log:b client",
                        "UNSUBSCRIBE 0 room:a client",
                        "ERROR 102 unknown channel client");
        assertThat(nodes.at(0).find("nobody").detail()).isEmpty();
    }

    @Test
    void aClosedConnectionTellsWhyForAWhile() {
        nodes.client(1, "ended", "6.0", "room:a");
        RawWebSocket left = nodes.client(2, "left", "6.0");
        String ended = nodes.idOf("ended");
        String gone = nodes.idOf("left");
        nodes.at(0).disconnect(request("why", DisconnectRequest.Selection.clients(List.of(ended)), 0));
        left.send(ClientFrame.close(4321, "had enough"));
        Event last = awaitClosed(ended).events().getLast();
        assertThat(last.kind()).isEqualTo(Event.Kind.DISCONNECT);
        assertThat(last.code()).isEqualTo(3503);
        assertThat(last.detail()).isEqualTo("go");
        assertThat(last.by()).isEqualTo("olga");
        assertThat(awaitClosed(ended).subscriptions())
                .extracting(SubscriptionSnapshot::channel)
                .containsExactly("room:a");
        Event own = awaitClosed(gone).events().getLast();
        assertThat(own.code()).isEqualTo(4321);
        assertThat(own.detail()).isEqualTo("had enough");
        assertThat(own.by()).isEqualTo("client");
    }

    private static ConnectionDetail awaitClosed(String client) {
        return await().atMost(Nodes.LONG)
                .until(() -> nodes.at(0).find(client).detail().orElseThrow(), detail -> detail.closedAt() > 0);
    }

    private static DisconnectRequest request(String id, DisconnectRequest.Selection selection, double perSecond) {
        return new DisconnectRequest(id, selection, 3503, "go", perSecond, 0, true, Duration.ofMinutes(5), "olga");
    }

    @Test
    void ratesAreAveragesOfALifeUntilSomebodyHasAsked() {
        RawWebSocket client = nodes.client(0, "rated", "6.0", "rates");
        Row first = nodes.at(2).list("user = rated", 1, "").rows().getFirst();
        assertThat(first.outRate()).isPositive();
        await().atMost(Nodes.LONG).untilAsserted(() -> {
            client.sendText("{\"id\":9,\"publish\":{\"channel\":\"rates\",\"data\":{}}}");
            Row row = nodes.at(2)
                    .list("user = rated and out_rate > 0 and in_rate > 0", 1, "")
                    .rows()
                    .getFirst();
            // A window of two samples, and not its whole life.
            assertThat(row.rateWindowMs()).isLessThan(row.ageMs());
            assertThat(row.inBytesRate()).isPositive();
        });
        assertThat(nodes.at(0).measuring()).isTrue();
    }

    @Test
    void aBadQuestionIsRefusedWhereItIsAsked() {
        Connections asked = nodes.at(0);
        assertThatThrownBy(() -> asked.list("usr = a", 10, "")).isInstanceOf(QueryException.class);
        for (int limit : new int[] {0, -1, 1_001}) {
            assertThatThrownBy(() -> asked.list("", limit, "")).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> asked.list("", 10, "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> asked.group("", "usr", Group.Measure.QUEUE, 1))
                .hasMessageContaining("did you mean user?");
        assertThatThrownBy(() -> asked.group("", "ip/129", Group.Measure.QUEUE, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> asked.channel("nowhere:x", 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aNodeThatDoesNotAnswerIsNamed() {
        Node old = new Node("id", "of-old", "", "0.1", "", 0, false, new Node.Load(0, 0, 0, 0, 0, 1, 0, 0, 0));
        try (Cluster cluster = new Cluster(new RedisBus(nodes.config("of-old").redis()), () -> old)) {
            cluster.start();
            await().atMost(Nodes.LONG)
                    .untilAsserted(() -> assertThat(
                                    nodes.at(0).list("user = list-*", 10, "").missing())
                            .anyMatch(each -> each.contains("of-old")));
            assertThat(nodes.at(0).list("user = list-*", 10, "").matched()).isEqualTo(30);
        }
        await().atMost(Nodes.LONG)
                .untilAsserted(() -> assertThat(
                                nodes.at(0).list("user = list-*", 10, "").missing())
                        .isEmpty());
    }

    // ---- channels ----

    @Test
    void channelsAreCountedOverAllNodes() {
        nodes.client(0, "ch", "1", "room:count", "log:count");
        RawWebSocket client = nodes.client(1, "ch", "1", "room:count");
        client.sendText("{\"id\":9,\"publish\":{\"channel\":\"log:count\",\"data\":{}}}");
        assertThat(client.readText()).contains("\"publish\"");
        ChannelPage page = nodes.at(2).channels("*:count", ChannelOrder.SUBSCRIBERS, 1);
        assertThat(page.channels()).extracting(ChannelRow::channel).containsExactly("room:count");
        assertThat(page.channels().getFirst().subscribers()).isEqualTo(2);
        assertThat(page.others()).isEqualTo(1);
        ChannelDetail log = nodes.at(2).channel("log:count", 10);
        assertThat(log.problems()).isEmpty();
        assertThat(log.row().subscribers()).isEqualTo(1);
        assertThat(log.history().orElseThrow().offset()).isEqualTo(1);
        assertThat(log.history().orElseThrow().depth()).isEqualTo(1);
        assertThat(log.presence()).isEmpty();
        assertThat(log.subscribers().rows()).extracting(Row::user).containsExactly("ch");
        ChannelDetail room = nodes.at(2).channel("room:count", 1);
        assertThat(room.history()).isEmpty();
        assertThat(room.presence().orElseThrow().clients()).isEqualTo(2);
        assertThat(room.subscribers().matched()).isEqualTo(2);
        await().atMost(Nodes.LONG).untilAsserted(() -> {
            client.sendText("{\"id\":9,\"publish\":{\"channel\":\"room:count\",\"data\":{}}}");
            ChannelRow row = nodes.at(2)
                    .channels("room:count", ChannelOrder.OUT_RATE, 5)
                    .channels()
                    .getFirst();
            assertThat(row.inRate()).isPositive();
            assertThat(row.outRate()).isPositive();
        });
    }

    @Test
    void aTailShowsSomeOfWhatIsPublishedElsewhereAndEndsByItself() throws InterruptedException {
        RawWebSocket client = nodes.client(0, "tailed", "1");
        List<TailLine> lines = new CopyOnWriteArrayList<>();
        long[] sums = new long[2];
        CountDownLatch ended = new CountDownLatch(1);
        Tail.Listener listener = new Tail.Listener() {
            @Override
            public void onLine(TailLine line, long skipped) {
                lines.add(line);
            }

            @Override
            public void onEnd(long seen, long skipped) {
                sums[0] = seen;
                sums[1] = skipped;
                ended.countDown();
            }
        };
        Tail tail = nodes.at(2).tail(new TailRequest("log:tail", 5, Duration.ofMinutes(1), Masking.VALUES), listener);
        for (int i = 0; i < 50; i++) {
            client.sendText("{\"id\":%d,\"publish\":{\"channel\":\"log:tail\",\"data\":{\"pin\":%d,\"who\":\"me\"}}}"
                    .formatted(i + 2, 1000 + i));
        }
        await().atMost(Nodes.LONG).untilAsserted(() -> assertThat(lines).hasSizeGreaterThanOrEqualTo(5));
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.data()).isEqualTo("{\"pin\":0,\"who\":\"***\"}");
            assertThat(line.user()).isEqualTo("tailed");
            assertThat(line.bytes()).isEqualTo("{\"pin\":1000,\"who\":\"me\"}".length());
        });
        assertThat(lines.getFirst().offset()).isEqualTo(1);
        // One that only looks on is no subscriber.
        assertThat(nodes.at(1).channels("log:tail", ChannelOrder.NAME, 5).channels())
                .isEmpty();
        await().atMost(Nodes.LONG)
                .until(() -> nodes.at(1)
                                .channel("log:tail", 1)
                                .history()
                                .orElseThrow()
                                .depth()
                        == 50);
        tail.close();
        assertThat(ended.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        assertThat(sums[0]).isBetween((long) lines.size(), 50L);
        assertThat(sums[1]).isEqualTo(sums[0] - lines.size());
        CountDownLatch over = new CountDownLatch(1);
        nodes.at(2).tail(new TailRequest("log:tail", 5, Duration.ofMillis(1), Masking.SIZES), new Tail.Listener() {
            @Override
            public void onLine(TailLine line, long skipped) {}

            @Override
            public void onEnd(long seen, long skipped) {
                over.countDown();
            }
        });
        assertThat(over.await(30, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }

    // ---- ending them ----

    @Test
    void oneIdIsOneOperationWhoeverIsAsked() throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            String user = "once-" + round;
            for (int i = 0; i < 6; i++) {
                nodes.client(i % 3, user, "1");
            }
            String id = "same-" + round;
            Set<String> running = java.util.Collections.synchronizedSet(new HashSet<>());
            CountDownLatch begin = new CountDownLatch(1);
            List<Thread> askers = new ArrayList<>();
            for (int node = 0; node < 3; node++) {
                Connections asked = nodes.at(node);
                askers.add(Thread.startVirtualThread(() -> {
                    try {
                        begin.await();
                        running.add(
                                asked.disconnect(request(id, DisconnectRequest.Selection.query("user = " + user), 0))
                                        .node());
                    } catch (InterruptedException | RuntimeException e) {
                        running.add(e.toString());
                    }
                }));
            }
            begin.countDown();
            for (Thread asker : askers) {
                asker.join();
            }
            assertThat(running).hasSize(1).allMatch(each -> each.length() == 36);
            await().atMost(Nodes.LONG)
                    .untilAsserted(() -> assertThat(
                                    nodes.at(0).list("user = " + user, 1, "").matched())
                            .isZero());
            DisconnectStatus again =
                    nodes.at(round % 3).disconnect(request(id, DisconnectRequest.Selection.query("user = list-*"), 0));
            assertThat(again.selected()).isEqualTo(6);
            assertThat(nodes.at(0).list("user = list-*", 1, "").matched()).isEqualTo(30);
        }
    }

    @Test
    void anOperationIsFollowedAndCancelledFromAnyNode() {
        for (int i = 0; i < 9; i++) {
            nodes.client(i % 3, "slowly", "1");
        }
        DisconnectStatus begun =
                nodes.at(1).disconnect(request("slow", DisconnectRequest.Selection.query("user = slowly"), 0.05));
        assertThat(begun.selected()).isEqualTo(9);
        assertThat(begun.matched()).isEqualTo(9);
        await().atMost(Nodes.LONG)
                .until(() -> nodes.at(2).operation("slow").orElseThrow().told() == 1);
        assertThat(nodes.at(2).operations())
                .extracting(DisconnectStatus::operation)
                .contains("slow");
        assertThat(nodes.at(0).cancel("slow")).isPresent();
        DisconnectStatus ended = await().atMost(Nodes.LONG)
                .until(
                        () -> nodes.at(2).operation("slow").orElseThrow(),
                        status -> status.state() != DisconnectStatus.State.RUNNING);
        assertThat(ended.state()).isEqualTo(DisconnectStatus.State.CANCELLED);
        assertThat(ended.told()).isEqualTo(1);
        assertThat(nodes.at(0).list("user = slowly", 1, "").matched()).isEqualTo(8);
        assertThat(nodes.at(0).cancel("never begun")).isEmpty();
    }

    @Test
    void whatTakesLongerThanItIsGivenDoesNotBegin() {
        for (int i = 0; i < 3; i++) {
            nodes.client(i, "patient", "1");
        }
        DisconnectRequest tooSlow = new DisconnectRequest(
                "too-slow",
                DisconnectRequest.Selection.query("user = patient"),
                3503,
                "",
                1,
                2,
                false,
                Duration.ofSeconds(1),
                "olga");
        assertThatThrownBy(() -> nodes.at(0).disconnect(tooSlow))
                .hasMessageContaining("2 connections at 1.0/s take 2 s");
        assertThat(nodes.at(0).operation("too-slow")).isEmpty();
        assertThat(nodes.at(0).list("user = patient", 1, "").matched()).isEqualTo(3);
    }

    @Test
    void aGroupIsEndedAndNobodyElse() {
        for (int i = 0; i < 6; i++) {
            nodes.client(i % 3, "member-" + i % 2, "9." + i % 2);
        }
        nodes.at(0)
                .disconnect(
                        request("group", DisconnectRequest.Selection.group("user = member-*", "version", "js 9.1"), 0));
        await().atMost(Nodes.LONG)
                .untilAsserted(() -> assertThat(
                                nodes.at(1).list("user = member-*", 10, "").rows())
                        .extracting(Row::version)
                        .containsOnly("9.0")
                        .hasSize(3));
    }
}
