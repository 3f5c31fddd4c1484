package dev.heliograph.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.testkit.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadCommandTest {

    private final RelayFixture relay = new RelayFixture();
    private Path report = Path.of("");
    private Path key = Path.of("");
    private Path secret = Path.of("");

    @BeforeEach
    void files(@TempDir Path folder) throws IOException {
        report = folder.resolve("report.json");
        key = Files.writeString(folder.resolve("key"), RelayFixture.KEY + "\n");
        secret = Files.writeString(folder.resolve("secret"), RelayFixture.SECRET + "\n");
    }

    @AfterAll
    void end() {
        relay.close();
    }

    private Cli.Run load(String in, String... more) {
        List<String> all = new ArrayList<>(List.of("load", "--api", relay.api(), "--report", report.toString()));
        all.addAll(List.of(more));
        return Cli.run(Map.of(), in, all.toArray(String[]::new));
    }

    private Cli.Run loadFor(int seconds, String... more) {
        List<String> all = new ArrayList<>(List.of("--url", relay.websocket(), "--clients", "20", "--seconds"));
        all.addAll(List.of(
                Integer.toString(seconds), "--api-key-file", key.toString(), "--token-secret-file", secret.toString()));
        all.addAll(List.of(more));
        return load("", all.toArray(String[]::new));
    }

    private JsonNode report() throws IOException {
        return new JsonMapper().readTree(report.toFile());
    }

    @Test
    void theLastLineIsTheResultAndTheReportHasItAll() throws IOException {
        Cli.Run run = loadFor(1, "--channel-prefix", "users:", "--churn", "10");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .matches("RESULT load: clients=20 acknowledged=[1-9]\\d* lost=0 duplicated=0 reordered=0"
                        + " failed_handshakes=0 abrupt=0 peak_reconnects=0 longest_gap_ms=\\d+\\R");
        assertThat(run.exitCode()).isZero();
        assertThat(report().path("state").asText()).isEqualTo("done");
        assertThat(report().path("connected").asInt()).isEqualTo(20);
        assertThat(report().path("whole").path("churn").path("visits").asInt()).isPositive();
    }

    @Test
    void withoutASecretClientsAreAnonymous() {
        Cli.Run run = load(
                "", "--url", relay.websocket(), "--api-key-file", key.toString(), "--clients", "2", "--seconds", "1");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("RESULT load: clients=2 ");
    }

    @Test
    void ordersComeFromAFile(@TempDir Path folder) throws Exception {
        Path orders = folder.resolve("orders");
        CompletableFuture<Cli.Run> run =
                CompletableFuture.supplyAsync(() -> loadFor(600, "--control", orders.toString()));
        await().atMost(Duration.ofSeconds(60))
                .until(() ->
                        Files.exists(report) && report().path("state").asText().equals("running"));
        Files.writeString(orders, "mark early\nend\n", StandardOpenOption.APPEND);
        assertThat(run.get(60, TimeUnit.SECONDS).exitCode()).isZero();
        assertThat(report().path("intervals").findValuesAsText("name")).containsExactly("start", "run", "early");
    }

    @Test
    void anEndBeforeAllAreThereIsAFailure() throws IOException {
        Cli.Run run = load("end\n", "--url", "ws://127.0.0.1:" + FreePort.find(), "--control", "-");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines()).containsExactly("heliograph load: it was ended when 0 of 100 clients came in");
    }

    @Test
    void aLimitThatIsPassedFailsTheRun() throws IOException {
        String[] dead = {"--url", "ws://127.0.0.1:" + FreePort.find(), "--max-failed-handshakes", "0"};
        Cli.Run run = loadFor(1, dead);
        assertThat(run.out()).contains(" lost=0 ", " failed_handshakes=").doesNotContain(" failed_handshakes=0 ");
        assertThat(run.exitCode()).isEqualTo(1);
        dead[3] = "1000000";
        assertThat(loadFor(1, dead).exitCode()).isZero();
    }

    @Test
    void aWrongKeyIsOneLine() throws IOException {
        Files.writeString(key, "wrong");
        Cli.Run run = loadFor(1);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("heliograph load: nothing is acknowledged: 401" + System.lineSeparator());
        assertThat(report().path("state").asText()).isEqualTo("failed");
    }

    @Test
    void aSecretThatIsNotThereIsOneLine() {
        Cli.Run run = load("", "--token-secret-file", "no-such-file");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("heliograph load: no-such-file: can not be read");
    }

    @Test
    void whatIsOutOfBoundsIsWrongUsage() {
        assertUsage(load("", "--clients", "19001"), "clients: from 1 to 19000");
        assertUsage(load("", "--seconds", "3601"), "seconds: from 1 to 3600");
        assertUsage(load("", "--progress", "0s"), "--progress: at least 1s");
        assertUsage(load("", "--url", "wss://127.0.0.1/"), "is not a URL such as ws://");
        assertUsage(load("", "--api", "localhost"), "'localhost' is not a URL such as http://");
    }

    private static void assertUsage(Cli.Run run, String reason) {
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).singleElement().asString().contains(reason);
    }
}
