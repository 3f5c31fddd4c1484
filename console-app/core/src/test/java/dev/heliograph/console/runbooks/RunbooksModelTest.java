package dev.heliograph.console.runbooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.runbooks.RunbooksState.Shelf;
import dev.heliograph.console.testing.Samples;
import dev.heliograph.console.testing.TestWorkspace;
import dev.heliograph.console.wire.NodeList;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.run.Entry;
import dev.heliograph.runbook.run.StepState;
import dev.heliograph.runbook.run.Transcript;
import dev.heliograph.runbook.run.TranscriptStore;
import java.nio.file.Files;
import java.nio.file.Path;
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
