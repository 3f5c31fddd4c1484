package dev.heliograph.console.runbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.cluster.Ansible;
import dev.heliograph.console.runbooks.RunbookTools.ProposedChange;
import dev.heliograph.console.testing.Samples;
import dev.heliograph.console.testing.TestWorkspace;
import dev.heliograph.console.wire.ChannelRow;
import dev.heliograph.console.wire.ChannelView;
import dev.heliograph.console.wire.ConnectionList;
import dev.heliograph.console.wire.DisconnectAnswer;
import dev.heliograph.console.wire.DisconnectWish;
import dev.heliograph.console.wire.GroupList;
import dev.heliograph.console.wire.GroupRow;
import dev.heliograph.console.wire.IpRuleChange;
import dev.heliograph.console.wire.IpRuleCheck;
import dev.heliograph.console.wire.IpRuleKind;
import dev.heliograph.console.wire.IpRuleList;
import dev.heliograph.console.wire.IpRuleRow;
import dev.heliograph.console.wire.IpRuleWish;
import dev.heliograph.console.wire.NodeList;
import dev.heliograph.console.wire.PreviewView;
import dev.heliograph.console.wire.Published;
import dev.heliograph.console.wire.RevocationChange;
import dev.heliograph.console.wire.RevocationList;
import dev.heliograph.console.wire.RevocationWish;
import dev.heliograph.console.wire.WouldDisconnect;
import dev.heliograph.runbook.ActionKind;
import dev.heliograph.runbook.Check;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.RunbookParser;
import dev.heliograph.runbook.cluster.Playbooks;
import dev.heliograph.runbook.run.Change.Done;
import dev.heliograph.runbook.run.Entry;
import dev.heliograph.runbook.run.Prepared;
import dev.heliograph.runbook.run.Reading;
import dev.heliograph.runbook.run.RunContext;
import dev.heliograph.runbook.run.RunbookRun;
import dev.heliograph.runbook.run.StepState;
import dev.heliograph.runbook.run.Timeline;
import dev.heliograph.runbook.run.Transcript;
import dev.heliograph.runbook.run.TranscriptStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs of runbooks with the console's own proposals.
final class RunbookToolsTest {

    private static final String NETWORK = "203.0.113.0/24";

    @TempDir
    private Path folder;

    private final TestWorkspace workspace = new TestWorkspace();
    private final List<IpRuleRow> rules = new CopyOnWriteArrayList<>();
    private volatile long flood = 312;

    private Runbook runbook;
    private TranscriptStore store;
    private RunContext context;

    @BeforeEach
    void aClusterWithAFlood() throws Exception {
        runbook = RunbookParser.parse(
                "connection-flood.md", Files.readString(Path.of("../../runbooks/connection-flood.md")));
        store = new TranscriptStore(folder.resolve("transcripts"));
        context = RunbookTools.context(
                workspace.workspace(), store, Optional.empty(), Optional.empty(), Optional.empty());
        GroupRow nothing = new GroupRow("", 0, 0, 0, 0, 0, 0);
        workspace
                .api
                .answer("nodes", _ -> new NodeList(List.of(Samples.node("relay-1", 1_000, 0))))
                .answer("connections", _ -> new ConnectionList(List.of(), flood, null, List.of()))
                .answer(
                        "groups",
                        _ -> new GroupList(
                                flood == 0 ? List.of() : List.of(new GroupRow(NETWORK, flood, 0, 10, 0, 0, 0)),
                                0,
                                nothing,
                                1_000,
                                true,
                                List.of()))
                .answer("ipRules", _ -> new IpRuleList(List.copyOf(rules), false))
                .answer("checkIp", _ -> new IpRuleCheck("203.0.113.0", rules.isEmpty() ? null : rules.getFirst()))
                .answer("putIpRule", asked -> {
                    IpRuleWish wish = asked.argument(0, IpRuleWish.class);
                    Change change = asked.argument(1, Change.class);
                    PreviewView preview = new PreviewView(flood, flood, List.of());
                    if (!change.dryRun()) {
                        rules.clear();
                        rules.add(new IpRuleRow(
                                wish.cidr(), wish.kind(), change.reason(), "ann", 0, wish.expiresAt(), 0, null));
                        flood = 0;
                    }
                    return new IpRuleChange(wish.cidr(), null, null, preview, change.dryRun());
                })
                .answer("deleteIpRule", asked -> {
                    Change change = asked.argument(1, Change.class);
                    if (!change.dryRun()) {
                        rules.clear();
                    }
                    return new IpRuleChange(
                            asked.argument(0, String.class),
                            null,
                            null,
                            new PreviewView(0, 0, List.of()),
                            change.dryRun());
                });
    }

