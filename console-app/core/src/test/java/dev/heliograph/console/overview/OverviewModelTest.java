package dev.heliograph.console.overview;

import static dev.heliograph.console.testing.Samples.busy;
import static dev.heliograph.console.testing.Samples.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.live.Points;
import dev.heliograph.console.overview.OverviewState.Standing;
import dev.heliograph.console.overview.OverviewState.Tile;
import dev.heliograph.console.testing.TestWorkspace;
import dev.heliograph.console.wire.AuditList;
import dev.heliograph.console.wire.AuditMessage;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.wire.Hello;
import dev.heliograph.console.wire.NodeRow;
import dev.heliograph.console.wire.NodeTraffic;
import dev.heliograph.console.wire.NodesMessage;
import dev.heliograph.console.wire.Topic;
import dev.heliograph.console.workspace.LinkState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverviewModelTest {

    private static AdminException away() {
        return new AdminException(AdminException.Kind.UNREACHABLE, "No node of the cluster answers.");
    }

    private final TestWorkspace cluster = new TestWorkspace();
    private Optional<OverviewModel> opened = Optional.empty();

    @AfterEach
    void close() {
        opened.ifPresent(OverviewModel::close);
        assertThat(cluster.feed.wishes()).isEmpty();
        assertThat(cluster.background.pauses()).isEmpty();
    }

    private OverviewModel open(Optional<History> archive) {
        OverviewModel model = new OverviewModel(cluster.workspace(), archive);
        opened = Optional.of(model);
        return model;
    }

    private void hear(NodeRow... rows) {
        cluster.clock.pass(Duration.ofSeconds(1));
        cluster.feed.say(Topic.NODES, new NodesMessage("nodes", List.of(rows)));
    }

    private static AuditRow line(String id, Instant at) {
        return new AuditRow(
                id,
                at.toEpochMilli(),
                "ann",
                "operator",
                "127.0.0.1",
                "ip_rule.put",
                "203.0.113.0/24",
                "flood",
                NullNode.instance,
                NullNode.instance,
                "done");
    }

    @Test
    void showsTheNodesAndWhatTheyDoTogether() {
        OverviewModel model = open(Optional.empty());
        hear(node("n2", 4, 0), node("n1", 7, 9));
        hear(node("n2", 5, 0), node("n1", 7, 10));
        hear(node("n2", 6, 4), node("n1", 7, 12));

        OverviewState state = model.state().get();
        assertThat(state.nodes()).extracting(Tile::name).containsExactly("n1", "n2");
        assertThat(state.cluster()).containsEntry(Figure.CONNECTIONS, 13.0).containsEntry(Figure.REFUSED, 6.0);
        assertThat(state.problem()).isEmpty();
    }

    @Test
    void aNodeThatWentStaysInSightForAWhileAndIsMarked() {
        OverviewModel model = open(Optional.empty());
        hear(node("n1", 7, 10), node("n2", 5, 0));
        hear(node("n1", 7, 10));

        assertThat(model.state().get().nodes()).extracting(Tile::standing).containsExactly(Standing.UP, Standing.GONE);
        assertThat(model.marks().list().get()).extracting(Mark::title).contains("n1 started", "n2 is gone");

        cluster.clock.pass(Duration.ofMinutes(11));
        hear(node("n1", 7, 10));
        assertThat(model.state().get().nodes()).extracting(Tile::name).containsExactly("n1");
    }

    @Test
    void anotherVersionUnderTheSameNameIsADeploy() {
        OverviewModel model = open(Optional.empty());
        hear(node("n1", "a", "1.0.0", "blue", 7, 10));
        hear();
        hear(node("n1", "b", "1.1.0", "green", 0, 0));

        assertThat(model.state().get().nodes()).extracting(Tile::standing).containsExactly(Standing.UP);
        assertThat(model.marks().list().get())
                .filteredOn(mark -> mark.kind() == Mark.Kind.DEPLOY)
                .extracting(Mark::title)
                .containsExactly("n1: 1.0.0 → 1.1.0");
    }

    private List<String> deploys(OverviewModel model) {
        return model.marks().list().get().stream()
                .filter(mark -> mark.kind() == Mark.Kind.DEPLOY)
                .map(Mark::title)
                .toList();
    }

    @Test
    void aNodeOfAnotherVersionOrColourThanTheOthersIsADeploy() {
        OverviewModel model = open(Optional.empty());
        hear(node("n1", "a", "1.0.0", "blue", 7, 10), node("n2", "b", "1.0.0", "blue", 7, 10));
        assertThat(deploys(model)).isEmpty();
        hear(
                node("n1", "a", "1.0.0", "blue", 7, 10),
                node("n2", "b", "1.0.0", "blue", 7, 10),
                node("n3", "c", "1.1.0", "green", 0, 0),
                node("n4", "d", "1.1.0", "green", 0, 0),
                node("n5", "e", "1.0.0", "blue", 0, 0));

        assertThat(deploys(model)).containsExactly("n3 started: 1.1.0, green");
        assertThat(model.marks().list().get()).extracting(Mark::title).contains("n4 started", "n5 started");
    }

    @Test
    void aDrainIsMarkedWhenItBeginsAndWhenItIsTakenBack() {
        OverviewModel model = open(Optional.empty());
        hear(node("n1", 7, 10), draining(node("n2", 7, 10)));
        assertThat(deploys(model)).isEmpty();
        hear(draining(node("n1", 7, 10)), draining(node("n2", 7, 10)));
        assertThat(deploys(model)).containsExactly("n1 drains");
        hear(node("n1", 7, 10), draining(node("n2", 7, 10)));
        assertThat(deploys(model)).containsExactly("n1 drains", "n1 takes clients again");
    }

    private static NodeRow draining(NodeRow row) {
        return new NodeRow(
                row.id(),
                row.name(),
                row.address(),
                row.version(),
                row.colour(),
                row.self(),
                true,
                row.started(),
                row.clients(),
                row.users(),
                row.channels(),
                row.subscriptions(),
                row.cpu(),
                row.processors(),
                row.rss(),
                row.handshakesAccepted(),
                row.handshakesRefused());
    }

    @Test
    void errorsAndRejectsAreThereForEachNode() {
        OverviewModel model = open(Optional.empty());
        hear(busy("n1", 2, traffic(0, 0)), busy("n2", 2, traffic(0, 0)));
        hear(busy("n1", 1, traffic(0, 0)), busy("n2", 1, traffic(0, 0)));
        hear(busy("n1", 1, traffic(3, 5)), busy("n2", 1, traffic(0, 7)));
        model.range(Range.M1);
        model.byNode(true);
        model.looked(true);
        cluster.background.tick();

        var lines = model.charts().get().lines();
        assertThat(lines.get(Chart.ERRORS))
                .extracting(Charts.Line::name, line -> line.points().last().orElse(-1.0))
                .containsExactly(tuple("n1", 3.0), tuple("n2", 0.0));
        assertThat(lines.get(Chart.REJECTS))
                .extracting(Charts.Line::name, line -> line.points().last().orElse(-1.0))
                .containsExactly(tuple("n1", 5.0), tuple("n2", 7.0));
    }

    private static NodeTraffic traffic(long errors, long rejected) {
        return new NodeTraffic(0, 0, 0, 0, errors, rejected, 0, null, null, null);
    }

    @Test
    void nodesOfOneNameAreToldApart() {
        OverviewModel model = open(Optional.empty());
        hear(node("relay", "aaaa1", "1.0.0", "blue", 1, 0), node("relay", "bbbb2", "1.0.0", "blue", 2, 0));

        assertThat(model.state().get().nodes()).extracting(Tile::name).containsExactly("relay aaaa", "relay bbbb");
    }

    @Test
    void whenTheClusterIsAwayTheLastStateStaysAndItSaysSo() {
        OverviewModel model = open(Optional.empty());
        hear(node("n1", 7, 10));
        cluster.feed.interrupt(away());

        assertThat(model.state().get().problem()).contains("No node of the cluster answers.");
        assertThat(model.state().get().nodes()).hasSize(1);

        hear(node("n1", 8, 10));
        assertThat(model.state().get().problem()).isEmpty();
    }

    @Test
    void aStreamThatEndedIsTakenUpAgainWhenTheLinkIsBack() {
        OverviewModel model = open(Optional.empty());
        LinkState live = cluster.link.get();
        cluster.feed.end(Topic.NODES, away());
        assertThat(model.state().get().problem()).isPresent();
        assertThat(cluster.feed.wishes(Topic.NODES)).isEmpty();

        cluster.link.set(new LinkState.Connecting());
        cluster.link.set(live);
        assertThat(cluster.feed.wishes(Topic.NODES)).hasSize(1);
    }

    @Test
    void operatorsActionsAreMarkedThoseOfBeforeToo() {
        Instant before = cluster.clock.instant().minusSeconds(300);
        cluster.api.answer("audit", _ -> new AuditList(List.of(line("1", before)), false));
        OverviewModel model = open(Optional.empty());
        cluster.feed.say(Topic.AUDIT, new Hello("hello", "ann", List.of(Topic.AUDIT)));
        cluster.feed.say(Topic.AUDIT, new AuditMessage("audit", line("2", cluster.clock.instant())));

        await().until(() -> model.marks().list().get().size() == 2);
        assertThat(model.marks().list().get()).allSatisfy(mark -> {
            assertThat(mark.title()).isEqualTo("ann: ip_rule.put 203.0.113.0/24");
            assertThat(mark.detail()).isEqualTo("done: flood");
        });
    }

    @Test
    void whoMayNotReadTheAuditRecordDoesNotAskForIt() {
        cluster.role(Role.VIEWER);
        open(Optional.empty());

        assertThat(cluster.feed.wishes(Topic.AUDIT)).isEmpty();
        cluster.role(Role.ADMIN);
        assertThat(cluster.feed.wishes(Topic.AUDIT)).hasSize(1);
    }

    @Test
    void chartsAreMadeOnlyWhileSomebodyLooks() {
        OverviewModel model = open(Optional.empty());
        hear(node("n1", 7, 10), node("n2", 5, 0));
        hear(node("n1", 8, 10), node("n2", 5, 0));
        assertThat(model.charts().get().lines()).isEmpty();

        model.range(Range.M1);
        model.looked(true);
        cluster.background.tick();
        assertThat(model.charts().get().lines().get(Chart.CONNECTIONS))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.name()).isEmpty();
                    assertThat(line.points().last()).contains(13.0);
                });

        model.byNode(true);
        await().until(() -> model.charts().get().byNode());
        assertThat(model.charts().get().lines().get(Chart.CONNECTIONS))
                .extracting(Charts.Line::name)
                .containsExactly("n1", "n2");
        model.looked(false);
        assertThat(cluster.background.pauses()).isEmpty();
    }

    @Test
    void marksStandOnTheChartsOfTheirTime() {
        OverviewModel model = open(Optional.empty());
        Instant now = cluster.clock.instant();
        model.marks()
                .put(List.of(
                        new Mark("a", now.minusSeconds(2), Mark.Kind.ALERT, "recent", ""),
                        new Mark("b", now.minus(Duration.ofHours(2)), Mark.Kind.ALERT, "older", "")));
        model.looked(true);
        model.range(Range.S5);
        await().until(() -> model.charts().get().range() == Range.S5);
        assertThat(model.charts().get().marks()).extracting(Mark::title).containsExactly("recent");

        model.range(Range.H24);
        await().until(() -> model.charts().get().range() == Range.H24);
        assertThat(model.charts().get().marks()).extracting(Mark::title).containsExactly("older", "recent");
    }

    @Test
    void whatTheConsoleDidNotSeeComesFromTheArchive() {
        OverviewModel model = open(Optional.of((_, from, _, _) ->
                new History.Lines(new Points(Duration.ofSeconds(15), List.of(Points.Point.of(from, 42))), Map.of())));
        hear(node("n1", 7, 10));
        model.looked(true);
        model.range(Range.H6);
        await().until(() -> model.charts().get().range() == Range.H6);
        assertThat(model.charts().get().source()).isEqualTo(Charts.Source.PROMETHEUS);

        model.range(Range.M1);
        await().until(() -> model.charts().get().range() == Range.M1);
        assertThat(model.charts().get().source()).isEqualTo(Charts.Source.CONSOLE);
    }

    @Test
    void anArchiveThatKnowsNothingIsToldToo() {
        OverviewModel model =
                open(Optional.of((_, _, _, _) -> new History.Lines(Points.NONE, Map.of("n1", Points.NONE))));
        hear(node("n1", 7, 10));
        model.looked(true);
        model.range(Range.H6);
        await().until(() -> model.charts().get().range() == Range.H6);

        assertThat(model.charts().get().problem()).get().asString().contains("relays with these labels");
        assertThat(model.charts().get().source()).isEqualTo(Charts.Source.CONSOLE);
        assertThat(model.charts().get().lines().get(Chart.CONNECTIONS)).hasSize(1);
    }

    @Test
    void whatIsMarkedIsShownSoonAlsoOnChartsThatAreSeldomMade() {
        OverviewModel model = open(Optional.empty());
        hear(node("n1", 7, 10));
        model.looked(true);
        model.range(Range.H24);
        await().until(() -> model.charts().get().range() == Range.H24);
        assertThat(model.charts().get().marks()).extracting(Mark::title).containsExactly("n1 started");

        cluster.clock.pass(Duration.ofSeconds(1));
        model.marks().put(List.of(new Mark("a", cluster.clock.instant(), Mark.Kind.ALERT, "Slow fires", "")));
        cluster.background.tick();
        assertThat(model.charts().get().marks()).extracting(Mark::title).containsExactly("n1 started", "Slow fires");
    }

    @Test
    void anArchiveThatFailsIsToldAndWhatTheConsoleSawIsShown() {
        OverviewModel model = open(Optional.of((_, _, _, _) -> {
            throw away();
        }));
        hear(node("n1", 7, 10));
        model.looked(true);
        model.range(Range.H6);
        await().until(() -> model.charts().get().range() == Range.H6);

        assertThat(model.charts().get().problem()).get().asString().contains("No node of the cluster answers.");
        assertThat(model.charts().get().lines().get(Chart.CONNECTIONS)).hasSize(1);
    }
}
