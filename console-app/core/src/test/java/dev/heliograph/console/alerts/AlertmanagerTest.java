package dev.heliograph.console.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.alerts.AlertGroup.Standing;
import dev.heliograph.console.alerts.AlertsState.Picture;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.AdminException.Kind;
import dev.heliograph.console.testing.TestBackground;
import dev.heliograph.console.testing.TestWorkspace;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.testkit.AlertmanagerServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// With a real Alertmanager.
final class AlertmanagerTest {

    private static final Map<String, String> FLOOD =
            Map.of("alertname", "HeliographHandshakeFlood", "severity", "page", "network", "203.0.113.0/24");

    private static AlertmanagerServer server;

    private final HttpClient http = HttpClient.newHttpClient();
    private final TestBackground background = new TestBackground();
    private final Value<Optional<URI>> address = new Value<>(Optional.empty());
    private final AlertsModel model = model();

    @BeforeAll
    static void start() {
        server = AlertmanagerServer.start();
    }

    @AfterAll
    static void end() {
        server.close();
    }

    @BeforeEach
    void connect() {
        address.set(Optional.of(server.uri()));
    }

    @AfterEach
    void forget() {
        model.close();
        http.close();
        Alertmanager alertmanager = new HttpAlertmanager(server.uri(), HttpClient.newHttpClient(), Clock.systemUTC());
        alertmanager.silences().forEach(silence -> alertmanager.expire(silence.id()));
        alertmanager.alerts().forEach(alert -> server.resolve(alert.labels()));
        await().until(() -> alertmanager.alerts().isEmpty());
    }

    private AlertsModel model() {
        Workspace test = new TestWorkspace().workspace();
        Workspace workspace = new Workspace(
                test.cluster(),
                test.api(),
                test.live(),
                test.link(),
                test.gate(),
                test.journal(),
                background,
                Clock.systemUTC());
        return new AlertsModel(workspace, address, uri -> new HttpAlertmanager(uri, http, Clock.systemUTC()));
    }

    private Picture picture() {
        model.refresh();
        return model.state().get().picture().data().orElseThrow();
    }

    private List<AlertGroup> awaitGroups(int size) {
        await().until(() -> picture().groups().size() == size);
        return picture().groups();
    }

    @Test
    void alertsOfOneNameAndSeverityAreOneGroupAndTheWorstComesFirst() {
        server.fire(
                Map.of("alertname", "NodeDown", "severity", "ticket", "node", "relay-1"), Map.of("summary", "down"));
        server.fire(Map.of("alertname", "NodeDown", "severity", "ticket", "node", "relay-2"), Map.of());
        server.fire(
                FLOOD, Map.of("summary", "A flood", "runbook_url", "https://x.example/runbooks/connection-flood.md"));
        server.fire(
                FLOOD, Map.of("summary", "A flood", "runbook_url", "https://x.example/runbooks/connection-flood.md"));
        await().until(() -> picture().groups().stream()
                        .mapToInt(each -> each.alerts().size())
                        .sum()
                == 3);
        List<AlertGroup> groups = awaitGroups(2);
        assertThat(groups).extracting(AlertGroup::severity).containsExactly("page", "ticket");
        assertThat(groups.getFirst().summary()).isEqualTo("A flood");
        assertThat(groups.getFirst().alerts().getFirst().runbook())
                .contains("https://x.example/runbooks/connection-flood.md");
        assertThat(groups.getLast().alerts()).hasSize(2);
        assertThat(groups.getLast().commonLabels()).containsOnlyKeys("alertname", "severity");
        assertThat(model.firing("NodeDown")).isEqualTo(2);
        assertThat(picture().unattended()).isEqualTo(2);
    }