    private RunbookRun begin(Map<String, String> labels) {
        return RunbookRun.begin(runbook, context, "demo", "ann", labels);
    }

    private static Proposal proposal(Prepared prepared) {
        return ((ProposedChange) prepared.change()).proposal();
    }

    private void awaitState(RunbookRun run, String step, StepState expected) {
        await().untilAsserted(() -> assertThat(run.state().step(step)).isEqualTo(expected));
    }

    @Test
    void theAlertFillsItIn() {
        RunbookRun run = begin(Map.of("network", NETWORK, "alertname", "HeliographHandshakeFlood"));
        assertThat(run.state().values().get("network")).contains(NETWORK);
        assertThat(run.state().values().get("time")).contains("1h");
        assertThat(run.state().transcript().entries().getFirst().text()).contains("network = " + NETWORK);
    }

    @Test
    void aStepThatLooksIsWrittenDownAndItsChecksAreSeen() {
        RunbookRun run = begin(Map.of());
        Reading reading = run.look("find");
        assertThat(reading.rows().getFirst()).startsWith(NETWORK, "312", "31.2 %");
        awaitState(run, "find", StepState.DONE);
        assertThat(run.state().transcript().entries())
                .extracting(Entry::kind)
                .containsExactly(Entry.Kind.BEGUN, Entry.Kind.LOOKED, Entry.Kind.VERIFIED);
    }

    @Test
    void aChangeShowsItsBlastHasItsRiskAndIsVerifiedAndUndone() {
        RunbookRun run = begin(Map.of("network", NETWORK));
        Prepared prepared = run.prepare("ban");
        Proposal proposal = proposal(prepared);
        assertThat(proposal.blast().orElseThrow().sentence()).isEqualTo("312 of 1,000 connections = 31.2 %");
        assertThat(proposal.risk()).isEqualTo(Risk.TYPE_NAME);
        assertThat(prepared.unmet()).isEmpty();
        assertThat(run.state().step("ban")).isEqualTo(StepState.OPEN);

        Done done = run.carryOut(prepared, "");
        awaitState(run, "ban", StepState.DONE);
        assertThat(rules).hasSize(1);
        assertThat(rules.getFirst().kind()).isEqualTo(IpRuleKind.BAN);
        assertThat(rules.getFirst().reason()).isEqualTo("runbook connection-flood, step ban");
        assertThat(rules.getFirst().expiresAt())
                .isEqualTo(workspace.clock.instant().plus(Duration.ofHours(1)).toEpochMilli());

        run.takeBack("ban", done.undo().orElseThrow(), "");
        assertThat(rules).isEmpty();
        assertThat(run.state().step("ban")).isEqualTo(StepState.UNDONE);
    }

    @Test
    void whatAStepExpectsBeforeIsAWarningForAnOperatorAndStopsADrill() {
        flood = 3;
        RunbookRun run = begin(Map.of("network", NETWORK));
        assertThat(run.prepare("ban").unmet())
                .containsExactly(
                        "The runbook expects connections(ip in 203.0.113.0/24) > 50 before this step; it is 3.");
        assertThatThrownBy(() -> run.perform("ban"))
                .isInstanceOf(RunbookException.class)
                .hasMessageContaining("before this step; it is 3");
        assertThat(rules).isEmpty();
    }

