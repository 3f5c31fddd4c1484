package dev.heliograph.console.desktop.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.alerts.Alert;
import dev.heliograph.console.alerts.Alertmanager;
import dev.heliograph.console.alerts.AlertsModel;
import dev.heliograph.console.alerts.HttpAlertmanager;
import dev.heliograph.console.alerts.Matcher;
import dev.heliograph.console.alerts.Silence;
import dev.heliograph.console.alerts.SilenceWish;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.desktop.testing.FakeCommander;
import dev.heliograph.console.desktop.testing.Fakes;
import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.StubApi;
import dev.heliograph.console.desktop.testing.Toolkit;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.value.Value;
import dev.heliograph.testkit.AlertmanagerServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.Parent;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;

/// The page of alerts; what operates it does so with a real Alertmanager.
final class AlertsPageTest extends UiTest {

    private static final Map<String, String> FLOOD = Map.of(
            "alertname", "HeliographHandshakeFlood", "severity", "page", "network", "203.0.113.0/24", "job", "relay");

    private final FakeCommander commander = new FakeCommander();
    private final List<Alert> runbooks = new CopyOnWriteArrayList<>();

    private AlertsPage page(AlertsModel model, Clock clock) {
        return new AlertsPage(model, commander, clock, runbooks::add);
    }

    private AlertsModel real(Value<Optional<URI>> address) {
        HttpClient http = closeLater(HttpClient.newHttpClient());
        return new AlertsModel(
                Fakes.workspace(new StubApi().api(), Clock.systemUTC()),
                address,
                uri -> new HttpAlertmanager(uri, http, Clock.systemUTC()));
    }

    private AlertsPage shown(AlertsModel model) {
        AlertsPage page = closeLater(onFx(() -> page(model, Clock.systemUTC())));
        show(page::view);
        runOnFx(page::shown);
        return page;
    }

    @Test
    void anAlertmanagerIsConnectedAndForgotten() {
        try (AlertmanagerServer server = AlertmanagerServer.start()) {
            Value<Optional<URI>> address = new Value<>(Optional.empty());
            shown(real(address));
            write("alertmanager-address", "127.0.0.1:1");
            click("alertmanager-connect");
            awaitText("The Alertmanager at 127.0.0.1:1 does not answer.");
            write("alertmanager-address", server.uri().toString());
            press(KeyCode.ENTER);
            awaitText("Nothing fires");
            assertThat(address.get()).contains(server.uri());
            click("alertmanager-disconnect");
            awaitText("Connect an Alertmanager");
        }
    }

    @Test
    void anAlertIsAcknowledgedSilencedAndLeadsToItsRunbook() {
        try (AlertmanagerServer server = AlertmanagerServer.start()) {
            server.fire(FLOOD, Map.of("summary", "203.0.113.0/24 floods us"));
            AlertsModel model = real(new Value<>(Optional.of(server.uri())));
            shown(model);
            clickText("HeliographHandshakeFlood");
            click("alert-runbook");
            assertThat(runbooks).extracting(Alert::name).containsExactly("HeliographHandshakeFlood");

            click("alert-acknowledge");
            write("alert-comment", "looking at it");
            press(KeyCode.ENTER);
            Proposal proposal = commander.awaitProposal(1);
            assertThat(proposal.risk()).isEqualTo(Risk.UNDOABLE);
            Outcome done = proposal.work().perform("");
            awaitText("Acknowledged");
            awaitText("0 in nobody's hands");
            assertThat(model.state().get().picture().data().orElseThrow().silences())
                    .extracting(Silence::comment)
                    .containsExactly("ACK! looking at it");
            done.undo().orElseThrow().work().perform("");
            awaitText("1 in nobody's hands");

            click("new-silence");
            write("silence-matchers", "network");
            write("alert-comment", "known");
            click("alert-form-do");
            awaitText("is no matcher");
            write("silence-matchers", "network=203.0.113.0/24");
            click("alert-form-do");
            Proposal silence = commander.awaitProposal(2);
            assertThat(silence.blast().orElseThrow().sentence()).isEqualTo("1 of 1 firing alerts = 100.0 %");
            silence.work().perform("");
            awaitText("Silenced");
        }
    }

