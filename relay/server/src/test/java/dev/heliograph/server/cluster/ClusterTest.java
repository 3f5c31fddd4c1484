package dev.heliograph.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.cluster.Cluster.Timing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nodes that find, ask and miss each other, on a bus in memory.
class ClusterTest {

    private record Question(String text) {}

    private record Answer(String text) {}

    private static final Procedure<Question, Answer> ECHO = new Procedure<>("echo", Question.class, Answer.class);

    /// Long enough that no busy machine makes a node silent that is not.
    private static final Duration SILENCE = Duration.ofSeconds(2);

    private static final Timing PATIENT =
            new Timing(Duration.ofMillis(20), Duration.ofMinutes(1), Duration.ofMinutes(1));
    private static final Timing QUICK = new Timing(Duration.ofMillis(20), SILENCE, Duration.ofSeconds(30));
    private static final Timing IMPATIENT =
            new Timing(Duration.ofMillis(20), Duration.ofMinutes(1), Duration.ofMillis(300));

    private final MemoryBus.Wire wire = new MemoryBus.Wire();
    private final List<Cluster> clusters = new ArrayList<>();

    @AfterEach
    void closeAll() {
        clusters.forEach(Cluster::close);
    }

    private static Node node(String name) {
        return new Node(name, name, name + ":8000", "1", "blue", 1, false, new Node.Load(1, 2, 3, 4, 5.5, 2, 6, 7, 8));
    }

    /// Not started, nor able to do anything.
    private Cluster member(String name, Bus bus, Timing timing) {
        Cluster cluster = new Cluster(bus, () -> node(name), timing, System::nanoTime);
        clusters.add(cluster);
        return cluster;
    }

    private Cluster echoing(String name, Bus bus, Timing timing) {
        Cluster cluster = member(name, bus, timing);
        cluster.handle(ECHO, question -> new Answer(name + " " + question.text()));
        cluster.start();
        return cluster;
    }

    private Cluster echoing(String name) {
        return echoing(name, wire.bus(), PATIENT);
    }

