package dev.heliograph.console.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.testing.Samples;
import dev.heliograph.console.testing.TestApi;
import dev.heliograph.console.testing.TestWorkspace;
import dev.heliograph.console.wire.ConnectionList;
import dev.heliograph.console.wire.ConnectionRow;
import dev.heliograph.console.wire.ConnectionsMessage;
import dev.heliograph.console.wire.Topic;
import dev.heliograph.console.workspace.LinkState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListModelTest {

    private final TestWorkspace cluster = new TestWorkspace();
    private final ListModel list = new ListModel(cluster.workspace());

    /// What the cluster has; the query is not heeded but for its name in the answers.
    private final List<ConnectionRow> there = new ArrayList<>(
            List.of(Samples.connection("a", "alice", "10.0.0.1", 1), Samples.connection("b", "bob", "10.0.0.2", 5)));

    ListModelTest() {
        cluster.api.answer("connections", this::page);
    }

    private ConnectionList page(TestApi.Asked asked) {
        Optional<?> cursor = asked.argument(2, Optional.class);
        int from = cursor.map(Object::toString).map(Integer::parseInt).orElse(0);
        int to = Math.min(there.size(), from + asked.argument(1, Integer.class));
        String next = to < there.size() ? Integer.toString(to) : null;
        return new ConnectionList(List.copyOf(there.subList(from, to)), there.size(), next, List.of());
    }

    @AfterEach
    void close() {
        list.close();
        assertThat(cluster.feed.wishes()).isEmpty();
        assertThat(cluster.background.pauses()).isEmpty();
    }

    private List<String> shown() {
        return list.rows().get().list().stream().map(ConnectionRow::id).toList();
    }

    private void say(ConnectionRow... rows) {
        cluster.feed.say(
                Topic.CONNECTIONS,
                new ConnectionsMessage(
                        "connections", new ConnectionList(List.of(rows), rows.length, null, List.of("n2: silent"))));
    }

    @Test
    void asksNothingBeforeSomebodyLooksAndNothingAfter() {
        list.ask("user = alice");
        assertThat(cluster.api.asked()).isEmpty();

        list.looked(true);
        await().until(() -> shown().size() == 2);
        await().until(() -> !cluster.feed.wishes().isEmpty());
        list.looked(false);
        assertThat(cluster.feed.wishes()).isEmpty();
    }

    @Test
    void showsWhatTheQueryMeansInItsOrderAndFollowsIt() {
        list.looked(true);
        list.ask("order by out_rate desc");
        await().untilAsserted(() -> assertThat(shown()).containsExactly("b", "a"));
        await().until(() -> cluster.feed.wishes(Topic.CONNECTIONS).size() == 1);
        assertThat(cluster.feed.wishes().getFirst().parameters()).containsEntry("q", "order by out_rate desc");
        assertThat(list.state().get().matched()).isEqualTo(2);

        say(Samples.connection("c", "carol", "10.0.0.3", 9), Samples.connection("a", "alice", "10.0.0.1", 7));
        await().untilAsserted(() -> assertThat(shown()).containsExactly("c", "a"));
        assertThat(list.state().get().missing()).containsExactly("n2: silent");
    }

    @Test
    void aQueryThatIsRefusedIsToldAtItsPlaceAndWhatWasShownGoesOn() {
        list.looked(true);
        await().until(() -> shown().size() == 2);
        cluster.api.fail("connections", Kind.INVALID, "there is no field 'usr'; did you mean user? (at character 3)");

        list.ask("  usr = x");
        await().until(() -> list.state().get().refused().isPresent());
        assertThat(list.state().get().refused())
                .contains(new QueryProblem("there is no field 'usr'; did you mean user?", Optional.of(2)));
        assertThat(list.state().get().query()).isEmpty();
        assertThat(shown()).hasSize(2);
        await().until(() -> cluster.feed.wishes().size() == 1);
        say(Samples.connection("c", "carol", "10.0.0.3", 9));
        await().untilAsserted(() -> assertThat(shown()).containsExactly("c"));
    }

    @Test
    void whenTheClusterIsAwayRowsStayAndItIsAskedAgainWhenItIsBack() {
        list.looked(true);
        await().until(() -> shown().size() == 2);
        await().until(() -> cluster.feed.wishes().size() == 1);
        cluster.feed.interrupt(new AdminException(Kind.UNREACHABLE, "No node answers."));
        assertThat(list.state().get().problem()).contains("No node answers.");
        assertThat(shown()).hasSize(2);

        LinkState live = cluster.link.get();
        cluster.link.set(new LinkState.Connecting());
        cluster.link.set(live);
        await().until(() -> list.state().get().problem().isEmpty());
        assertThat(cluster.api.asked("connections")).hasSize(2);
    }

    @Test
    void aFirstQuestionThatFailsCanBeAskedAgain() {
        cluster.api.fail("connections", Kind.UNREACHABLE, "No node answers.");
        list.looked(true);
        await().until(() -> list.state().get().problem().isPresent());
        assertThat(list.state().get().loading()).isFalse();

        cluster.api.answer("connections", this::page);
        list.retry();
        await().until(() -> shown().size() == 2);
        assertThat(list.state().get().problem()).isEmpty();
    }

    @Test
    void aQuestionThatTakesLongCanBeGivenUp() {
        list.looked(true);
        await().until(() -> shown().size() == 2);
        CountDownLatch never = new CountDownLatch(1);
        cluster.api.answer("connections", _ -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new AdminException(Kind.UNREACHABLE, "interrupted", e);
            }
            throw new AdminException(Kind.UNREACHABLE, "never");
        });
        list.ask("user = slow");
        await().until(() -> list.state().get().loading());

        list.cancel();
        assertThat(list.state().get().loading()).isFalse();
        assertThat(list.state().get().query()).isEmpty();
        assertThat(list.state().get().problem()).isEmpty();
        assertThat(shown()).hasSize(2);
        never.countDown();
    }

    @Test
    void moreRowsComePageByPageAndThoseThatWentAreFound() {
        there.clear();
        IntStream.range(0, 2_500)
                .forEach(i -> there.add(Samples.connection("c%04d".formatted(i), "u" + i, "10.0.0.1", i)));
        list.looked(true);
        list.window(5_000);
        await().until(() -> list.state().get().window() == 5_000);
        await().until(() -> shown().size() == 1_000);
        await().until(() -> cluster.background.pauses().size() == 1);

        cluster.background.tick();
        cluster.background.tick();
        await().until(() -> shown().size() == 2_500);

        there.removeIf(row -> row.id().endsWith("7"));
        cluster.background.tick();
        cluster.background.tick();
        cluster.background.tick();
        await().until(() -> shown().size() == 2_250);
        assertThat(shown()).noneMatch(id -> id.endsWith("7"));
        assertThat(cluster.api.asked("connections"))
                .allSatisfy(
                        asked -> assertThat(asked.argument(1, Integer.class)).isBetween(1, 1_000));
    }

    @Test
    void inAnOrderThatChangesARowMustBeMissingTwice() {
        list.looked(true);
        list.ask("order by out_rate desc");
        list.window(1_000);
        await().until(() -> shown().size() == 2);
        await().until(() -> cluster.background.pauses().size() == 1);
        ConnectionRow bob = there.removeLast();

        cluster.background.tick();
        there.add(bob);
        cluster.background.tick();
        there.remove(bob);
        cluster.background.tick();
        assertThat(list.rows().get().held()).isEqualTo(2);
        cluster.background.tick();
        await().untilAsserted(() -> assertThat(shown()).containsExactly("a"));
    }

    @Test
    void anotherOrderAsksTheClusterForTheSameConnections() {
        list.looked(true);
        list.ask("tls = false");
        await().until(() -> shown().size() == 2);
        list.order(QueryField.OUT_RATE, true);

        await().untilAsserted(() -> assertThat(shown()).containsExactly("b", "a"));
        assertThat(list.state().get().query()).isEqualTo("tls = false order by out_rate desc");
    }
}