    @Test
    void aDrillWorksThroughAllStepsWithoutAsking() throws Exception {
        RunbookRun run = begin(Map.of("network", NETWORK));
        List<StepState> ends = new ArrayList<>();
        for (String step : List.of("nodes", "find", "look", "ban", "gone", "lift")) {
            ends.add(run.perform(step));
        }
        assertThat(ends).containsOnly(StepState.DONE);
        assertThat(rules).isEmpty();
    }

    @Test
    void aPromiseThatIsNotKeptInTimeIsAFailure() {
        workspace.api.answer("connections", _ -> new ConnectionList(List.of(), 200, null, List.of()));
        RunbookRun run = begin(Map.of("network", NETWORK));
        run.carryOut(run.prepare("ban"), "");
        await().until(() -> !run.state().checks().isEmpty());
        assertThat(run.state().step("ban")).isEqualTo(StepState.VERIFYING);
        workspace.clock.pass(Duration.ofSeconds(31));
        awaitState(run, "ban", StepState.FAILED);
        assertThat(run.state().transcript().entries().getLast().text())
                .isEqualTo("connections(ip in 203.0.113.0/24) = 0 (is 200)");
    }

    @Test
    void whatTheRelayRefusesIsWrittenDown() {
        RunbookRun run = begin(Map.of("network", NETWORK));
        Prepared prepared = run.prepare("ban");
        workspace.api.fail("putIpRule", Kind.FORBIDDEN, "You may not.");
        assertThatThrownBy(() -> run.carryOut(prepared, "")).isInstanceOf(AdminException.class);
        assertThat(run.state().step("ban")).isEqualTo(StepState.FAILED);
        assertThat(run.state().transcript().entries().getLast().text()).isEqualTo("You may not.");
    }

    @Test
    void aCheckThatCannotBeMeasuredSaysWhy() {
        RunbookRun run = begin(Map.of("network", NETWORK));
        workspace.api.fail("connections", Kind.UNREACHABLE, "No node answers.");
        run.lookAround();
        Check check = runbook.step("ban").orElseThrow().after().getFirst();
        assertThat(run.state().check(check).orElseThrow().sentence()).isEqualTo("No node answers.");
        assertThat(run.state().check(check).orElseThrow().holds()).isFalse();
    }

    @Test
    void aPacedDisconnectOfAQueryIsProposedAsItsArgumentsSay() {
        workspace.api.answer("disconnect", asked -> {
            DisconnectWish wish = asked.argument(0, DisconnectWish.class);
            assertThat(wish.query()).isEqualTo("user = alice");
            assertThat(wish.cap()).isEqualTo(10);
            return new DisconnectAnswer(true, new WouldDisconnect(12, 10, List.of(), 5_000, List.of()), null);
        });
        Map<String, String> arguments = Map.of("q", "user = alice", "per_second", "2", "cap", "10");
        Proposal proposal =
                ((ProposedChange) context.tools().propose(ActionKind.CONNECTION_DISCONNECT, arguments, "")).proposal();
        assertThat(proposal.blast().orElseThrow().sentence()).isEqualTo("10 of 1,000 connections = 1.0 %");
        assertThat(proposal.risk()).isEqualTo(Risk.CONFIRM);
        assertThatThrownBy(() -> context.tools()
                        .propose(ActionKind.CONNECTION_DISCONNECT, Map.of("q", "", "per_second", "-1"), ""))
                .isInstanceOf(RunbookException.class);
    }

    private Proposal proposal(ActionKind kind, Map<String, String> arguments) {
        return ((ProposedChange) context.tools().propose(kind, arguments, "")).proposal();
    }

