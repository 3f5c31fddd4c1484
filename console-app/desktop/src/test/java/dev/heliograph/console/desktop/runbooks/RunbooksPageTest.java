package dev.heliograph.console.desktop.runbooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.alerts.Alert;
import dev.heliograph.console.desktop.testing.ChosenFiles;
import dev.heliograph.console.desktop.testing.ChosenFiles.Asked;
import dev.heliograph.console.desktop.testing.FakeCommander;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.desktop.ui.file.FileKind;
import dev.heliograph.runbook.run.StepState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunbooksPageTest extends UiTest {

    @TempDir
    private Path folder;

    private final FakeCommander commander = new FakeCommander();
    private final ChosenFiles files = new ChosenFiles();
    private final List<String> links = new CopyOnWriteArrayList<>();

    private RunbooksPage page(FloodStub stub) {
        return new RunbooksPage(stub.model, commander, links::add, files.texts());
    }

    private RunbooksPage shown(FloodStub stub) {
        RunbooksPage page = onFx(() -> page(stub));
        closeLater(page);
        show(() -> page.view());
        return page;
    }

    /// Without scrolling to it.
    private void fire(String id) {
        Button button = find(id, Button.class);
        runOnFx(button::fire);
    }

    private void awaitValue(String id, String value) {
        TextField field = find(id, TextField.class);
        await(id + " is " + value, () -> field.getText().equals(value));
    }

    private StepState step(FloodStub stub, String id) {
        return stub.model.state().get().run().orElseThrow().step(id);
    }

    @Test
    void anAlertOpensItsRunbookFilledIn() {
        FloodStub stub = new FloodStub(folder.resolve("state"), FloodStub.shelf(folder));
        RunbooksPage page = shown(stub);
        runOnFx(() -> page.open(new Alert(
                "1",
                Map.of("alertname", "HeliographHandshakeFlood", "network", FloodStub.NETWORK),
                Map.of(),
                Toolkit.CLOCK.instant(),
                List.of(),
                List.of(),
                "")));
        awaitValue("variable-network", FloodStub.NETWORK);
        awaitText("Transcript");
        runOnFx(() -> page.open(new Alert(
                "2", Map.of("alertname", "Else"), Map.of(), Toolkit.CLOCK.instant(), List.of(), List.of(), "")));
        awaitText("No runbook names the alert Else.");
    }

    @Test
    void aStepLooksAndIsSkippedWithAReason() throws Exception {
        FloodStub stub = new FloodStub(folder.resolve("state"), FloodStub.shelf(folder));
        shown(stub);
        click("open-connection-flood");
        fire("perform-find");
        await("looked", () -> step(stub, "find") == StepState.DONE);
        awaitText("Live: Find the network");
        assertThat(isTextShown("203.0.113.0/24")).isTrue();

        fire("skip-look");
        write("skip-reason-look", "a known customer");
        fire("skip-do-look");
        await("skipped", () -> step(stub, "look") == StepState.SKIPPED);
        assertThat(stub.store.list().getFirst().entries().getLast().text()).isEqualTo("a known customer");
    }

    @Test
    void aRowOfTheLiveDataBecomesTheValueOfAVariable() {
        FloodStub stub = new FloodStub(folder.resolve("state"), FloodStub.shelf(folder));
        shown(stub);
        click("open-connection-flood");
        assertThat(find("perform-ban", Button.class).isDisabled()).isTrue();
        fire("perform-find");
        Node row = findText("203.0.113.0/24");
        robot().doubleClickOn(row);
        awaitValue("variable-network", FloodStub.NETWORK);
        Button ban = find("perform-ban", Button.class);
        await("it can be banned", () -> !ban.isDisabled());
        awaitText("No: 312");
    }

    @Test
    void aLinkToAnotherRunbookOpensItForTheSameAlert() throws Exception {
        FloodStub stub = new FloodStub(folder.resolve("state"), FloodStub.RUNBOOKS);
        stub.begin();
        shown(stub);
        clickText("shed load");
        await(
                "the other one is open",
                () -> stub.model
                        .state()
                        .get()
                        .run()
                        .map(run -> run.runbook().id().equals("shed-load"))
                        .orElse(false));
        assertThat(stub.model.state().get().run().orElseThrow().transcript().labels())
                .containsEntry("network", FloodStub.NETWORK);
    }

    @Test
    void whatIsNoValueIsSaidAtTheField() {
        FloodStub stub = new FloodStub(folder.resolve("state"), FloodStub.shelf(folder));
        shown(stub);
        click("open-connection-flood");
        write("variable-network", "everybody");
        press(KeyCode.ENTER);
        awaitText("'everybody' is no network.");
        assertThat(stub.model.state().get().run().orElseThrow().values().get("network"))
                .isEmpty();
    }

    @Test
    void theTimelineIsSavedAndTheRunIsGoneOnWith() throws Exception {
        FloodStub stub = new FloodStub(folder.resolve("state"), FloodStub.shelf(folder));
        stub.begin();
        shown(stub);
        write("runbook-note", "looks like a script");
        press(KeyCode.ENTER);
        awaitText("looks like a script");
        String id = stub.model.state().get().run().orElseThrow().transcript().id();
        files.choose(Files.createDirectory(folder.resolve("full")));
        click("runbook-save");
        awaitText("full can not be written: Is a directory.");
        files.choose(folder.resolve("incident.md"));
        click("runbook-save");
        awaitText("Saved as " + folder.resolve("incident.md") + ".");
        assertThat(Files.readString(folder.resolve("incident.md"))).contains("| ann | Note | looks like a script |");
        assertThat(files.asked()).hasSize(2).containsOnly(new Asked(id + ".md", FileKind.MARKDOWN));
        click("runbook-back");
        clickText("Go on");
        awaitText("looks like a script");
        click("runbook-finish");
        awaitText("Closed");
    }

    @Test
    void theShelfLooksAsAccepted() throws Exception {
        FloodStub stub = new FloodStub(folder.resolve("state"), FloodStub.shelf(folder));
        stub.begin();
        stub.model.finish("").get();
        GoldenPicture.check("runbooks-shelf", () -> page(stub).view());
    }

    @Test
    void aRunLooksAsAccepted() throws Exception {
        FloodStub stub = new FloodStub(folder.resolve("state"), FloodStub.shelf(folder));
        stub.begin();
        stub.model.look("find").get();
        await("checked", () -> step(stub, "find") == StepState.DONE);
        stub.model.skip("look", "a known customer");
        stub.model.refresh();
        GoldenPicture.check("runbooks-run", () -> page(stub).view());
    }

    @Test
    void noRunbooksAndBrokenOnesLookAsAccepted() throws Exception {
        FloodStub empty = new FloodStub(folder.resolve("state"), Files.createDirectory(folder.resolve("none")));
        GoldenPicture.check("runbooks-empty", () -> page(empty).view());
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.copy(FloodStub.RUNBOOKS.resolve("connection-flood.md"), broken.resolve("connection-flood.md"));
        Files.writeString(broken.resolve("wrong.md"), "---\nid: wrong\n---\n");
        FloodStub wrong = new FloodStub(folder.resolve("state"), broken);
        GoldenPicture.check("runbooks-broken", () -> page(wrong).view());
    }
}
