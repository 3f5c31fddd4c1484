package dev.heliograph.console.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.testing.Samples;
import dev.heliograph.console.testing.TestWorkspace;
import dev.heliograph.console.wire.ConnectionList;
import dev.heliograph.console.wire.ConnectionView;
import dev.heliograph.console.wire.DisconnectAnswer;
import dev.heliograph.console.wire.DisconnectWish;
import dev.heliograph.console.wire.GroupList;
import dev.heliograph.console.wire.GroupRow;
import dev.heliograph.console.wire.NodeList;
import dev.heliograph.console.wire.OperationList;
import dev.heliograph.console.wire.OperationRow;
import dev.heliograph.console.wire.OperationState;
import dev.heliograph.console.wire.WouldDisconnect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionsModelTest {

    private static final GroupRow NETWORK = new GroupRow("203.0.113.0/24", 312, 5_000, 10, 20, 100, 200);

    private final TestWorkspace cluster = new TestWorkspace();
    private final ConnectionsModel model = new ConnectionsModel(cluster.workspace(), SavedViews.inMemory());

    ConnectionsModelTest() {
        cluster.api
                .answer(
                        "connections",
                        _ -> new ConnectionList(
                                List.of(Samples.connection("a", "alice", "10.0.0.1", 1)), 1, null, List.of()))
                .answer("nodes", _ -> new NodeList(List.of(Samples.node("n1", 10_000, 0))))
                .answer("groups", _ -> new GroupList(List.of(NETWORK), 0, NETWORK, 312, true, List.of()))
                .answer("disconnects", _ -> new OperationList(List.of()));
    }

    @AfterEach
    void close() {
        model.close();
        assertThat(cluster.feed.wishes()).isEmpty();
        assertThat(cluster.background.pauses()).isEmpty();
    }

    private static OperationRow operation(OperationState state, int told) {
        return new OperationRow(
                "op-1", state, "ann", 3_011, "", 50, 312, 312, told, 2, List.of(), Samples.STARTED, null, 4_000);
    }

    private void wouldEnd(int matched, int selected, long takesMs, String... missing) {
        cluster.api.answer(
                "disconnect/2",
                asked -> asked.argument(1, Change.class).dryRun()
                        ? new DisconnectAnswer(
                                true,
                                new WouldDisconnect(
                                        matched,
                                        selected,
                                        List.of(Samples.connection("a", "alice", "10.0.0.1", 1)),
                                        takesMs,
                                        List.of(missing)),
                                null)
                        : new DisconnectAnswer(false, null, operation(OperationState.RUNNING, 0)));
    }

    private DisconnectWish wished() {
        return cluster.api.asked("disconnect").getLast().argument(0, DisconnectWish.class);
    }

    @Test
    void groupsAreAskedForOnlyWhileTheyAreShown() {
        model.shown();
        assertThat(cluster.api.asked("groups")).isEmpty();
        model.groups().ask(GroupBy.NETWORK, Measure.IN_RATE, "tls = false order by rtt");
        model.group(true);
        cluster.background.tick();

        assertThat(model.groups().state().get().groups()).isPresent();
        assertThat(cluster.api.asked("groups").getLast().arguments())
                .containsExactly("ip/24", "tls = false", "in_rate", 200);
        assertThat(cluster.feed.wishes()).isEmpty();
    }

    @Test
    void whenGroupsCannotBeHadTheLastOnesStay() {
        model.shown();
        model.group(true);
        cluster.background.tick();
        cluster.api.fail("groups", Kind.UNREACHABLE, "No node answers.");
        cluster.background.tick();

        assertThat(model.groups().state().get().problem()).contains("No node answers.");
        assertThat(model.groups().state().get().groups()).isPresent();
    }

    @Test
    void aGroupIsOpenedAsAList() {
        model.shown();
        model.groups().ask(GroupBy.NETWORK, Measure.CONNECTIONS, "tls = false");
        model.group(true);
        model.drill(GroupBy.NETWORK, "203.0.113.0/24");

        assertThat(model.grouped().get()).isFalse();
        await().untilAsserted(() ->
                assertThat(model.list().state().get().query()).isEqualTo("tls = false and ip in 203.0.113.0/24"));
    }

    @Test
    void theConditionOfAGroupMeansItsConnections() {
        assertThat(GroupBy.VERSION.condition("js sdk 5.3.0")).isEqualTo("client = \"js sdk\" and version = 5.3.0");
        assertThat(GroupBy.USER.condition("")).isEqualTo("user = \"\"");
        assertThat(GroupBy.ADDRESS.condition("10.0.0.1/32")).isEqualTo("ip in 10.0.0.1/32");
    }

    @Test
    void aViewShowsItsListOrItsGroups() {
        model.shown();
        model.show(SavedView.groups("g", "user = a", GroupBy.CLIENT, Measure.QUEUE));
        assertThat(model.grouped().get()).isTrue();
        assertThat(model.groups().state().get().by()).isEqualTo(GroupBy.CLIENT);

        model.show(SavedView.list("l", "user = b"));
        assertThat(model.grouped().get()).isFalse();
        await().until(() -> model.list().state().get().query().equals("user = b"));
    }

    @Test
    void valuesThatWereSeenAreSuggested() {
        model.shown();
        await().untilAsserted(() -> assertThat(model.complete("user = ", 7).suggestions())
                .extracting(Suggestion::text)
                .contains("alice"));
    }

    @Test
    void aConnectionIsLookedIntoUntilItHasEnded() {
        cluster.api.answer(
                "connection",
                _ -> new ConnectionView(
                        Samples.connection("a", "alice", "10.0.0.1", 1), null, List.of(), List.of(), List.of()));
        model.shown();
        model.detail().open("a");
        cluster.background.tick();
        assertThat(model.detail().state().get().view()).isPresent();
        assertThat(model.detail().state().get().isClosed()).isFalse();

        cluster.api.answer(
                "connection",
                _ -> new ConnectionView(
                        Samples.connection("a", "alice", "10.0.0.1", 1), 5L, List.of(), List.of(), List.of()));
        cluster.background.tick();
        assertThat(model.detail().state().get().isClosed()).isTrue();
        int before = cluster.api.asked("connection").size();
        cluster.background.tick();
        assertThat(cluster.api.asked("connection")).hasSize(before);
    }

    @Test
    void aConnectionThatIsNotKnownAnyMoreIsToldSo() {
        cluster.api.fail("connection", Kind.NOT_FOUND, "no node knows a connection 'a'");
        model.shown();
        model.detail().open("a");
        cluster.background.tick();

        assertThat(model.detail().state().get().problem()).contains("no node knows a connection 'a'");
        model.detail().shut();
        assertThat(model.detail().state().get()).isEqualTo(DetailState.CLOSED);
    }

    @Test
    void aProposalSaysHowManyItWouldEndAndHow() {
        wouldEnd(312, 312, 6_240);
        Proposal proposal = model.end(
                new Selection.InGroup("tls = false", GroupBy.NETWORK, "203.0.113.0/24"), DisconnectForm.GENTLE);

        assertThat(proposal.title()).isEqualTo("Disconnect 312 connections");
        assertThat(proposal.risk()).isEqualTo(Risk.CONFIRM);
        assertThat(proposal.blast().orElseThrow().sentence()).isEqualTo("312 of 10,000 connections = 3.1 %");
        assertThat(proposal.parameters())
                .extracting(Proposal.Parameter::value)
                .containsExactly(
                        "network (/24, /48) 203.0.113.0/24, of: tls = false",
                        "clients come back by themselves (code 3011)",
                        "50 a second, takes 6 s");
        assertThat(wished().by()).isEqualTo("ip/24");
        assertThat(wished().all()).isTrue();
        assertThat(proposal.warnings()).isEmpty();
    }

    @Test
    void whatIsPerformedIsWhatWasPreviewedAndItsPaceCanBeStopped() {
        wouldEnd(312, 312, 6_240);
        Proposal proposal = model.end(new Selection.Matching("user = a"), DisconnectForm.GENTLE);
        String previewed = String.valueOf(wished().operation());
        Proposal.Outcome outcome = proposal.work().perform("flood");

        assertThat(wished().operation()).isEqualTo(previewed);
        assertThat(cluster.api.asked("disconnect").getLast().argument(1, Change.class))
                .isEqualTo(Change.because("flood"));
        assertThat(outcome.sentence()).isEqualTo("Disconnecting 312 connections, 50 a second.");

        AtomicReference<String> cancelled = new AtomicReference<>("");
        cluster.api.answer("cancelDisconnect", asked -> {
            cancelled.set(asked.argument(0, String.class));
            return operation(OperationState.CANCELLED, 100);
        });
        assertThat(outcome.undo().orElseThrow().work().perform("").sentence())
                .isEqualTo("Stopped: 100 of 312 connections were ended.");
        assertThat(cancelled.get()).isEqualTo("op-1");
    }

    @Test
    void moreThanAQuarterOfAllDemandsTheClustersName() {
        wouldEnd(2_501, 2_501, 0);
        assertThat(model.end(new Selection.Matching(""), DisconnectForm.GENTLE).risk())
                .isEqualTo(Risk.TYPE_NAME);
        wouldEnd(2_500, 2_500, 0);
        assertThat(model.end(new Selection.Matching(""), DisconnectForm.GENTLE).risk())
                .isEqualTo(Risk.CONFIRM);
    }

    @Test
    void theOperatorIsWarnedOfAStormOfNodesThatAreAwayAndOfNobody() {
        wouldEnd(2_000, 2_000, 0, "n2: silent");
        assertThat(model.end(new Selection.Matching("x"), new DisconnectForm(true, 0, "", 0, 0))
                        .warnings())
                .anyMatch(warning -> warning.startsWith("2,000 clients would come back at once"))
                .anyMatch(warning -> warning.contains("n2: silent"));
        wouldEnd(0, 0, 0);
        assertThat(model.end(new Selection.Chosen(List.of("a", "b")), DisconnectForm.GENTLE)
                        .warnings())
                .containsExactly("Nothing matches now: nobody would be disconnected.");
    }

    @Test
    void aCapIsShownBesideWhatMatches() {
        wouldEnd(312, 100, 0);
        Proposal proposal = model.end(new Selection.Matching("x"), new DisconnectForm(false, 0, "go away", 0, 100));

        assertThat(proposal.parameters())
                .extracting(Proposal.Parameter::value)
                .contains(
                        "at most 100 of 312 that match",
                        "clients stay away (code 3503)",
                        "as fast as it goes",
                        "go away");
        assertThat(wished().all()).isNull();
        assertThat(proposal.work().perform("").undo()).isEmpty();
    }

    @Test
    void aPaceThatTakesTooLongIsRefusedBeforeAnythingIsDone() {
        wouldEnd(50_000, 50_000, Duration.ofHours(7).toMillis());

        assertThatThrownBy(() -> model.end(new Selection.Matching("x"), DisconnectForm.GENTLE))
                .hasMessageContaining("50,000 connections take 7 h");
        assertThatThrownBy(() -> new DisconnectForm(true, 200, "", 0, 0))
                .hasMessage("A code is a number from 3000 to 4999.");
        assertThatThrownBy(() -> new DisconnectForm(true, 0, "x".repeat(124), 0, 0))
                .hasMessageContaining("123 bytes");
    }

    @Test
    void runningOperationsAreFollowedAndOldOnesForgotten() {
        long now = cluster.clock.millis();
        OperationRow old = new OperationRow(
                "old", OperationState.DONE, "ann", 3_011, "", 0, 1, 1, 1, 0, List.of(), 0, now - 600_000, 0);
        cluster.api.answer("disconnects", _ -> new OperationList(List.of(operation(OperationState.RUNNING, 10), old)));
        model.shown();
        cluster.background.tick();

        assertThat(model.operations().recent().get())
                .extracting(OperationRow::operation)
                .containsExactly("op-1");
        cluster.background.tick();
        assertThat(cluster.api.asked("disconnects")).hasSize(2);

        cluster.api.answer("disconnects", _ -> new OperationList(List.of()));
        cluster.background.tick();
        cluster.background.tick();
        assertThat(cluster.api.asked("disconnects")).hasSize(3);
        cluster.clock.pass(Duration.ofSeconds(5));
        cluster.background.tick();
        assertThat(cluster.api.asked("disconnects")).hasSize(4);
    }

    @Test
    void anOperationIsStoppedWithAClick() {
        cluster.api.answer("cancelDisconnect", _ -> operation(OperationState.CANCELLED, 100));
        Proposal proposal = model.operations().cancel(operation(OperationState.RUNNING, 100));

        assertThat(proposal.risk()).isEqualTo(Risk.UNDOABLE);
        assertThat(proposal.parameters()).extracting(Proposal.Parameter::value).containsExactly("210");
        assertThat(proposal.work().perform("").sentence()).startsWith("Stopped: 100 of 312");
    }

    @Test
    void viewsAreKeptUntilTheNextStart() {
        AtomicReference<String> file = new AtomicReference<>("");
        SavedViews views = new SavedViews(Optional.empty(), file::set);
        views.save(SavedView.list("mine", "user = a").withColumns(List.of("user", "ip")));
        views.save(SavedView.groups("groups", "", GroupBy.USER, Measure.QUEUE));
        views.save(SavedView.list("Mine", "user = b"));

        List<SavedView> again =
                new SavedViews(Optional.of(file.get()), _ -> {}).all().get();
        assertThat(again).isEqualTo(views.all().get());
        assertThat(again)
                .filteredOn(view -> !view.builtIn())
                .extracting(SavedView::name)
                .containsExactly("groups", "Mine");

        views.delete("Mine");
        assertThat(new SavedViews(Optional.of(file.get()), _ -> {}).all().get())
                .extracting(SavedView::name)
                .contains("groups")
                .doesNotContain("Mine");
    }

    @Test
    void aViewNeedsANameOfItsOwnAndDamageLosesNoStart() {
        SavedViews views = new SavedViews(Optional.of("{damaged"), _ -> {});

        assertThat(views.all().get()).isNotEmpty().allMatch(SavedView::builtIn);
        assertThatThrownBy(() -> views.save(SavedView.list(" ", ""))).hasMessageContaining("needs a name");
        String taken = views.all().get().getFirst().name();
        assertThatThrownBy(() -> views.save(SavedView.list(taken, ""))).hasMessageContaining("comes with the console");
    }
}
