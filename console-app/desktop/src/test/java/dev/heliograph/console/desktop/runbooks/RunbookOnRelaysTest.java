package dev.heliograph.console.desktop.runbooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.alerts.Alert;
import dev.heliograph.console.alerts.HttpAlertmanager;
import dev.heliograph.console.desktop.shell.PageEntry;
import dev.heliograph.console.desktop.testing.ChosenFiles;
import dev.heliograph.console.desktop.testing.RealConsole;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.runbooks.RunbookTools;
import dev.heliograph.console.runbooks.RunbooksModel;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.runbook.run.StepState;
import dev.heliograph.runbook.run.TranscriptStore;
import dev.heliograph.testkit.AlertmanagerServer;
import dev.heliograph.testkit.JsonClient;
import dev.heliograph.testkit.RelayCluster;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kordamp.ikonli.feather.Feather;

/// The runbook of a flood from its alert to its timeline, with real relays, clients that misbehave, and a real
/// Alertmanager.
final class RunbookOnRelaysTest extends UiTest {

    private static final String NETWORK = "203.0.113.0/24";
    private static final int FLOOD = 60;
    private static final int OTHERS = 5;

    @TempDir
    private Path folder;

    private final ChosenFiles files = new ChosenFiles();

    private final List<JsonClient> flood = new ArrayList<>();
    private final List<JsonClient> others = new ArrayList<>();

    @AfterEach
    void closeClients() {
        flood.forEach(JsonClient::close);
        others.forEach(JsonClient::close);
    }

    private void connectClients(RelayCluster cluster) {
        for (int i = 0; i < FLOOD; i++) {
            flood.add(from(cluster, i % 2, "203.0.113." + (i + 1)));
        }
        for (int i = 0; i < OTHERS; i++) {
            others.add(from(cluster, i % 2, "198.51.100." + (i + 1)));
        }
    }

    private static JsonClient from(RelayCluster cluster, int relay, String address) {
        return JsonClient.to(cluster.relay(relay).port())
                .header("X-Forwarded-For", address)
                .connect();
    }

    private void fire(String id) {
        Button button = find(id, Button.class);
        await(id + " can be done", () -> !button.isDisabled());
        runOnFx(button::fire);
    }

    @Test
    void theFloodIsFoundBannedVerifiedAndLifted() throws Exception {
        try (RelayCluster cluster = RelayCluster.start(2);
                AlertmanagerServer alertmanager = AlertmanagerServer.start();
                HttpClient http = HttpClient.newHttpClient()) {
            connectClients(cluster);
            alertmanager.fire(
                    Map.of("alertname", "HeliographHandshakeFlood", "severity", "page", "network", NETWORK),
                    Map.of("runbook_url", "https://git.example/runbooks/connection-flood.md"));
            HttpAlertmanager alerts = new HttpAlertmanager(alertmanager.uri(), http, Clock.systemUTC());
            Path state = folder.resolve("state");
            RunbooksModel[] model = new RunbooksModel[1];
            try (RealConsole console = new RealConsole(cluster, (workspace, commander) -> {
                model[0] = new RunbooksModel(
                        workspace,
                        () -> Optional.of(FloodStub.RUNBOOKS),
                        RunbookTools.context(
                                workspace,
                                new TranscriptStore(state),
                                Optional.empty(),
                                Optional.of(() -> alerts.alerts().stream()
                                        .map(Alert::name)
                                        .toList()),
                                Optional.empty()));
                return List.of(new PageEntry(
                        "runbooks",
                        "Runbooks",
                        Feather.BOOK_OPEN,
                        () -> new RunbooksPage(model[0], commander, _ -> {}, files.texts())));
            })) {
                show(console::shell);
                runOnFx(console.shell()::shown);
                Alert alert = alerts.alerts().getFirst();
                RunbooksPage page = (RunbooksPage) console.shell().page("runbooks");
                runOnFx(() -> page.open(alert));
                awaitText("Filled in");

                for (String step : List.of("nodes", "find", "look")) {
                    fire("perform-" + step);
                    awaitStep(model[0], step, StepState.DONE);
                }
                awaitText(NETWORK);
                fire("perform-ban");
                awaitText("60 of 65 connections = 92.3 %");
                write("typed-name", RealConsole.CLUSTER);
                write("reason", "incident 7");
                click("do-confirm");
                awaitStep(model[0], "ban", StepState.DONE);
                for (JsonClient client : flood) {
                    assertThat(client.awaitClosed().code()).isEqualTo(3507);
                }
                assertThat(others).allMatch(JsonClient::isOpen);
                AuditRow banned = console.audit("ip_rule.put").getFirst();
                assertThat(banned.operator()).isEqualTo("ann");
                assertThat(banned.target()).contains(NETWORK);
                assertThat(banned.reason()).isEqualTo("incident 7");

                fire("perform-gone");
                awaitStep(model[0], "gone", StepState.DONE);
                fire("perform-lift");
                awaitStep(model[0], "lift", StepState.DONE);
                assertThat(console.audit("ip_rule.delete")).hasSize(1);
                try (JsonClient back = from(cluster, 0, "203.0.113.9")) {
                    assertThat(back.isOpen()).isTrue();
                }
                files.choose(folder.resolve("timeline.md"));
                fire("runbook-save");
                awaitText("Saved ");
            }
            assertThat(folder.resolve("timeline.md"))
                    .content()
                    .contains("- Cluster: test cluster")
                    .contains("- Alert: network = " + NETWORK)
                    .contains("| ann | Looked: Find the network | " + NETWORK + " 60 92.3 %")
                    .contains("| ann | Did: Ban the network for a while |")
                    .contains("| ann | Checks hold: Ban the network for a while |")
                    .contains("| ann | Did: Lift the ban |");
            assertThat(new TranscriptStore(state).list()).hasSize(1);
        }
    }

