package dev.heliograph.console.desktop.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.testing.RealConsole;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.testkit.RelayCluster;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Deployments that a script tells to real relays, as the page of nodes shows them.
final class DeploymentOnRelaysTest extends UiTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static RelayCluster cluster;

    @BeforeAll
    static void start() {
        cluster = RelayCluster.start(2);
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    /// What runs a deployment: it tells one node, then the other, how far it is.
    private static final class Script {

        private final String id;
        private final long began = System.currentTimeMillis();
        private int told;

        Script(String id) {
            this.id = id;
        }

        void tell(String phase, int percent, String verdicts) throws IOException, InterruptedException {
            long now = Math.max(began, System.currentTimeMillis());
            String body = """
                    {"id": "%s", "version": "1.2.0", "previous": "1.1.0", "from": "blue", "to": "green",
                     "strategy": "blue_green", "phase": "%s", "canary_percent": %d, "by": "ann@ops1",
                     "started_ms": %d, "updated_ms": %d, "note": "%s: step %d", "verdicts": [%s]}
                    """.formatted(id, phase, percent, began, now, id, ++told, verdicts);
            URI node = cluster.adminUris().get(told % 2);
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(node.resolve("/v1/deployment"))
                            .header("Authorization", "Bearer " + RelayCluster.OPERATOR)
                            .PUT(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }

        void tell(String phase) throws IOException, InterruptedException {
            tell(phase, 0, "");
        }
    }

    private static String verdict(int percent, String verdict, String reason) {
        return """
                {"percent": %d, "verdict": "%s", "reasons": ["%s"], "at_ms": %d}
                """.formatted(percent, verdict, reason, Instant.now().toEpochMilli());
    }

    private RealConsole console() {
        RealConsole console = closeLater(NodesPages.of(cluster));
        show(console::shell);
        runOnFx(console.shell()::shown);
        return console;
    }

    private void awaitStep(String step, String sentence) {
        await(
                sentence,
                () -> sentence.equals(robot().lookup("#step-" + step)
                        .tryQuery()
                        .map(Node::getAccessibleText)
                        .orElse("")));
    }

    @Test
    void aWholeDeploymentIsFollowedToItsEnd() throws Exception {
        RealConsole console = console();
        Script script = new Script("whole");
        script.tell("preflight");
        awaitText("1.1.0 → 1.2.0");
        awaitStep("preflight", "Preflight: under way");
        awaitStep("done", "Done: to come");
        for (String phase : List.of("install", "smoke")) {
            script.tell(phase);
            awaitStep(phase, (phase.equals("smoke") ? "Smoke test" : "Install") + ": under way");
        }
        script.tell("canary", 5, verdict(5, "running", "200 of 1,000 requests"));
        awaitText("5 % of new clients");
        awaitText("Comparing");
        awaitText("200 of 1,000 requests");
        script.tell("canary", 25, verdict(5, "pass", "p99 9 ms against 10 ms"));
        awaitText("25 % of new clients");
        awaitText("Pass");
        script.tell("switch");
        awaitStep("switch", "Switch: under way");
        awaitStep("canary", "Canary: done");
        for (String phase : List.of("drain", "bake", "retire")) {
            script.tell(phase);
            awaitStep(phase, Character.toUpperCase(phase.charAt(0)) + phase.substring(1) + ": under way");
        }
        awaitText("whole: step 9");
        script.tell("done");
        awaitText("ann@ops1, done");
        awaitText("after it began");
        assertThat(isShown("step-canary")).isFalse();
        assertThat(console.audit("deployment.put").stream()
                        .filter(row -> row.target().contains("whole"))
                        .map(AuditRow::outcome)
                        .distinct())
                .containsExactly("ok");
    }

    @Test
    void aDeploymentThatIsRolledBackCannotBeMistaken() throws Exception {
        console();
        Script script = new Script("condemned");
        script.tell("preflight");
        awaitStep("preflight", "Preflight: under way");
        script.tell("canary", 5, verdict(5, "running", "begun"));
        awaitStep("canary", "Canary: under way");
        script.tell("rolling_back", 5, verdict(5, "fail", "p99 31 ms against 12 ms"));
        awaitText("going back to 1.1.0");
        awaitStep("canary", "Canary: went wrong");
        awaitStep("rolling-back", "Rolling back: under way");
        awaitText("p99 31 ms against 12 ms");
        script.tell("rolled_back", 0, verdict(5, "fail", "p99 31 ms against 12 ms"));
        awaitText("rolled back to 1.1.0 at");
        awaitStep("rolled-back", "Rolled back: what was before is there again");
        awaitStep("switch", "Switch: not reached");
        press(KeyCode.Y);
        await("the panel has the focus", find("deployment")::isFocused);
    }
}
