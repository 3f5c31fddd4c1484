package dev.heliograph.runbook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.runbook.ActionKind;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.RunbookParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunbookRunTest {

    private static final String TEXT = """
            ---
            id: flood
            title: A flood
            alerts: Flood
            severity: page
            owner: on-call
            var network: network from network -- Which
            ---
            ## Diagnosis
            ### Look
            ```step
            id: look
            class: read
            action: node.list
            check: nodes() > 0
            ```
            ## Mitigation
            ### Ban it
            ```step
            id: ban
            class: mutate
            action: ip_rule.put
              cidr: {network}
              kind: ban
            before: connections(ip in {network}) > 50
            check: connections(ip in {network}) = 0
            timeout: 1s
            undo: ip_rule.delete
              cidr: {network}
            ```
            """;

    @TempDir
    private Path folder;

    private final FakeTools tools = new FakeTools();
    private final Runbook runbook = RunbookParser.parse("flood.md", TEXT);
    private TranscriptStore store;
    private RunContext context;

    @BeforeEach
    void aFlood() {
        store = new TranscriptStore(folder.resolve("transcripts"));
        context = new RunContext(tools, store, task -> Thread.ofVirtual().start(task), Clock.systemUTC());
        tools.numbers.putAll(Map.of("nodes", 3.0, "connections", 312.0));
        tools.effects.put(ActionKind.IP_RULE_PUT, () -> tools.numbers.put("connections", 0.0));
    }

    private RunbookRun begin() {
        return RunbookRun.begin(runbook, context, "demo", "ann", Map.of("network", "203.0.113.0/24"));
    }

    @Test
    void itIsDoneUnattendedFromTheAlertToTheEnd() throws Exception {
        RunbookRun run = begin();
        for (String step : List.of("look", "ban")) {
            assertThat(run.perform(step)).isEqualTo(StepState.DONE);
        }
        assertThat(tools.done).containsExactly("ip_rule.put because of runbook flood, step ban");
        run.takeBack("ban", run.prepareUndo("ban").change(), "mended");
        run.finish("over");
        assertThat(tools.done).last().isEqualTo("ip_rule.delete because of mended");
        assertThat(run.state().step("ban")).isEqualTo(StepState.UNDONE);
        assertThat(Timeline.markdown(store.list().getFirst(), Optional.of(runbook)))
                .contains("- Alert: network = 203.0.113.0/24")
                .contains("| ann | Did: Ban it | Did ip\\_rule.put |")
                .contains("Checks hold: Ban it | connections(ip in 203.0.113.0/24) = 0 (is 0) |")
                .contains("| ann | Runbook closed | over |");
    }

    @Test
    void whatMustHoldBeforeAStepStopsItUnlessAnOperatorDecides() throws Exception {
        tools.numbers.put("connections", 3.0);
        RunbookRun run = begin();
        assertThatThrownBy(() -> run.perform("ban"))
                .isInstanceOf(RunbookException.class)
                .hasMessage("The runbook expects connections(ip in 203.0.113.0/24) > 50 before this step; it is 3.");
        assertThat(tools.done).isEmpty();
        Prepared prepared = run.prepare("ban");
        assertThat(prepared.unmet()).hasSize(1);
        run.carryOut(prepared, "all the same");
        await().untilAsserted(() -> assertThat(run.state().step("ban")).isEqualTo(StepState.DONE));
    }

    @Test
    void aPromiseThatIsNotKeptIsAFailureThatSaysWhatIs() throws Exception {
        tools.effects.put(ActionKind.IP_RULE_PUT, () -> tools.numbers.put("connections", 200.0));
        RunbookRun run = begin();
        assertThat(run.perform("ban")).isEqualTo(StepState.FAILED);
        assertThat(run.state().transcript().entries().getLast().text())
                .isEqualTo("connections(ip in 203.0.113.0/24) = 0 (is 200)");
    }

    @Test
    void aRefusalIsWrittenDown() {
        tools.effects.put(ActionKind.IP_RULE_PUT, () -> {
            throw new RunbookException("You may not.");
        });
        RunbookRun run = begin();
        assertThatThrownBy(() -> run.perform("ban")).hasMessage("You may not.");
        assertThat(run.state().step("ban")).isEqualTo(StepState.FAILED);
        assertThat(run.state().transcript().entries().getLast().text()).isEqualTo("You may not.");
    }

    @Test
    void aStepThatIsBeingDoneIsDoneOnce() {
        RunbookRun run = begin();
        Prepared again = run.prepare("ban");
        List<String> seen = new CopyOnWriteArrayList<>();
        tools.effects.put(ActionKind.IP_RULE_PUT, () -> {
            assertThat(run.state().isRunning("ban")).isTrue();
            assertThatThrownBy(() -> run.carryOut(again, "")).hasMessage("This step is being done already.");
            seen.add("done");
            tools.numbers.put("connections", 0.0);
        });
        run.carryOut(run.prepare("ban"), "");
        assertThat(seen).hasSize(1);
        assertThat(run.state().running()).isEmpty();
        await().untilAsserted(() -> assertThat(run.state().step("ban")).isEqualTo(StepState.DONE));
    }

    @Test
    void whatCannotBeTakenBackIsWrittenDown() throws Exception {
        RunbookRun run = begin();
        assertThat(run.perform("ban")).isEqualTo(StepState.DONE);
        tools.effects.put(ActionKind.IP_RULE_DELETE, () -> {
            throw new RunbookException("You may not.");
        });
        Change undo = run.prepareUndo("ban").change();
        assertThatThrownBy(() -> run.takeBack("ban", undo, "")).hasMessage("You may not.");
        assertThat(run.state().step("ban")).isEqualTo(StepState.FAILED);
        assertThat(run.state().transcript().entries().getLast().text()).isEqualTo("Not taken back: You may not.");
    }

    @Test
    void anInterruptDoesNotKeepWhatHappenedFromBeingWrittenDown() {
        tools.effects.put(ActionKind.IP_RULE_PUT, () -> {
            Thread.currentThread().interrupt();
            throw new RunbookException("It was stopped.");
        });
        RunbookRun run = begin();
        Prepared prepared = run.prepare("ban");
        assertThatThrownBy(() -> run.carryOut(prepared, "")).hasMessage("It was stopped.");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(run.state().unkept()).isEmpty();
        assertThat(store.list().getFirst().entries().getLast().text()).isEqualTo("It was stopped.");
    }

    @Test
    void whatCannotBeMeasuredSaysWhy() {
        tools.numbers.clear();
        RunbookRun run = begin();
        run.lookAround();
        assertThat(run.state().checks().values())
                .extracting(CheckResult::sentence)
                .containsOnly("Nobody knows nodes.", "Nobody knows connections.");
    }

    @Test
    void whoFollowsHearsOfEachChangeInOrder() throws Exception {
        RunbookRun run = begin();
        List<Integer> entries = new CopyOnWriteArrayList<>();
        run.follow(state -> entries.add(state.transcript().entries().size()));
        run.perform("look");
        run.skip("ban", "known customer");
        assertThat(entries).first().isEqualTo(1);
        assertThat(entries).last().isEqualTo(4);
        assertThat(entries).isSorted();
    }

    @Test
    void aRunSurvivesACrashInTheMiddleOfALine() throws Exception {
        RunbookRun run = begin();
        run.perform("ban");
        run.close();
        Path file;
        try (var files = Files.list(folder.resolve("transcripts"))) {
            file = files.findFirst().orElseThrow();
        }
        Files.writeString(file, Files.readString(file) + "\n{\"at\":\"2026-03-0");
        RunbookRun again =
                RunbookRun.resume(runbook, context, "bea", store.list().getFirst());
        assertThat(again.state().step("ban")).isEqualTo(StepState.DONE);
        again.note("here now");
        assertThat(store.list().getFirst().entries().getLast().text()).isEqualTo("here now");
    }
}