    @Test
    void tokensAreRevokedAndTakenBack() {
        List<RevocationWish> wishes = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        workspace
                .api
                .answer("revocations", _ -> new RevocationList(List.of(), false))
                .answer("putRevocation", asked -> {
                    wishes.add(asked.argument(0, RevocationWish.class));
                    return new RevocationChange("user:ann", false, new PreviewView(3, 1, List.of()), true);
                })
                .answer("deleteRevocation", asked -> {
                    deleted.add(asked.argument(0, String.class));
                    return new RevocationChange("user:ann", true, new PreviewView(0, 0, List.of()), true);
                });
        Proposal revocation = proposal(ActionKind.REVOCATION_PUT, Map.of("user", "ann"));
        assertThat(revocation.action()).isEqualTo("revocation.put");
        assertThat(wishes.getLast().user()).isEqualTo("ann");
        assertThat(wishes.getLast().issuedBefore())
                .isEqualTo(workspace.clock.instant().getEpochSecond());
        proposal(ActionKind.REVOCATION_PUT, Map.of("jti", "t1"));
        assertThat(wishes.getLast().jti()).isEqualTo("t1");
        proposal(ActionKind.REVOCATION_DELETE, Map.of("id", "jti:t1"));
        proposal(ActionKind.REVOCATION_DELETE, Map.of("id", "user:ann"));
        assertThat(deleted).containsExactly("jti:t1", "user:ann");
        assertThatThrownBy(() -> proposal(ActionKind.REVOCATION_DELETE, Map.of("id", "ann")))
                .hasMessage("'ann' is no revocation: jti:ID or user:NAME");
        assertThatThrownBy(() -> proposal(ActionKind.REVOCATION_PUT, Map.of()))
                .hasMessage("Either a jti or a user is needed.");
    }

    @Test
    void aTestMessageSaysHowManyHearIt() {
        workspace
                .api
                .answer("publish", asked -> new Published(asked.argument(0, String.class), true, null, null))
                .answer(
                        "channel",
                        _ -> new ChannelView(
                                new ChannelRow("probe:x", 12, 0, 0, 0),
                                null,
                                null,
                                new ConnectionList(List.of(), 0, null, List.of()),
                                List.of()));
        Proposal message = proposal(ActionKind.CHANNEL_PUBLISH, Map.of("channel", "probe:x", "data", "{}"));
        assertThat(message.blast().orElseThrow().sentence()).isEqualTo("12 of 1,000 connections = 1.2 %");
        assertThat(message.work().perform("because").sentence()).isEqualTo("Published to probe:x; subscribers: 12");
        assertThatThrownBy(() -> proposal(ActionKind.CHANNEL_PUBLISH, Map.of("channel", "probe:x", "data", "hello")))
                .isInstanceOf(RunbookException.class)
                .hasMessageStartingWith("This is no JSON: ");
    }

    @Test
    void aPlaybookIsForTheInventoryOfTheCluster() throws Exception {
        Path ansible = Files.createDirectories(folder.resolve("ansible/inventories/production"))
                .resolveSibling("production");
        Files.writeString(folder.resolve("ansible/site.yml"), "[]");
        Playbooks playbooks =
                RunbookTools.playbooks(Optional.of(new Ansible(ansible, Optional.empty())), folder.resolve("outputs"));
        RunbookTools tools =
                new RunbookTools(workspace.workspace(), Optional.empty(), Optional.empty(), Optional.of(playbooks));
        ProposedChange change = tools.propose(
                ActionKind.ANSIBLE_PLAYBOOK, Map.of("playbook", "site", "limit", "relay1-blue"), "because");
        assertThat(change.here()).isPresent();
        Proposal proposal = change.proposal();
        assertThat(proposal.action()).isEqualTo("ansible.playbook");
        assertThat(proposal.title()).isEqualTo("Run the playbook site");
        assertThat(proposal.risk()).isEqualTo(Risk.CONFIRM);
        assertThat(proposal.parameters())
                .containsExactly(new Proposal.Parameter(
                        "What it does",
                        "ansible-playbook --inventory " + ansible + " " + folder.resolve("ansible/site.yml")
                                + " --limit=relay1"));
    }