    @Test
    void whenTheAlertmanagerGoesWhatWasThereStays() {
        AlertsModel model;
        try (AlertmanagerServer server = AlertmanagerServer.start()) {
            server.fire(FLOOD, Map.of());
            model = real(new Value<>(Optional.of(server.uri())));
            shown(model);
            findText("HeliographHandshakeFlood");
        }
        model.refresh();
        awaitText("does not answer");
        assertThat(isTextShown("HeliographHandshakeFlood")).isTrue();
    }

    /// As an Alertmanager at a time that is always the same.
    private AlertsModel still(boolean broken) {
        Instant now = Toolkit.CLOCK.instant();
        Alertmanager still = new Alertmanager() {
            @Override
            public String version() {
                return "0.27.0";
            }

            @Override
            public List<Alert> alerts() {
                if (broken) {
                    throw new AdminException(
                            AdminException.Kind.UNREACHABLE, "The Alertmanager at alertmanager:9093 does not answer.");
                }
                return List.of(
                        alert(
                                "HeliographHandshakeFlood",
                                "page",
                                "network",
                                "203.0.113.0/24",
                                4,
                                List.of(),
                                "203.0.113.0/24 opens 214 connections a second"),
                        alert(
                                "HeliographClockSkew",
                                "ticket",
                                "node",
                                "relay-1",
                                95,
                                List.of("s1"),
                                "The clock is 80 ms off"),
                        alert(
                                "HeliographClockSkew",
                                "ticket",
                                "node",
                                "relay-3",
                                90,
                                List.of("s1"),
                                "The clock is 62 ms off"),
                        alert(
                                "HeliographNodeDown",
                                "page",
                                "node",
                                "relay-9",
                                300,
                                List.of("s2"),
                                "relay-9 does not answer"));
            }

            private Alert alert(
                    String name,
                    String severity,
                    String label,
                    String value,
                    int minutes,
                    List<String> by,
                    String summary) {
                return new Alert(
                        name + value,
                        Map.of("alertname", name, "severity", severity, label, value, "job", "heliograph"),
                        Map.of("summary", summary),
                        now.minus(Duration.ofMinutes(minutes)),
                        by,
                        List.of(),
                        "");
            }

            @Override
            public List<Silence> silences() {
                return List.of(
                        new Silence(
                                "s1",
                                List.of(Matcher.exactly("alertname", "HeliographClockSkew")),
                                now,
                                now.plus(Duration.ofMinutes(11)),
                                "bea",
                                "ACK! chrony is being restarted",
                                false),
                        new Silence(
                                "s2",
                                List.of(new Matcher("node", "relay-9", false, true)),
                                now,
                                now.plus(Duration.ofHours(5)),
                                "ann",
                                "taken out of service",
                                false));
            }

            @Override
            public String silence(SilenceWish wish) {
                return "new";
            }

            @Override
            public void expire(String silence) {}
        };
        AlertsModel model = new AlertsModel(
                Fakes.workspace(new StubApi().api(), Toolkit.CLOCK),
                new Value<>(Optional.of(URI.create("http://alertmanager:9093"))),
                _ -> still);
        model.refresh();
        return model;
    }

    private Parent withSelection(AlertsModel model, String id) {
        AlertsPage page = page(model, Toolkit.CLOCK);
        page.select(id);
        return page.view();
    }

    @Test
    void looksAsAccepted() {
        AlertsModel model = still(false);
        GoldenPicture.check("alerts", () -> withSelection(model, "HeliographHandshakeFlood|page|FIRING|"));
        GoldenPicture.check(
                "alerts-acknowledged", () -> withSelection(model, "HeliographClockSkew|ticket|ACKNOWLEDGED|s1"));
    }

    @Test
    void withoutAnAlertmanagerAndWithOneThatIsSilentItLooksAsAccepted() {
        AlertsModel broken = still(true);
        GoldenPicture.check("alerts-failed", () -> page(broken, Toolkit.CLOCK).view());
        AlertsModel none = new AlertsModel(
                Fakes.workspace(new StubApi().api(), Toolkit.CLOCK), new Value<>(Optional.empty()), _ -> {
                    throw new IllegalStateException();
                });
        GoldenPicture.check("alerts-connect", () -> page(none, Toolkit.CLOCK).view());
    }
}
