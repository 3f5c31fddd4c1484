package dev.heliograph.console.desktop.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.capacity.Curve;
import dev.heliograph.capacity.Demand;
import dev.heliograph.capacity.DemandInput;
import dev.heliograph.capacity.PlanReport;
import dev.heliograph.console.capacity.PlanModel;
import dev.heliograph.console.capacity.PlanOutcome.Carried;
import dev.heliograph.console.desktop.testing.ChosenFiles;
import dev.heliograph.console.desktop.testing.LiveCluster;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.text.Formats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapacityPageTest extends UiTest {

    @TempDir
    private Path folder = Path.of("");

    private final ChosenFiles files = new ChosenFiles();
    private final TestPlans plans = new TestPlans();
    private final List<String> kept = new ArrayList<>();
    private PlanModel model = plans.model(Optional.empty(), kept::add);

    private void open() {
        show(() -> LiveCluster.around(plans.workspace, (_, _) -> closeLater(new CapacityPage(model, files.texts()))));
        awaitText("until the clients of a lost relay are back");
    }

    private String textOf(String id) {
        return onFx(
                () -> node(id) instanceof Labeled label ? label.getText() : ((TextInputControl) node(id)).getText());
    }

    private Node node(String id) {
        return stage().getScene().lookup("#" + id);
    }

    private Carried carried() {
        return (Carried) model.outcome().get().data().orElseThrow();
    }

    private int nodes() {
        return carried().report().plan().nodes();
    }

    /// Waits until the page shows the plan of so many connections.
    private void awaitPlan(int connections) {
        await(
                "the plan of " + connections,
                () -> model.outcome()
                        .get()
                        .data()
                        .filter(each -> each.demand().connections() == connections)
                        .isPresent());
        settle();
    }

    @Test
    void thePlanFollowsWhatIsTyped() {
        open();
        awaitPlan(Demand.DEFAULT.connections());
        int usual = nodes();
        write("plan-connections", "2M");
        awaitPlan(2_000_000);
        assertThat(nodes()).isGreaterThan(usual);
        assertThat(textOf("plan-nodes")).isEqualTo(Integer.toString(nodes()));
        assertThat(textOf("plan-nodes-words")).endsWith("of which 1 may be lost; the cluster has 3");
        assertThat(textOf("plan-binds")).isEqualTo("What binds");
        assertThat(textOf("plan-reason")).isEqualTo(carried().report().plan().reason());
        awaitText("Messages by the Million, Standard, Europe");
        awaitText("price list of 2026-01");
    }

    @Test
    void eachWrongFieldSaysSoAndNothingIsLost() {
        open();
        awaitPlan(10_000);
        String before = textOf("plan-nodes");
        write("plan-connections", "lots");
        write("plan-cores", "");
        awaitText("Not a number, as 10,000 or 0.5 is.");
        awaitText("A number is missing.");
        awaitText("2 inputs are wrong: this is still the plan of what was there before.");
        assertThat(textOf("plan-connections")).isEqualTo("lots");
        assertThat(textOf("plan-nodes")).isEqualTo(before);
        write("plan-connections", "30,000");
        write("plan-cores", "8");
        awaitPlan(30_000);
        awaitNoText("this is still the plan");
    }

    @Test
    void whatNothingCarriesIsSaidInPlaceOfThePlan() {
        open();
        write("plan-latency_ms", "5");
        awaitText(
                "There is no plan for this load: a p99 of 5 ms can not be met: without any load it was measured to be 20 ms.");
        assertThat(isTextShown("until the clients of a lost relay are back")).isFalse();
        write("plan-latency_ms", "200");
        awaitText("until the clients of a lost relay are back");
    }

    @Test
    void theLoadIsTakenFromTheClusterAndPutBack() {
        open();
        write("plan-connections", "123");
        runOnFx(() -> node("plan-curve").requestFocus());
        press(KeyCode.T);
        awaitText("Taken from 3 relays at ");
        awaitText("45,000 connections, 1,240 channels, 400 publications/s, a fan-out of 30, 8 cores.");
        assertThat(textOf("plan-connections")).isEqualTo("45,000");
        assertThat(textOf("plan-fan_out")).isEqualTo("30");
        awaitPlan(45_000);
        click("plan-put-back");
        awaitNoText("Taken from");
        assertThat(textOf("plan-connections")).isEqualTo("123");
        assertThat(textOf("plan-cores")).isEqualTo("4");
        awaitPlan(123);
    }

    @Test
    void aCalibrationIsOpenedAndABadOneLeavesTheFormer() throws IOException {
        open();
        awaitText("Reckoned from the figures that come with the console: relay 1.4.2 on Xeon of a test, 2 cores,"
                + " 2026-11-30.");
        files.choose(Files.writeString(folder.resolve("broken.json"), "{}"));
        click("plan-figures-open");
        awaitText("Not used: broken.json: machine: is missing.");
        assertThat(textOf("plan-figures")).startsWith("Reckoned from the figures that come with the console");
        files.choose(Files.writeString(
                folder.resolve("mine.json"), TestPlans.CALIBRATION.replace("Xeon of a test", "A machine of ours")));
        click("plan-figures-open");
        awaitText("Reckoned from your figures in mine.json: relay 1.4.2 on A machine of ours, 2 cores, 2026-11-30.");
        awaitNoText("Not used");
        click("plan-figures-back");
        awaitText("Reckoned from the figures that come with the console");
    }

    @Test
    void theCurveIsReadWithTheKeyboard() {
        open();
        awaitPlan(10_000);
        String next = textOf("plan-curve-said");
        assertThat(next).matches("From [\\d,]+ connections on it takes \\d+ relays\\.");
        runOnFx(() -> node("plan-curve").requestFocus());
        press(KeyCode.HOME);
        assertThat(textOf("plan-curve-said"))
                .matches("1,250 connections: \\d+ relays, [\\d,]+ USD a month; .+ binds\\.");
        press(KeyCode.END);
        double third = carried().curve().flatMap(Curve::next).orElseThrow().value();
        assertThat(textOf("plan-curve-said")).startsWith(Formats.number(third * 1.5) + " connections: ");
        press(KeyCode.ESCAPE);
        assertThat(textOf("plan-curve-said")).isEqualTo(next);
        press(KeyCode.RIGHT);
        assertThat(textOf("plan-curve-said")).matches("10,\\d+ connections: .+");
        assertThat(onFx(() -> node("plan-curve").getAccessibleText()))
                .matches("Relays: now 10,000 connections; \\d+ relays from .+");
        press(KeyCode.V);
        await("another number varies", () -> model.varied().get() == DemandInput.PUBLISH_RATE);
        awaitText("publications/s on it takes");
    }

    @Test
    void thePlanIsCopiedAsTheCommandLineWritesIt() {
        open();
        awaitPlan(10_000);
        runOnFx(() -> node("plan-curve").requestFocus());
        for (PlanReport.Form form : PlanReport.Form.values()) {
            press(
                    switch (form) {
                        case TEXT -> KeyCode.X;
                        case JSON -> KeyCode.J;
                        case ANSIBLE -> KeyCode.A;
                    });
            String expected = carried().report().as(form);
            await(
                    "the plan as " + form,
                    () -> ((TextArea) node("plan-export-text")).getText().equals(expected));
            click("plan-export-copy");
            assertThat(onFx(() -> Clipboard.getSystemClipboard().getString())).isEqualTo(expected);
            click("plan-export-close");
            await("the form", () -> node("plan-form") != null);
        }
    }

    @Test
    void whatWasWrittenIsKeptWhenThePageIsLeft() {
        open();
        write("plan-price", "77");
        runOnFx(() -> model.hidden());
        assertThat(kept).hasSize(1);
        model.close();
        model = plans.model(Optional.of(kept.getFirst()), kept::add);
        open();
        assertThat(textOf("plan-price")).isEqualTo("77");
    }
}
