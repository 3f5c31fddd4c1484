package dev.heliograph.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.loadtest.scenario.Reports;
import dev.heliograph.loadtest.scenario.Result;
import dev.heliograph.loadtest.scenario.Scenario;
import dev.heliograph.loadtest.scenario.ScenarioRun;
import dev.heliograph.loadtest.scenario.Settings;
import dev.heliograph.testkit.RelayCluster;
import dev.heliograph.testkit.RelayProgram;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each scenario once, small, against a cluster.
class ScenarioTest {

    private static final int CLIENTS = 40;

    private static RelayCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RelayCluster.start(2);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static List<URI> urls() {
        return cluster.relays().stream()
                .map(relay -> URI.create("ws://127.0.0.1:" + relay.port() + "/connection/websocket"))
                .toList();
    }

    private static Result run(Scenario scenario, String prefix, double rate) throws InterruptedException {
        Settings settings = new Settings(
                scenario, urls(), prefix, CLIENTS, 4, 2, 128, rate, 2, 2, 200, 10, 0.25, Duration.ofSeconds(1));
        return new ScenarioRun(settings, _ -> "", _ -> {}).run();
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void everyScenarioHasAnExactAccount(Scenario scenario, @TempDir Path folder) throws Exception {
        Result result = run(scenario, "chat:", 100);
        Reports.write(result, "test", folder);

        assertThat(result.exact()).as("%s", result.account()).isTrue();
        assertThat(result.published()).isEqualTo(100);
        assertThat(result.account().delivered()).isPositive();
        assertThat(result.latency().getTotalCount()).isEqualTo(result.account().delivered());
        assertThat(result.series()).isNotEmpty();
        assertThat(result.line()).startsWith("RESULT load-" + scenario.label() + ": clients=40 ");
        JsonNode json = new JsonMapper().readTree(folder.resolve("result.json").toFile());
        assertThat(json.path("account").path("lost").asInt(-1)).isZero();
        assertThat(json.path("series")).hasSameSizeAs(result.series());
        assertThat(Files.readString(folder.resolve("report.html"))).contains("once and in order", "<svg ");
        switch (scenario) {
            case FAN_OUT, SMALL_CHANNELS, CHAT_ROOMS, CONNECT_STORM ->
                // Each of the four channels has half of the clients.
                assertThat(result.account().delivered()).isEqualTo(100 * CLIENTS / 2);
            case RECONNECT_STORM -> {
                assertThat(result.account().returned()).isEqualTo(CLIENTS);
                assertThat(result.account().delivered()).isEqualTo(100 * CLIENTS / 2);
            }
            case PRESENCE -> assertThat(result.account().notices()).isPositive();
            case SLOW_CONSUMERS -> {
                assertThat(result.slow().lost()).isZero();
                assertThat(result.slow().delivered()).isEqualTo(100 * CLIENTS / 8);
            }
            case SOAK -> assertThat(result.entries().getTotalCount()).isGreaterThan(CLIENTS);
            case RAMP -> assertThat(result.entries().getTotalCount()).isEqualTo(CLIENTS);
        }
    }

    @Test
    void withoutARateItPublishesAsFastAsItIsDelivered() throws Exception {
        Result result = run(Scenario.FAN_OUT, "chat:", 0);

        assertThat(result.exact()).isTrue();
        assertThat(result.account().delivered()).isEqualTo(result.published() * CLIENTS / 2);
    }

    @Test
    void whatIsLostFailsTheProgram(@TempDir Path folder) throws Exception {
        // Without a history nobody gets what was published while it was away.
        Process program = RelayProgram.builder(
                        "load",
                        "run",
                        "reconnect-storm",
                        "--url",
                        urls().getFirst().toString(),
                        "--channel-prefix",
                        "ticks:",
                        "--clients",
                        "50",
                        "--rate",
                        "5000",
                        "--seconds",
                        "1",
                        "--report",
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(program.getInputStream().readAllBytes());

        assertThat(program.waitFor()).isEqualTo(1);
        assertThat(out).startsWith("RESULT load-reconnect-storm: clients=50 ").doesNotContain(" lost=0 ");
        assertThat(folder.resolve("report.html")).content().contains("The account is not exact.");
    }
}