    @Test
    void aBanThatIsNotCalledForIsWarnedOfAndOneThatWasDoneIsTakenBack() {
        try (RelayCluster cluster = RelayCluster.start(1)) {
            for (int i = 1; i <= 3; i++) {
                flood.add(from(cluster, 0, "203.0.113." + i));
                others.add(from(cluster, 0, "198.51.100." + i));
            }
            others.addAll(List.of(from(cluster, 0, "192.0.2.1"), from(cluster, 0, "192.0.2.2")));
            RunbooksModel[] model = new RunbooksModel[1];
            try (RealConsole console = new RealConsole(cluster, (workspace, commander) -> {
                model[0] = new RunbooksModel(
                        workspace,
                        () -> Optional.of(FloodStub.RUNBOOKS),
                        RunbookTools.context(
                                workspace,
                                new TranscriptStore(folder.resolve("state")),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()));
                return List.of(new PageEntry(
                        "runbooks",
                        "Runbooks",
                        Feather.BOOK_OPEN,
                        () -> new RunbooksPage(model[0], commander, _ -> {}, files.texts())));
            })) {
                show(console::shell);
                runOnFx(console.shell()::shown);
                click("open-connection-flood");
                write("variable-network", NETWORK);
                press(KeyCode.ENTER);
                awaitText("No: 3");
                fire("perform-ban");
                awaitText("connections(ip in 203.0.113.0/24) > 50");
                find("do-confirm");
                press(KeyCode.ESCAPE);
                awaitNoText("3 of 8 connections");
                assertThat(flood).allMatch(JsonClient::isOpen);
                assertThat(console.audit("ip_rule.put")).isEmpty();

                write("variable-normal", "2");
                press(KeyCode.ENTER);
                awaitText("Yes: 3");
                fire("perform-ban");
                // The sheet gives the keyboard to the name.
                await(
                        "the keyboard is at the name",
                        () -> focused()
                                .filter(node -> "typed-name".equals(node.getId()))
                                .isPresent());
                write(RealConsole.CLUSTER);
                click("do-confirm");
                awaitStep(model[0], "ban", StepState.DONE);
                for (JsonClient client : flood) {
                    assertThat(client.awaitClosed().code()).isEqualTo(3507);
                }
                assertThat(others).allMatch(JsonClient::isOpen);

                fire("take-back-ban");
                awaitStep(model[0], "ban", StepState.UNDONE);
                awaitText("Taken back");
                assertThat(console.audit("ip_rule.delete")).hasSize(1);
                try (JsonClient back = from(cluster, 0, "203.0.113.9")) {
                    assertThat(back.isOpen()).isTrue();
                }
            }
        }
    }

    private void awaitStep(RunbooksModel model, String step, StepState expected) {
        try {
            Awaitility.await(step + " " + expected)
                    .atMost(PATIENCE)
                    .until(() -> model.state().get().run().orElseThrow().step(step) == expected);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    step + " is " + model.state().get().run().orElseThrow().step(step) + " instead of " + expected
                            + "; shown is " + texts(),
                    e);
        }
    }
}
