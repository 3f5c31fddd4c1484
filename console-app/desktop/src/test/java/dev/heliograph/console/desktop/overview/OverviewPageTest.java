package dev.heliograph.console.desktop.overview;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.api.Change;
import dev.heliograph.console.desktop.testing.LiveCluster;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.desktop.ui.chart.TimeChart;
import dev.heliograph.console.overview.Chart;
import dev.heliograph.console.overview.Figure;
import dev.heliograph.console.overview.Mark;
import dev.heliograph.console.overview.OverviewModel;
import dev.heliograph.console.overview.Range;
import dev.heliograph.console.wire.UserBanWish;
import dev.heliograph.testkit.JsonClient;
import dev.heliograph.testkit.RelayProcess;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OverviewPageTest extends UiTest {

    private static LiveCluster cluster;

    private final List<String> opened = new CopyOnWriteArrayList<>();
    private OverviewModel model;

    @BeforeAll
    static void start() {
        cluster = new LiveCluster(2);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void open() {
        model = closeLater(new OverviewModel(cluster.workspace()));
        show(() -> LiveCluster.around(
                cluster.workspace(),
                (workspace, _) -> closeLater(new OverviewPage(model, opened::add, workspace.clock()))));
        awaitText("relay-2");
    }

    private String now(String figure) {
        Label label = find("now-" + figure, Label.class);
        return onFx(label::getText);
    }

    @Test
    void connectionsAndDeliveriesOfBothNodesAreShown() {
        try (JsonClient alice = cluster.relays().connect(0, "alice");
                JsonClient bob = cluster.relays().connect(1, "bob")) {
            alice.subscribe("chat:lobby");
            bob.subscribe("chat:lobby");
            await(
                    "two connections",
                    () -> model.state().get().nodes().stream()
                                    .mapToInt(tile -> tile.row().clients())
                                    .sum()
                            == 2);
            awaitText("1 connection");
            await("rates are known", () -> model.state().get().cluster().containsKey(Figure.DELIVERIES));
            bob.publish("chat:lobby", "{\"text\":\"hello\"}");
            await(
                    "deliveries",
                    () -> model.charts().get().lines().getOrDefault(Chart.DELIVERIES, List.of()).stream()
                            .anyMatch(line -> line.points().max().orElse(0.0) > 0));
        }
        assertThat(now("connections")).isNotEqualTo("–");
    }

    @Test
    void theRangeAndTheLinesAreChosenWithMouseAndKeys() {
        clickText("1 h");
        await("an hour", () -> model.charts().get().range() == Range.H1);
        awaitText("known since");
        press(KeyCode.DIGIT2);
        await("a minute", () -> model.charts().get().range() == Range.M1);
        press(KeyCode.N);
        await(
                "by node",
                () -> model.charts().get().byNode()
                        && model.charts()
                                        .get()
                                        .lines()
                                        .getOrDefault(Chart.CPU, List.of())
                                        .size()
                                == 2);
        awaitText("Delay of deliveries, p99");
    }

    @Test
    void aClickOnANodeLeadsToItsConnections() {
        clickText("relay-1");

        assertThat(opened).containsExactly("relay-1");
    }

    @Test
    void whatAnOperatorDoesIsMarkedOnTheCharts() {
        cluster.workspace().api().putUserBan(new UserBanWish("mallory", null), Change.because("ticket 9"));

        await(
                "marked",
                () -> model.charts().get().marks().stream()
                        .anyMatch(mark -> mark.kind() == Mark.Kind.ACTION
                                && mark.title().equals("ann: user_ban.put mallory")
                                && mark.detail().contains("ticket 9")));
        TimeChart chart = find("chart-connections", TimeChart.class);
        await("told", () -> accessible(chart).contains("user_ban.put mallory"));
    }

    private static String accessible(TimeChart chart) {
        StringBuilder all = new StringBuilder(String.valueOf(chart.getAccessibleText()));
        chart.lookupAll("*").forEach(node -> all.append(' ').append(node.getAccessibleText()));
        return all.toString();
    }

    @Test
    void aNodeThatIsKilledIsGoneAndComesBack() {
        RelayProcess second = cluster.relays().relay(1);
        second.kill();
        awaitText("gone");
        assertThat(isTextShown("had ")).isTrue();

        second.restart();
        cluster.relays().awaitNodes(0, 2);
        awaitNoText("had ");
        await(
                "marked",
                () -> model.marks().list().get().stream()
                        .anyMatch(mark -> mark.title().equals("relay-2 is gone")));
    }
}
