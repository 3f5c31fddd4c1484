package dev.heliograph.console.desktop.runbooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.desktop.testing.ChosenFiles;
import dev.heliograph.console.desktop.testing.FakeCommander;
import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.StubApi;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.runbooks.RunbookTools;
import dev.heliograph.console.runbooks.RunbooksModel;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.cluster.Playbooks;
import dev.heliograph.runbook.run.Change;
import dev.heliograph.runbook.run.RunState;
import dev.heliograph.runbook.run.StepState;
import dev.heliograph.runbook.run.TranscriptStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A step that takes minutes on this machine: it tells how far it is, and can be stopped.
final class PlaybookCardTest extends UiTest {

    private static final String DEPLOY = """
            ---
            id: deploy
            title: Deploy a version
            alerts:
            severity: procedure
            owner: on-call
            var version: name = 1.2.0 -- The version
            ---
            ## Mitigation

            A canary first, then all clients. It takes up to two hours, and goes back by itself if the canary is ill.

            ### Deploy it

            ```step
            id: deploy
            class: mutate
            action: ansible.playbook
              playbook: deploy
              version: {version}
            check: prometheus(heliograph_deploy_lock) = 0
            undo: ansible.playbook
              playbook: rollback
            ```
            """;

    @TempDir
    private Path folder;

    private final FakeCommander commander = new FakeCommander();
    private final CountDownLatch end = new CountDownLatch(1);
    private RunbooksModel model;

    @BeforeEach
    void aRunbook() throws Exception {
        Path runbooks = Files.createDirectory(folder.resolve("runbooks"));
        Files.writeString(runbooks.resolve("deploy.md"), DEPLOY);
        Playbooks playbooks = arguments -> new Playing(arguments.getOrDefault("playbook", ""));
        var workspace = Fakes.workspace(new StubApi().api(), Toolkit.CLOCK);
        model = new RunbooksModel(
                workspace,
                () -> Optional.of(runbooks),
                RunbookTools.context(
                        workspace,
                        new TranscriptStore(folder.resolve("state")),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(playbooks)));
        model.readShelf();
        model.begin(model.state().get().shelf().data().orElseThrow().runbooks().getFirst(), Map.of())
                .get();
    }

    /// Is at one task until the test says that it ends.
    private final class Playing implements Change {

        private final String playbook;

        Playing(String playbook) {
            this.playbook = playbook;
        }

        @Override
        public String title() {
            return "Run the playbook " + playbook;
        }

        @Override
        public List<String> effects() {
            return List.of();
        }

        @Override
        public Done make(String reason) {
            throw new AssertionError("nobody hears how far it is");
        }

        @Override
        public Done make(String reason, Consumer<String> told) {
            told.accept("rollout : Look at the canary of 5 %");
            try {
                end.await();
            } catch (InterruptedException _) {
                throw new RunbookException("The playbook deploy was stopped; what it has done stays done");
            }
            return new Done("Ran the playbook deploy: relay1: ok=31 changed=2", Optional.empty());
        }
    }

    private RunbooksPage page() {
        return new RunbooksPage(model, commander, _ -> {}, new ChosenFiles().texts());
    }

    private RunState run() {
        return model.state().get().run().orElseThrow();
    }

    private void deploy() {
        model.propose("deploy").work().perform("");
        await("its task", () -> run().running().containsValue("rollout : Look at the canary of 5 %"));
    }

    @Test
    void whileItGoesOnItsTaskIsShownAndThePageCanBeUsed() {
        show(() -> closeLater(page()).view());
        click("perform-deploy");
        Proposal proposal = commander.awaitProposal(1);
        assertThat(proposal.title()).isEqualTo("Run the playbook deploy");
        assertThat(proposal.work().perform("").sentence())
                .isEqualTo("Running it now: Deploy it. The step shows how far it is.");

        awaitText("Running");
        awaitText("Now: rollout : Look at the canary of 5 %");
        assertThat(find("perform-deploy").isDisabled()).isTrue();
        assertThat(isShown("skip-deploy")).isFalse();
        assertThat(find("runbook-finish").isDisabled()).isTrue();
        write("runbook-note", "the canary looks well");
        click("runbook-back");
        clickText("Go on");
        awaitText("Now: rollout : Look at the canary of 5 %");

        end.countDown();
        awaitNoText("Now: rollout : Look at the canary of 5 %");
        await("done", () -> run().step("deploy") == StepState.VERIFYING);
        assertThat(isShown("stop-deploy")).isFalse();
        assertThat(find("runbook-finish", Button.class).isDisabled()).isFalse();
        awaitText("Ran the playbook deploy: relay1: ok=31 changed=2");
    }

    @Test
    void itIsStoppedAfterAQuestion() {
        show(() -> closeLater(page()).view());
        deploy();
        click("stop-deploy");
        Proposal stop = commander.awaitProposal(1);
        assertThat(stop.title()).isEqualTo("Stop the step Deploy it");
        assertThat(run().running()).isNotEmpty();
        assertThat(stop.work().perform("").sentence()).isEqualTo("Stopped the step Deploy it");

        awaitText("Failed");
        assertThat(find("why-deploy", Label.class).getText())
                .isEqualTo("The playbook deploy was stopped; what it has done stays done");
        awaitText("Do it again");
    }

    @Test
    void oneThatGoesOnLooksAsAccepted() {
        deploy();
        GoldenPicture.check("runbooks-running", () -> page().view());
        model.close();
    }
}
