package dev.heliograph.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.testkit.AlertmanagerServer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every alert goes to whom it concerns, and those that say nothing new are muted.
class AlertmanagerTest {

    private static final Path FOLDER = Path.of("alertmanager");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static AlertmanagerServer server;

    @BeforeAll
    static void start() throws IOException {
        server = AlertmanagerServer.start(Files.readString(FOLDER.resolve("alertmanager.yml")));
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void amtoolAcceptsTheConfiguration() throws Exception {
        Program check = Program.run(FOLDER, List.of("amtool", "check-config", "alertmanager.yml"));
        assertThat(check.exitCode()).as(check.output()).isZero();
    }

    @Test
    void secretsAreInFiles() throws IOException {
        assertThat(Files.readAllLines(FOLDER.resolve("alertmanager.yml")))
                .filteredOn(line -> line.matches("(?i).*(credentials|password|secret|token)\\w*:.*"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).contains("_file: "));
    }

    static List<Rules.Case> firing() {
        return Rules.cases().stream().filter(Rules.Case::fires).toList();
    }

    @ParameterizedTest
    @MethodSource("firing")
    void anAlertGoesToTheReceiverOfItsSeverity(Rules.Case firing) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("amtool", "config", "routes", "test", "--config.file=alertmanager.yml", "cluster=heliograph"));
        Map<String, String> labels = new TreeMap<>(firing.labels());
        labels.put("alertname", firing.alert());
        labels.forEach((name, value) -> command.add(name + "=" + value));
        Program route = Program.run(FOLDER, command);
        String receiver =
                firing.alert().equals("HeliographWatchdog") ? "dead-man" : labels.getOrDefault("severity", "");
        assertThat(route.exitCode()).as(route.output()).isZero();
        // Before the answer there may be a warning about a configuration file of this machine.
        assertThat(route.output().lines().toList().getLast()).isEqualTo(receiver);
    }

    /// Labels of the cases that fire stand for those of alerts; `cluster` tells the runs of this test apart.
    @ParameterizedTest
    @CsvSource({
        "HeliographRedisDown,        HeliographPublishErrorsFastBurn",
        "HeliographRedisDown,        HeliographDeliveryLatency",
        "HeliographBrokerUnavailable, HeliographDeliveryErrorsFastBurn",
        "HeliographNodeDown,         HeliographRelayDown",
        "HeliographRelayFrozen,      HeliographRelayDown",
        "HeliographDeployRunning,    HeliographMixedColours",
        "HeliographCertificateExpiresSoon, HeliographCertificateExpiring",
        "HeliographPublishErrorsFastBurn, HeliographPublishErrorsSlowBurn",
    })
    void anAlertMutesAnother(String source, String target) throws Exception {
        String cluster = source + "-mutes-" + target;
        Map<String, String> other = fire(target, "another-" + cluster);
        Map<String, String> muted = fire(target, cluster);
        Map<String, String> muting = fire(source, cluster);
        await().atMost(Duration.ofSeconds(20)).until(() -> status(muted).equals("suppressed"));
        assertThat(status(muting)).isEqualTo("active");
        assertThat(status(other)).as("the same alert of another cluster").isEqualTo("active");
    }

    @ParameterizedTest
    @CsvSource({
        "HeliographDeployRunning,    HeliographPublishErrorsFastBurn",
        "HeliographDeployRunning,    HeliographDeployLockHeld",
        "HeliographNodeDown,         HeliographRedisDown",
        "HeliographNodeDown,         HeliographNodeDown",
        "HeliographRedisDown,        HeliographRelayDown",
        "HeliographRedisDown,        HeliographHandshakeErrorsFastBurn",
        "HeliographPublishErrorsFastBurn, HeliographHandshakeErrorsSlowBurn",
    })
    void anAlertLeavesAnotherAlone(String source, String target) throws Exception {
        String cluster = source + "-leaves-" + target;
        Map<String, String> muting = fire(source, cluster);
        Map<String, String> alone = fire(target, cluster);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> status(alone).equals("active") && status(muting).equals("active"));
        assertThat(status(alone)).isEqualTo("active");
    }

    private static Map<String, String> fire(String alert, String cluster) {
        Map<String, String> labels = new HashMap<>(firing().stream()
                .filter(each -> each.alert().equals(alert))
                .findFirst()
                .orElseThrow()
                .labels());
        labels.put("alertname", alert);
        labels.put("cluster", cluster);
        server.fire(labels, Map.of("summary", alert));
        return labels;
    }

    /// `active`, `suppressed` or `unprocessed`; empty if it is not there.
    private static String status(Map<String, String> labels) throws IOException, InterruptedException {
        String filter = "cluster=\"" + labels.get("cluster") + "\"";
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        server.uri() + "/api/v2/alerts?filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8)))
                .build();
        for (JsonNode alert :
                JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body())) {
            if (alert.path("labels").path("alertname").asText().equals(labels.get("alertname"))) {
                return alert.path("status").path("state").asText();
            }
        }
        return "";
    }
}
