package dev.heliograph.console.runbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.runbooks.RunbooksState.Shelf;
import dev.heliograph.console.testing.Samples;
import dev.heliograph.console.testing.TestWorkspace;
import dev.heliograph.console.wire.NodeList;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.cluster.AnsiblePlaybooks;
import dev.heliograph.runbook.run.Entry;
import dev.heliograph.runbook.run.RunState;
import dev.heliograph.runbook.run.StepState;
import dev.heliograph.runbook.run.Transcript;
import dev.heliograph.runbook.run.TranscriptStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunbooksModelTest {

    private static final String RUNBOOK = """
            ---
            id: nodes
            title: Nodes are gone
            alerts: NodeDown
            severity: page
            owner: on-call
            var node: name from node -- The node
            ---
            ### Look
            ```step
            id: look
            class: read
            action: node.list
            check: nodes() > 0
            ```
            """;

    @TempDir
    private Path folder;

    private final TestWorkspace test = new TestWorkspace();
    private RunbooksModel model;

    @BeforeEach
    void aRunbook() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("runbooks")).resolve("nodes.md"), RUNBOOK);
        test.api.answer("nodes", _ -> new NodeList(List.of(Samples.node("relay-1", 10, 0))));
        model = new RunbooksModel(
                test.workspace(),
                () -> Optional.of(folder.resolve("runbooks")),
                RunbookTools.context(
                        test.workspace(),
                        new TranscriptStore(folder.resolve("state")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        model.readShelf();
    }

    private Shelf shelf() {
        return model.state().get().shelf().data().orElseThrow();
    }

    private StepState look() {
        return model.state().get().run().orElseThrow().step("look");
    }

    @Test
    void anAlertBeginsItsRunbookAndShowsWhatItsFirstStepSees() throws Exception {
        assertThat(model.beginFor("Else", Map.of(), Map.of()).get()).isFalse();
        assertThat(model.beginFor("NodeDown", Map.of("node", "relay-9"), Map.of())
                        .get())
                .isTrue();
        assertThat(model.state().get().run().orElseThrow().values().get("node")).contains("relay-9");
        assertThat(model.state()
                        .get()
                        .live()
                        .orElseThrow()
                        .reading()
                        .data()
                        .orElseThrow()
                        .rows())
                .hasSize(1);
    }

    @Test
    void nothingThatIsWrittenDownIsLostInTheState() throws Exception {
        Runbook runbook = shelf().runbooks().getFirst();
        model.begin(runbook, Map.of()).get();
        for (int i = 0; i < 5; i++) {
            model.look("look").get();
        }
        await().until(() -> look() == StepState.DONE);
        assertThat(model.state().get().run().orElseThrow().transcript().entries())
                .filteredOn(entry -> entry.kind() == Entry.Kind.LOOKED)
                .hasSize(5);
    }

    @Test
    void whatIsShownLiveIsAskedForAgainAndKeptWhenItFails() throws Exception {
        model.begin(shelf().runbooks().getFirst(), Map.of()).get();
        model.shown();
        test.api.fail("nodes", Kind.UNREACHABLE, "No node answers.");
        test.background.tick();
        assertThat(model.state().get().live().orElseThrow().reading().problem()).contains("No node answers.");
        assertThat(model.state().get().live().orElseThrow().reading().data()).isPresent();
        model.hidden();
        assertThat(test.background.pauses()).isEmpty();
    }

    @Test
    void aRunThatWasLeftIsGoneOnWith() throws Exception {
        model.begin(shelf().runbooks().getFirst(), Map.of()).get();
        model.note("the first half");
        model.leave();
        assertThat(model.state().get().run()).isEmpty();
        Transcript kept = shelf().transcripts().getFirst();
        assertThat(kept.finished()).isFalse();
        model.resume(kept).get();
        model.note("the second half");
        model.finish("all well").get();
        assertThat(shelf().transcripts()).hasSize(1);
        assertThat(shelf().transcripts().getFirst().finished()).isTrue();
        assertThat(model.timeline(shelf().transcripts().getFirst()))
                .contains("| ann | Note | the first half |")
                .contains("| ann | Note | the second half |");
    }

    private static final String RESTART = """
            ---
            id: restart
            title: Restart a relay
            alerts:
            severity: procedure
            owner: on-call
            var node: name = relay-1-blue -- The node
            ---
            ### Restart it
            ```step
            id: restart
            class: mutate
            action: ansible.playbook
              playbook: rolling_restart
              limit: {node}
            check: nodes() > 0
            undo: ansible.playbook
              playbook: rolling_restart
            ```
            """;

    /// A playbook that goes on until there is a file `end`, with the exit code that is in it.
    private void beginRestart() throws Exception {
        Path ansible = Files.createDirectory(folder.resolve("ansible"));
        Files.writeString(ansible.resolve("rolling_restart.yml"), "[]");
        Files.writeString(ansible.resolve("hosts"), "relay-1");
        Files.writeString(folder.resolve("runbooks/restart.md"), RESTART);
        Path program = Files.writeString(ansible.resolve("ansible-playbook"), """
                #!/bin/sh
                echo $$ >'%1$s/pid'
                echo 'TASK [Drain it] ******'
                while [ ! -e '%1$s/end' ]; do sleep 0.02; done
                echo 'fatal: [relay-1]: FAILED! => {"msg": "It does not drain."}'
                echo 'relay-1 : ok=3 changed=1'
                exit $(cat '%1$s/end')
                """.formatted(folder));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        model = new RunbooksModel(
                test.workspace(),
                () -> Optional.of(folder.resolve("runbooks")),
                RunbookTools.context(
                        test.workspace(),
                        new TranscriptStore(folder.resolve("state")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new AnsiblePlaybooks(
                                ansible,
                                ansible.resolve("hosts"),
                                program.toString(),
                                Duration.ofMinutes(1),
                                Optional.of(folder.resolve("state/playbooks"))))));
        model.readShelf();
        model.begin(shelf().runbook("restart").orElseThrow(), Map.of()).get();
    }

    private void restart() {
        assertThat(model.propose("restart").work().perform("").sentence())
                .isEqualTo("Running it now: Restart it. The step shows how far it is.");
        await().until(() -> "Drain it".equals(run().running().get("restart")));
    }

    private void endsWith(int code) throws Exception {
        Files.writeString(folder.resolve("end.new"), code + "\n");
        Files.move(folder.resolve("end.new"), folder.resolve("end"));
    }

    private RunState run() {
        return model.state().get().run().orElseThrow();
    }

    private boolean isPlaying() throws Exception {
        return ProcessHandle.of(
                        Long.parseLong(Files.readString(folder.resolve("pid")).strip()))
                .map(ProcessHandle::isAlive)
                .orElse(false);
    }

    @Test
    void aPlaybookGoesOnByItselfAndTellsItsTaskUntilItIsDone() throws Exception {
        beginRestart();
        restart();
        assertThat(run().step("restart")).isEqualTo(StepState.OPEN);
        assertThatThrownBy(() -> model.propose("restart").work().perform(""))
                .hasMessage("This step is being done already.");
        assertThatThrownBy(() -> model.finish("").get())
                .hasMessageContaining("A step is being done. Wait for its end, or stop it");
        endsWith(0);
        await().until(() -> run().step("restart") == StepState.DONE);
        await().until(() -> run().running().isEmpty());
        assertThat(run().transcript().entries())
                .anySatisfy(entry -> assertThat(entry.text())
                        .isEqualTo("Ran the playbook rolling_restart: relay-1: ok=3 changed=1"));
        await().until(() -> model.ended().get().isPresent());
        assertThat(model.ended().get().orElseThrow().well()).isTrue();
        assertThat(model.ended().get().orElseThrow().sentence()).startsWith("Done: Restart it. ");
        assertThatThrownBy(() -> model.proposeStop("restart")).hasMessage("This step is not being done any more.");

        assertThat(model.proposeUndo("restart").work().perform("").sentence()).startsWith("Running it now: ");
        await().until(() -> run().step("restart") == StepState.UNDONE);
    }

    @Test
    void oneThatFailsSaysWhyAndIsHeardOfElsewhere() throws Exception {
        beginRestart();
        restart();
        endsWith(2);
        await().until(() -> model.ended().get().isPresent());
        assertThat(run().step("restart")).isEqualTo(StepState.FAILED);
        assertThat(model.ended().get().orElseThrow().well()).isFalse();
        assertThat(model.ended().get().orElseThrow().sentence())
                .startsWith("Failed: Restart it. The playbook rolling_restart failed on relay-1: It does not drain."
                        + " (in Drain it). All of its output is in " + folder.resolve("state/playbooks"));
    }

    @Test
    void oneThatIsStoppedHasFailedAndIsWrittenDown() throws Exception {
        beginRestart();
        restart();
        Proposal stop = model.proposeStop("restart");
        assertThat(stop.risk()).isEqualTo(Risk.CONFIRM);
        assertThat(stop.warnings()).hasSize(1);
        assertThat(stop.work().perform("").sentence()).isEqualTo("Stopped the step Restart it");
        assertThat(isPlaying()).isFalse();
        assertThat(run().running()).isEmpty();
        assertThat(run().step("restart")).isEqualTo(StepState.FAILED);
        assertThat(run().unkept()).isEmpty();
        model.readShelf();
        assertThat(shelf().transcripts().getFirst().entries().getLast().text())
                .startsWith("The playbook rolling_restart was stopped; what it has done stays done");
        assertThat(model.ended().get()).isEmpty();
    }

    @Test
    void oneGoesOnWhileAnotherRunbookIsOpenAndEndsWithThePage() throws Exception {
        beginRestart();
        restart();
        String id = run().transcript().id();
        model.leave();
        assertThat(isPlaying()).isTrue();
        model.begin(shelf().runbook("nodes").orElseThrow(), Map.of()).get();
        assertThat(run().running()).isEmpty();
        Transcript kept = shelf().transcripts().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
        model.resume(kept).get();
        assertThat(run().running()).containsEntry("restart", "Drain it");
        model.leave();
        model.close();
        assertThat(isPlaying()).isFalse();
    }

    @Test
    void theFolderIsTheNamedOneElseThatOfTheUserElseThatOfTheApplication() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Path application = Files.createDirectories(folder.resolve("app"));
        Path working = Files.createDirectories(folder.resolve("checkout/console-app/core"));
        Map<String, String> environment = Map.of("HOME", home.toString());
        Files.createDirectories(folder.resolve("checkout/runbooks"));
        assertThat(RunbookFolder.find(environment, Optional.of(application), working))
                .contains(folder.resolve("checkout/runbooks"));
        Files.createDirectories(application.resolve("runbooks"));
        assertThat(RunbookFolder.find(environment, Optional.of(application), working))
                .contains(application.resolve("runbooks"));
        Path own = Files.createDirectories(home.resolve(".config/heliograph/runbooks"));
        assertThat(RunbookFolder.find(environment, Optional.of(application), working))
                .contains(own);
        assertThat(RunbookFolder.find(Map.of("HELIOGRAPH_RUNBOOKS", "/else"), Optional.empty(), working))
                .contains(Path.of("/else"));
    }
}
