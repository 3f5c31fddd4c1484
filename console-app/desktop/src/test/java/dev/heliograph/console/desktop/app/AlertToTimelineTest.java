package dev.heliograph.console.desktop.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.cluster.Tokens;
import dev.heliograph.console.desktop.testing.ChosenFiles;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.drill.Drill;
import dev.heliograph.drill.DrillCluster;
import dev.heliograph.drill.DrillFile;
import dev.heliograph.drill.Faults;
import dev.heliograph.runbook.cluster.AlertmanagerAlerts;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real fault, from its alert to the report: a network floods a cluster, its Prometheus sees that, its
/// Alertmanager tells
/// the console, whose operator opens the runbook, bans the network, sees the alert end, and saves the timeline.
class AlertToTimelineTest extends UiTest {

    private static final Path ROOT = Path.of("../..");
    private static final String ALERT = "HeliographHandshakeFlood";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    private void awaitLong(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(PATIENCE).until(condition);
    }

    private void perform(String step) {
        Button button = find("perform-" + step, Button.class);
        await(step + " can be done", () -> !button.isDisabled());
        runOnFx(button::fire);
    }

    @Test
    void anAlertOpensItsRunbookWhichEndsItAndTellsTheStory() throws Exception {
        Drill drill = DrillFile.parse(
                "handshake-flood.yaml", Files.readString(ROOT.resolve("runbooks/drills/handshake-flood.yaml")));
        try (DrillCluster cluster = new DrillCluster(drill, folder.resolve("cluster"), ROOT.resolve("grafana"));
                Faults fault = new Faults(cluster, drill.fault());
                HttpClient http = HttpClient.newHttpClient()) {
            Path timeline = folder.resolve("timeline.md");
            Wiring wiring = onFx(() -> Consoles.wiring(
                    stage(), folder.resolve("console"), Tokens.inMemory(), new ChosenFiles().choose(timeline)));
            closeLater(() -> runOnFx(wiring::close));
            runOnFx(() -> wiring.open(Wiring.Target.of(new Arguments(
                    cluster.admins(),
                    Optional.of(DrillCluster.OPERATOR),
                    Optional.of("drill"),
                    "staging",
                    Optional.empty(),
                    Optional.of(cluster.prometheus()),
                    "",
                    Optional.of(cluster.alertmanager()),
                    Optional.empty()))));
            runOnFx(() -> wiring.window().show());
            await("live", () -> isTextShown("(operator)"));
            press(KeyCode.CONTROL, KeyCode.E);
            click("do-arm");
            awaitText("Armed");

            fault.inject();
            press(KeyCode.CONTROL, KeyCode.DIGIT7);
            awaitLong(ALERT + " in the console", () -> isTextShown(ALERT));
            clickText(ALERT);
            click("alert-runbook");
            awaitText("A network floods us with connections");
            write("variable-network", "203.0.113.0/24");
            press(KeyCode.ENTER);

            perform("find");
            awaitText("203.0.113.0/24");
            perform("ban");
            find("do-confirm");
            write("typed-name", "drill");
            click("do-confirm");
            AlertmanagerAlerts alerts = new AlertmanagerAlerts(cluster.alertmanager(), http);
            awaitLong("the end of the alert", () -> !alerts.names().contains(ALERT));
            perform("gone");
            click("runbook-save");
            awaitText("Saved ");
            assertThat(timeline)
                    .content()
                    .contains("- Alert: alertname = " + ALERT)
                    .contains("| drill | Did: Ban the network for a while |")
                    .contains("Checks hold: Ban the network for a while");
        }
    }
}