    @Test
    void anAcknowledgementIsAShortSilenceWithAMarkAndIsTakenBack() {
        server.fire(FLOOD, Map.of());
        AlertGroup group = awaitGroups(1).getFirst();
        Proposal proposal = model.acknowledge(group, "looking", AlertsModel.ACKNOWLEDGED_FOR);
        assertThat(proposal.risk()).isEqualTo(Risk.UNDOABLE);
        Outcome outcome = proposal.work().perform("");
        await().until(() -> picture().groups().getFirst().standing() == Standing.ACKNOWLEDGED);
        Silence silence = picture().silences().getFirst();
        assertThat(silence.acknowledges()).isTrue();
        assertThat(silence.comment()).isEqualTo("ACK! looking");
        assertThat(silence.said()).isEqualTo("looking");
        assertThat(silence.author()).isEqualTo("ann");
        assertThat(silence.matchers()).hasSize(3).allMatch(matcher -> !matcher.regex());
        assertThat(silence.covers(FLOOD)).isTrue();
        assertThat(picture().unattended()).isZero();

        outcome.undo().orElseThrow().work().perform("");
        await().until(() -> picture().groups().getFirst().standing() == Standing.FIRING);
        assertThat(picture().silences()).isEmpty();
    }

    @Test
    void aSilenceHasAnEndMatchersACommentAndABlast() {
        server.fire(FLOOD, Map.of());
        server.fire(Map.of("alertname", "NodeDown", "node", "relay-1"), Map.of());
        awaitGroups(2);
        Instant ends = Instant.now().plus(Duration.ofHours(2));
        Proposal proposal = model.silence("alertname=~\"Node.*\", node!=\"relay-2\"", ends, "kernel update");
        assertThat(proposal.risk()).isEqualTo(Risk.CONFIRM);
        assertThat(proposal.blast().orElseThrow().sentence()).isEqualTo("1 of 2 firing alerts = 50.0 %");
        proposal.work().perform("");
        await().until(() -> picture().groups().stream().anyMatch(each -> each.standing() == Standing.SILENCED));
        Silence silence = picture().silences().getFirst();
        assertThat(silence.ends()).isCloseTo(ends, org.assertj.core.api.Assertions.within(Duration.ofSeconds(1)));
        assertThat(silence.matchers())
                .extracting(Matcher::text)
                .containsExactlyInAnyOrder("alertname=~\"Node.*\"", "node!=\"relay-2\"");

        Outcome expired = model.expire(silence).work().perform("");
        await().until(() -> picture().silences().isEmpty());
        expired.undo().orElseThrow().work().perform("");
        await().until(() -> picture().silences().size() == 1);
    }

    @Test
    void aSilenceOfEverythingOrOfNothingOrForLongIsWarnedOf() {
        server.fire(FLOOD, Map.of());
        server.fire(Map.of("alertname", "NodeDown"), Map.of());
        awaitGroups(2);
        Instant soon = Instant.now().plus(Duration.ofHours(1));
        assertThat(model.silence("alertname=~.+", soon, "x").warnings()).hasSize(1);
        assertThat(model.silence("alertname=Nothing", soon, "x").warnings()).hasSize(1);
        assertThat(model.silence("alertname=NodeDown", soon.plus(Duration.ofDays(2)), "x")
                        .warnings())
                .hasSize(1);
        assertThatThrownBy(() -> model.silence("alertname=NodeDown", Instant.EPOCH, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model.silence("alertname=NodeDown", soon, " "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> model.silence("NodeDown", soon, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no matcher");
    }

    @Test
    void anAddressIsTriedBeforeItIsTaken() throws Exception {
        address.set(Optional.empty());
        assertThat(model.state().get().picture().data()).isEmpty();
        String authority = server.uri().getAuthority();
        assertThat(model.connect(" " + authority + "/ ").get()).startsWith("0.");
        assertThat(address.get()).isPresent();
        assertThat(model.state().get().picture().data()).isPresent();

        assertThat(model.connect("127.0.0.1:1").handle((_, failure) -> failure).get())
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNREACHABLE));
        assertThat(model.connect("no address").handle((_, failure) -> failure).get())
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(address.get()).isPresent();
    }

    @Test
    void whatWasThereStaysWhenTheAlertmanagerIsGone() {
        try (AlertmanagerServer other = AlertmanagerServer.start()) {
            other.fire(FLOOD, Map.of());
            address.set(Optional.of(other.uri()));
            awaitGroups(1);
        }
        model.refresh();
        assertThat(model.state().get().picture().problem()).isPresent();
        assertThat(model.state().get().picture().data().orElseThrow().groups()).hasSize(1);
        assertThatThrownBy(() -> model.silence("alertname=x", Instant.MAX, "x")).isInstanceOf(AdminException.class);
    }
}