    @Test
    void withoutAnInventoryAStepSaysWhereToSetItAndHowToDoItByHand() {
        RunbookTools tools = new RunbookTools(
                workspace.workspace(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(RunbookTools.playbooks(Optional.empty(), folder)));
        assertThatThrownBy(() -> tools.propose(
                        ActionKind.ANSIBLE_PLAYBOOK, Map.of("playbook", "deploy", "version", "1.2.0"), ""))
                .isInstanceOf(RunbookException.class)
                .hasMessage("This cluster has no Ansible inventory here: choose one where the cluster is edited, or"
                        + " start the console with --inventory. By hand: ansible-playbook --inventory INVENTORY"
                        + " ansible/deploy.yml --extra-vars '{\"version\":\"1.2.0\"}'");
    }

    @Test
    void aSkippedStepHasAReason() {
        RunbookRun run = begin(Map.of());
        assertThatThrownBy(() -> run.skip("look", " ")).isInstanceOf(RunbookException.class);
        run.skip("look", "known customer");
        assertThat(run.state().step("look")).isEqualTo(StepState.SKIPPED);
    }

    @Test
    void aStepWhoseVariableHasNoValueAsksForIt() {
        RunbookRun run = begin(Map.of());
        assertThatThrownBy(() -> run.prepare("ban")).hasMessageContaining("'network'");
        run.set("network", " 203.0.113.0/24 ");
        assertThat(run.prepare("ban").change().title()).contains(NETWORK);
    }

    @Test
    void aRunSurvivesARestart() throws Exception {
        RunbookRun run = begin(Map.of("alertname", "Flood"));
        run.set("network", NETWORK);
        run.carryOut(run.prepare("ban"), "ticket 42");
        awaitState(run, "ban", StepState.DONE);
        run.skip("look", "known | customer");
        run.close();
        Path file;
        try (var files = Files.list(folder.resolve("transcripts"))) {
            file = files.findFirst().orElseThrow();
        }
        Files.writeString(file, Files.readString(file) + "\n{\"at\":\"2026-03-0");

        Transcript kept =
                new TranscriptStore(folder.resolve("transcripts")).list().getFirst();
        RunbookRun again = RunbookRun.resume(runbook, context, "bea", kept);
        assertThat(again.state().values().get("network")).contains(NETWORK);
        assertThat(again.state().step("ban")).isEqualTo(StepState.DONE);
        assertThat(again.state().step("look")).isEqualTo(StepState.SKIPPED);
        again.takeBack("ban", again.prepareUndo("ban").change(), "");
        assertThat(rules).isEmpty();
        again.finish("mended");

        String timeline = Timeline.markdown(store.list().getFirst(), Optional.of(runbook));
        assertThat(timeline)
                .startsWith("# A network floods us with connections\n")
                .contains("- Cluster: demo\n")
                .contains("- Alert: alertname = Flood\n")
                .contains("| ann | Did: Ban the network for a while | ")
                .contains("| ann | Skipped: Look at who they are | known \\| customer |")
                .contains("| bea | Took back: Ban the network for a while | ")
                .contains("| bea | Runbook closed | mended |");
    }

    @Test
    void aFullDiskDoesNotStopTheMitigation() throws Exception {
        RunbookRun run = begin(Map.of("network", NETWORK));
        Path transcripts = folder.resolve("transcripts");
        try (var files = Files.list(transcripts)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(transcripts);
        Files.writeString(transcripts, "in the way");
        run.carryOut(run.prepare("ban"), "");
        awaitState(run, "ban", StepState.DONE);
        assertThat(run.state().unkept()).isPresent();
    }
}
