package dev.heliograph.console.desktop.app;

import static dev.heliograph.console.text.Messages.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.cluster.Tokens;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.desktop.ui.chart.TimeChart;
import dev.heliograph.testkit.AlertmanagerServer;
import dev.heliograph.testkit.FreePort;
import dev.heliograph.testkit.JsonClient;
import dev.heliograph.testkit.PrometheusServer;
import dev.heliograph.testkit.PrometheusServer.Target;
import dev.heliograph.testkit.RelayCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The charts of the whole application against real relays, a Prometheus that scrapes them, and an Alertmanager.
class OverviewOfRelaysTest extends UiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static RelayCluster cluster;
    private static PrometheusServer prometheus;
    private static AlertmanagerServer alertmanager;

    @TempDir
    private Path directory;

    private Wiring wiring;

    @BeforeAll
    static void start() {
        List<Integer> ports = new ArrayList<>();
        cluster = RelayCluster.start(2, yaml -> {
            ports.add(FreePort.find());
            return yaml + "metrics: {enabled: true, port: " + ports.getLast() + "}\n";
        });
        // The same relay once more, as if it were one of another cluster: what is not told apart is counted twice.
        prometheus = PrometheusServer.start(List.of(
                new Target(ports.get(0), Map.of("cluster", "mine", "node", "relay-1")),
                new Target(ports.get(1), Map.of("cluster", "mine", "node", "relay-2")),
                new Target(ports.get(0), Map.of("cluster", "other", "node", "stranger"))));
        alertmanager = AlertmanagerServer.start();
    }

    @AfterAll
    static void stop() {
        alertmanager.close();
        prometheus.close();
        cluster.close();
    }

    @BeforeEach
    void open() {
        wiring = onFx(() -> Consoles.wiring(stage(), directory, Tokens.inMemory()));
        closeLater(() -> runOnFx(wiring::close));
        runOnFx(() -> wiring.open(Wiring.Target.of(new Arguments(
                cluster.adminUris(),
                Optional.of(RelayCluster.OPERATOR),
                Optional.of("demo"),
                "staging",
                Optional.empty(),
                Optional.of(prometheus.uri()),
                "cluster=\"mine\"",
                Optional.of(alertmanager.uri()),
                Optional.empty()))));
        runOnFx(() -> wiring.window().show());
        await("live", () -> isTextShown("(operator)"));
    }

    /// What a chart says to those who cannot see it: its newest values and its flags.
    private String told(String chart) {
        TimeChart shown = find("chart-" + chart, TimeChart.class);
        return onFx(shown::getAccessibleText);
    }

    private void awaitTold(String chart, String words) {
        Awaitility.await(chart + " telling " + words)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(told(chart)).contains(words));
    }

    @Test
    void figuresOfLongAgoComeFromPrometheusAndAreOfThisClusterOnly() {
        try (JsonClient alice = cluster.connect(0, "alice");
                JsonClient bob = cluster.connect(0, "bob");
                JsonClient _ = cluster.connect(1, "carol")) {
            alice.subscribe("chat:lobby");
            bob.publish("chat:lobby", "{\"text\":\"hello\"}");
            clickText("1 h");
            awaitText("from Prometheus");
            assertThat(isTextShown("worst node")).isFalse();
            awaitTold("connections", "Connections: connections 3");
            press(KeyCode.N);
            awaitTold("connections", "relay-1 2, relay-2 1");
            for (String chart : List.of("deliveries", "publications", "errors", "rejects", "traffic", "cpu")) {
                awaitTold(chart, "relay-2");
            }
            assertThat(told("connections")).doesNotContain("stranger");
            awaitTold("latency", "relay-1");
        }
    }

    @Test
    void aBanThatIsMadeInTheConsoleAndAnAlertAreFlagsOnTheCharts() {
        press(KeyCode.CONTROL, KeyCode.E);
        click("do-arm");
        awaitText("Armed");
        press(KeyCode.CONTROL, KeyCode.DIGIT5);
        await("bans", () -> wiring.window().shell().orElseThrow().current().equals("bans"));
        press(KeyCode.CONTROL, KeyCode.K);
        write("palette-field", text("bans.new"));
        press(KeyCode.ENTER);
        write("ban-whom", "198.51.100.7");
        click("ban-review");
        find("do-confirm");
        write("reason", "handshake flood");
        press(KeyCode.ENTER);
        find("undo");
        Map<String, String> labels = Map.of("alertname", "HandshakeFlood", "severity", "page");
        alertmanager.fire(labels, Map.of("summary", "Too many handshakes"));

        press(KeyCode.CONTROL, KeyCode.DIGIT1);
        awaitTold("connections", "ann: ip_rule.put 198.51.100.7");
        awaitTold("rejects", "HandshakeFlood fires");
        alertmanager.resolve(labels);
        awaitTold("cpu", "HandshakeFlood is over");
    }
}