    private static void awaitNodes(Cluster cluster, String... names) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(cluster.nodes()).extracting(Node::name).containsExactlyInAnyOrder(names));
    }

    @Test
    void nodesFindEachOther() {
        Cluster a = echoing("a");
        Cluster b = echoing("b");
        awaitNodes(a, "a", "b");
        awaitNodes(b, "b", "a");
        assertThat(a.nodes()).containsExactly(node("a"), node("b"));
    }

    @Test
    void aNodeThatLeavesIsForgottenAtOnce() {
        Cluster a = echoing("a", wire.bus(), IMPATIENT);
        Cluster b = echoing("b", wire.bus(), IMPATIENT);
        awaitNodes(a, "a", "b");
        b.close();
        awaitNodes(a, "a");
    }

    @Test
    void aNodeThatFallsSilentIsForgottenUntilItIsHeardAgain() {
        Cluster a = echoing("a", wire.bus(), QUICK);
        MemoryBus bus = wire.bus();
        echoing("b", bus, QUICK);
        echoing("c", wire.bus(), QUICK);
        awaitNodes(a, "a", "b", "c");
        bus.cut = true;
        awaitNodes(a, "a", "c");
        bus.cut = false;
        awaitNodes(a, "a", "b", "c");
    }

    @Test
    void whoIsCutOffKnowsThatItCannotTellWhoHasVanished() {
        MemoryBus bus = wire.bus();
        Cluster a = echoing("a", bus, QUICK);
        echoing("b", wire.bus(), QUICK);
        awaitNodes(a, "a", "b");
        bus.cut = true;
        long end = System.nanoTime() + 3 * SILENCE.toNanos();
        await().until(() -> System.nanoTime() > end);
        assertThat(a.nodes()).extracting(Node::name).containsExactly("a", "b");
    }

    @Test
    void everyNodeAnswers() {
        Cluster a = echoing("a");
        echoing("b");
        echoing("c");
        awaitNodes(a, "a", "b", "c");
        assertThat(a.ask(ECHO, new Question("?")).all())
                .extracting(Answer::text)
                .containsExactlyInAnyOrder("a ?", "b ?", "c ?");
    }

    @Test
    void aNodeThatIsAloneAnswersItself() {
        Cluster a = echoing("a", Bus.none(), PATIENT);
        assertThat(a.ask(ECHO, new Question("?")).byNode()).containsOnlyKeys("a");
        assertThat(a.nodes()).containsExactly(node("a"));
    }

    @Test
    void aNodeThatCannotSaysWhy() {
        Cluster a = echoing("a");
        Cluster failing = member("b", wire.bus(), PATIENT);
        failing.handle(ECHO, _ -> {
            throw new IllegalStateException("no luck");
        });
        failing.start();
        member("old", wire.bus(), PATIENT).start();
        awaitNodes(a, "a", "b", "old");
        Answers<Answer> answers = a.ask(ECHO, new Question("?"));
        assertThat(answers.byNode()).containsOnlyKeys("a");
        assertThat(answers.failures()).containsExactlyInAnyOrder("b: no luck", "old: this version does not know echo");
        assertThatThrownBy(answers::all).isInstanceOf(ClusterException.class).hasMessageContaining("no luck");
    }

    @Test
    void aNodeThatVanishesMeanwhileIsToldApart() throws Exception {
        Cluster a = echoing("a", wire.bus(), QUICK);
        MemoryBus bus = wire.bus();
        Cluster hanging = member("b", bus, QUICK);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        hanging.handle(ECHO, _ -> {
            asked.countDown();
            awaitLatch(end);
            return new Answer("late");
        });
        hanging.start();
        awaitNodes(a, "a", "b");
        CompletableFuture<Answers<Answer>> answers =
                CompletableFuture.supplyAsync(() -> a.ask(ECHO, new Question("?")));
        awaitLatch(asked);
        bus.cut = true;
        assertThat(answers.get().vanished()).containsExactly(node("b"));
        assertThat(answers.get().all()).containsExactly(new Answer("a ?"));
        end.countDown();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aNodeThatIsThereAndSilentAboutAQuestionIsAFailure() {
        Cluster a = echoing("a", wire.bus(), IMPATIENT);
        CountDownLatch end = new CountDownLatch(1);
        Cluster hanging = member("b", wire.bus(), IMPATIENT);
        hanging.handle(ECHO, _ -> {
            awaitLatch(end);
            return new Answer("late");
        });
        hanging.start();
        awaitNodes(a, "a", "b");
        assertThat(a.ask(ECHO, new Question("?")).failures()).containsExactly("b does not answer");
        end.countDown();
    }

    @Test
    void aBusThatFailsIsAFailureEvenForANodeThatKnowsNoOther() {
        MemoryBus bus = wire.bus();
        bus.broken = true;
        Cluster a = echoing("a", bus, PATIENT);
        Answers<Answer> answers = a.ask(ECHO, new Question("?"));
        assertThat(answers.byNode()).containsOnlyKeys("a");
        assertThat(answers.failures()).containsExactly("other nodes cannot be reached: broken");
    }

    @Test
    void aQuestionThatComesTwiceIsDoneOnce() {
        MemoryBus bus = wire.bus();
        Cluster a = echoing("a", bus, PATIENT);
        AtomicInteger done = new AtomicInteger();
        Cluster b = member("b", wire.bus(), PATIENT);
        b.handle(ECHO, question -> {
            done.incrementAndGet();
            return new Answer("b " + question.text());
        });
        b.start();
        awaitNodes(a, "a", "b");
        bus.twice = true;
        for (int i = 0; i < 100; i++) {
            assertThat(a.ask(ECHO, new Question("" + i)).all()).hasSize(2);
        }
        assertThat(done).hasValue(100);
    }

    @Test
    void longAnswersArriveAndThoseThatAreTooLongSaySo() {
        byte[] noise = new byte[Message.MAX_BYTES];
        new Random(7).nextBytes(noise);
        String tooLong = new String(noise, StandardCharsets.ISO_8859_1);
        String letters = "ab".repeat(1 << 20);
        Cluster a = echoing("a");
        Cluster b = member("b", wire.bus(), PATIENT);
        b.handle(ECHO, question -> new Answer(question.text().equals("letters") ? letters : tooLong));
        b.start();
        awaitNodes(a, "a", "b");
        assertThat(a.ask(ECHO, new Question("letters")).byNode().get("b")).isEqualTo(new Answer(letters));
        assertThat(a.ask(ECHO, new Question("noise")).failures())
                .singleElement()
                .asString()
                .contains("b: a message of")
                .contains("is too long");
    }

    @Test
    void fieldsOfANewerVersionAreIgnoredAndGarbageIsNoEnd() throws Exception {
        String newer = """
            j{"kind":"status","hello":false,"mood":"fine","node":{"id":"n","name":"new","address":"n:1","version":"2",
            "colour":"","started":5,"region":"x","load":{"clients":1,"disks":9}}}\
            """;
        assertThat(((Message.Status) Message.read(newer.getBytes(StandardCharsets.UTF_8)))
                        .node()
                        .name())
                .isEqualTo("new");
        MemoryBus stranger = wire.bus();
        Cluster a = echoing("a");
        for (String garbage : List.of("", "j", "jnull", "j{}", "z123", "j{\"kind\":\"tax\"}", "x")) {
            stranger.toAll(garbage.getBytes(StandardCharsets.UTF_8));
        }
        echoing("b");
        awaitNodes(a, "a", "b");
    }

    @Test
    void aHeartbeatOfAnOlderVersionTellsNoTraffic() throws Exception {
        String older = """
            j{"kind":"status","hello":false,"node":{"id":"n","name":"old","address":"n:1","version":"0.1","colour":"",
            "started":5,"draining":false,"load":{"clients":1,"users":1,"channels":1,"subscriptions":1,"cpu":0.5,
            "processors":2,"rss":9,"accepted":3,"refused":4}}}\
            """;
        Node.Load load = ((Message.Status) Message.read(older.getBytes(StandardCharsets.UTF_8)))
                .node()
                .load();
        assertThat(load.refused()).isEqualTo(4);
        assertThat(load.traffic()).isEqualTo(Node.Traffic.UNKNOWN);
    }

    @Test
    void aHeartbeatCarriesWhatWentThroughTheNode() throws Exception {
        Node.Traffic traffic = new Node.Traffic(true, 1, 2, 3, 4, 5, 6, 7, true, 0.5, 1.5, 2.5);
        Node node = new Node(
                "n", "n", "n:8000", "1", "blue", 1, false, new Node.Load(1, 2, 3, 4, 5.5, 2, 6, 7, 8, traffic));
        assertThat(Message.read(new Message.Status(node, true).write())).isEqualTo(new Message.Status(node, true));
    }

    @Test
    void aProcedureHasOneHandler() {
        Cluster a = echoing("a");
        assertThatThrownBy(() -> a.handle(ECHO, _ -> new Answer(""))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> a.ask(new Procedure<>("none", Question.class, Answer.class), new Question("")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
