package dev.heliograph.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.server.Relay;
import dev.heliograph.server.admin.TokenHash;
import dev.heliograph.server.config.RelayConfig;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import sun.misc.Signal;

/// The commands for operators, against a relay.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperatorCommandsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private String token = "";
    private Relay relay;

    @BeforeAll
    void start() {
        Cli.Run made = Cli.run("operator-token", "ann", "--role", "admin");
        token = made.out().strip();
        assertThat(made.err()).isEqualTo("admin.tokens: ann:admin:sha256:" + TokenHash.of(token) + "\n");
        relay = Relay.start(RelayConfig.parse(
                """
                http_server: {address: 127.0.0.1, port: 0}
                control: {directory: %s}
                http_api: {key: demo}
                channel: {without_namespace: {allow_subscribe_for_client: true}}
                admin: {enabled: true, port: 0, tokens: ["%s"]}
                """.formatted(folder.resolve("data"), made.err().strip().replace("admin.tokens: ", ""))));
    }

    @AfterAll
    void stop() {
        relay.close();
    }

    private Cli.Run run(String... args) {
        return given("", args);
    }

    private Cli.Run given(String in, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--url");
        all.add("http://127.0.0.1:" + relay.adminPort().orElseThrow());
        return Cli.run(Map.of("HELIOGRAPH_OPERATOR_TOKEN", token), in, all.toArray(String[]::new));
    }

    private String ok(String... args) {
        Cli.Run run = run(args);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return run.out();
    }

    private JsonNode json(String... args) throws IOException {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--output");
        all.add("json");
        return JSON.readTree(ok(all.toArray(String[]::new)));
    }

    @Test
    void nodesAreShown() throws IOException {
        assertThat(ok("nodes")).startsWith("NAME").contains("127.0.0.1:" + relay.port());
        assertThat(json("nodes").path("nodes")).hasSize(1);
    }

    @Test
    void theConfigurationIsShown() throws IOException {
        assertThat(ok("config", "show"))
                .startsWith("KEY")
                .containsPattern("client\\.channel_limit +128 +default +at once\n")
                .containsPattern("http_api\\.key +\\(set, not shown\\) +file +at once\n")
                .containsPattern("node\\.name +- +default +with a restart\n");
        assertThat(ok("config", "show", "--given"))
                .containsPattern("admin\\.tokens +ann:admin:sha256:\\[hidden] +file +at once\n")
                .containsPattern("http_server\\.port +0 +file +with a restart\n")
                .doesNotContain("client.channel_limit", TokenHash.of(token));
        assertThat(json("config", "show", "http_server.tls").path("settings")).hasSize(3);
        assertThat(ok("config", "show", "http")).isEqualTo("there is no such setting\n");
        assertThat(run("config").exitCode()).isEqualTo(2);
    }

    @Test
    void connectionsAreShownAndEnded() throws IOException {
        assertThat(ok("connections")).isEqualTo("no connection is like that\n");
        assertThat(ok("connections", "user = \"a*\"", "--by", "ip/24")).isEqualTo("no connection is like that\n");
        assertThat(json("connections").path("matched").asLong()).isZero();
        assertThat(ok("connections", "disconnect", "user = \"a*\"", "--cap", "5", "--dry-run"))
                .startsWith("dry run: 0 of 0 connections would end");
        assertThat(ok("connections", "disconnect", "user = \"a*\"", "--cap", "5"))
                .startsWith("operation ");
        Cli.Run wrong = run("connections", "usr = \"a\"");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("did you mean user");
        Cli.Run unbounded = run("connections", "disconnect", "user = \"a*\"");
        assertThat(unbounded.exitCode()).isEqualTo(1);
        assertThat(unbounded.err()).contains("give a cap");
        assertThat(run("connections", "disconnect").exitCode()).isEqualTo(2);
        assertThat(run("connections", "show", "nobody").err()).contains("no node knows a connection 'nobody'");
    }

    @Test
    void bansAreAddedShownExportedImportedAndRemoved() throws IOException {
        assertThat(ok("bans", "add", "--ip", "203.0.113.0/24", "--for", "1h", "--reason", "a flood", "--dry-run"))
                .startsWith("dry run, nothing is changed: ");
        assertThat(ok("bans", "add", "--ip", "203.0.113.0/24", "--for", "1h", "--reason", "a flood"))
                .startsWith("in force on all nodes: 0 connected clients are in its scope");
        ok("bans", "add", "--user", "42");
        ok("bans", "add", "--jti", "t-1");
        ok("bans", "add", "--tokens-of", "43");
        assertThat(ok("bans")).contains("203.0.113.0/24", "a flood", "ann", "42", "jti:t-1", "user:43");
        assertThat(ok("bans", "check", "203.0.113.9"))
                .startsWith("203.0.113.9 may not come in: ban 203.0.113.0/24 (by ann: a flood)");
        assertThat(ok("bans", "check", "192.0.2.1")).startsWith("192.0.2.1 may come in");
        String exported = ok("bans", "export");
        assertThat(exported).contains("203.0.113.0/24 ban ").endsWith("a flood\n");
        ok("bans", "remove", "--ip", "203.0.113.0/24");
        Path file = Files.writeString(folder.resolve("bans.txt"), exported);
        assertThat(ok("bans", "import", file.toString())).isEqualTo("1 rules are in force on all nodes\n");
        assertThat(given("198.51.100.1\n", "bans", "import", "-").out()).startsWith("1 rules");
        ok("bans", "remove", "--user", "42");
        ok("bans", "remove", "--jti", "t-1");
        ok("bans", "remove", "--tokens-of", "43");
        assertThat(run("bans", "remove", "--user", "42").err()).contains("there is no such ban");
        assertThat(run("bans", "add", "--ip", "127.0.0.1").err()).contains("your own address");
        assertThat(run("bans", "add").exitCode()).isEqualTo(2);
        assertThat(json("bans").path("ip_rules").path("rules")).hasSize(2);
    }

    @Test
    void limitsAreSetShownAndRemoved() throws IOException {
        ok("limits", "set", "publishes", "--operation", "publish", "--scope", "user", "--rate", "20", "--try");
        assertThat(ok("limits")).contains("publishes", "dry_run", "20.00/s");
        assertThat(json("limits").path("limits").findValuesAsText("name")).contains("publishes");
        assertThat(ok("limits", "remove", "publishes")).isEqualTo("removed on all nodes\n");
        assertThat(run("limits", "remove", "publishes").err()).contains("there is no limit 'publishes'");
        assertThat(run("limits", "set", "x", "--operation", "fly", "--scope", "user", "--rate", "1")
                        .err())
                .contains("operation");
    }

    @Test
    void aNodeIsDrained() {
        String name = relay.config().node().name();
        assertThat(ok("drain")).startsWith("NODE");
        assertThat(run("drain", "start", name, "--pace", "10").err()).contains("no other node");
        assertThat(ok("drain", "start", name, "--pace", "10", "--force", "--dry-run"))
                .startsWith("dry run, nothing is changed:");
        assertThat(ok("drain", "rebalance", "--pace", "10", "--dry-run")).startsWith("dry run");
        assertThat(run("drain", "start", "nobody", "--pace", "10").err()).contains("there is no node nobody");
    }

    @Test
    void aDeploymentIsShown() throws Exception {
        assertThat(ok("deployment")).isEqualTo("there was no deployment yet\n");
        assertThat(json("deployment")).isEmpty();
        tell("""
                {"id": "d-1", "version": "1.2.0", "previous": "1.1.0", "from": "blue", "to": "green",
                 "strategy": "blue_green", "phase": "rolling_back", "canary_percent": 25, "by": "ann@ops1",
                 "started_ms": 1796033700000, "updated_ms": 1796033760000, "note": "no\\u001b[31m good",
                 "verdicts": [
                   {"percent": 5, "verdict": "pass", "reasons": [], "at_ms": 1796033720000},
                   {"percent": 25, "verdict": "fail", "reasons": ["p99 31 ms against 12 ms", "2 % errors"], "at_ms": 0}]}
                """);
        assertThat(ok("deployment"))
                .containsPattern("VERSION +COLOUR +HOW +PHASE")
                .containsPattern("1\\.1\\.0 -> 1\\.2\\.0 +blue -> green +blue_green +rolling_back +25 % +ann@ops1")
                .contains("no?[31m good")
                .containsPattern("\n5 % +pass +20\\S+ \\S+ +-\n")
                .containsPattern("\n25 % +fail +- +p99 31 ms against 12 ms; 2 % errors\n");
        assertThat(json("deployment").path("phase").asText()).isEqualTo("rolling_back");
        tell("""
                {"id": "d-2", "version": "1.3.0", "strategy": "rolling", "phase": "install", "by": "ann",
                 "started_ms": 1796033800000, "updated_ms": 1796033800000}
                """);
        assertThat(ok("deployment"))
                .containsPattern("- -> 1\\.3\\.0 +- -> - +rolling +install +0 % +ann .* -\n")
                .doesNotContain("VERDICT");
    }

    /// What runs a deployment does it so.
    private void tell(String deployment) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + relay.adminPort().orElseThrow() + "/v1/deployment"))
                .header("Authorization", "Bearer " + token)
                .PUT(BodyPublishers.ofString(deployment))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatWasDoneIsOnRecord() throws IOException {
        ok("bans", "add", "--user", "on-record", "--reason", "line\u001b[31m one");
        assertThat(ok("audit", "--since", "1h", "--action", "user_ban.put", "--text", "on-record"))
                .contains("ann", "user_ban.put", "on-record", "line?[31m one");
        assertThat(json("audit", "--limit", "1").path("entries")).hasSize(1);
    }

    /// Runs a command that watches while something happens, and ends it when it has shown that: with SIGTERM,
    /// which is heard like the SIGINT of Ctrl-C, while a shell lets what it starts in the background ignore
    /// that one.
    private Cli.Run watch(Runnable happening, String shown, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--url", "http://127.0.0.1:" + relay.adminPort().orElseThrow()));
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(
                () -> Cli.run(Map.of("HELIOGRAPH_OPERATOR_TOKEN", token), "", out, err, all.toArray(String[]::new)),
                task -> Thread.ofVirtual().start(task));
        await().atMost(LONG).until(() -> err.toString().contains("Ctrl-C ends it"));
        happening.run();
        await().atMost(LONG).until(() -> out.toString().contains(shown));
        // Without the command it would end this process.
        assertThat(exitCode).isNotDone();
        Signal.raise(new Signal("TERM"));
        return new Cli.Run(exitCode.orTimeout(LONG.toSeconds(), SECONDS).join(), out.toString(), err.toString());
    }

    private void publish(String data) {
        assertThat(Cli.run("publish", "--url", "http://127.0.0.1:" + relay.port(), "--key", "demo", "watched", data)
                        .exitCode())
                .isZero();
    }

    @Test
    void aChannelIsTailedUntilASignal() throws IOException {
        Cli.Run run = watch(() -> publish("{\"pin\":1234}"), "pin", "tail", "watched");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} \\{\"pin\":0}\\R");
        assertThat(run.err()).isEqualTo("what is published in watched for 1m 0s; Ctrl-C ends it\n");
        Cli.Run json =
                watch(() -> publish("{\"pin\":1234}"), "pin", "tail", "watched", "--masking", "clear", "-o", "json");
        assertThat(JSON.readTree(json.out()).at("/data/pin").asInt()).isEqualTo(1234);
        assertThat(json("audit", "--action", "stream.tail").path("entries")).hasSizeGreaterThan(1);
        assertThat(run("tail", "watched", "--rate", "21").err()).contains("refused: the parameter per_second");
        assertThat(run("tail", "").err()).contains("refused: the parameter channel is needed");
    }

    @Test
    void anAddressIsFollowedUntilASignal() throws IOException {
        Cli.Run run = watch(this::comeWithoutAToken, "disconnected", "follow", "ip", "127.0.0.1", "--output", "json");
        assertThat(run.exitCode()).isZero();
        List<String> kinds = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            kinds.add(JSON.readTree(line).path("kind").asText());
        }
        assertThat(kinds).contains("command", "disconnected");
        Cli.Run text = watch(this::comeWithoutAToken, "disconnected", "follow", "ip", "127.0.0.1");
        assertThat(text.out()).contains(" command connect 1 ip=127.0.0.1 client=");
        assertThat(run("follow", "ip", "localhost").err()).contains("refused: ");
        assertThat(run("follow", "weather", "x").exitCode()).isEqualTo(2);
        assertThat(Cli.run(
                                Map.of("HELIOGRAPH_OPERATOR_TOKEN", "wrong"),
                                "",
                                "follow",
                                "user",
                                "1",
                                "--url",
                                "http://127.0.0.1:" + relay.adminPort().orElseThrow())
                        .err())
                .contains("the token is not known");
    }

    /// A client that comes without a token, and is sent away.
    private void comeWithoutAToken() {
        assertThat(Cli.run("subscribe", "--url", "ws://127.0.0.1:" + relay.port() + "/connection/websocket", "watched")
                        .exitCode())
                .isEqualTo(1);
    }

    @Test
    void whatIsWatchedEndsWhenItsTimeIsOver() {
        assertThat(run("tail", "watched", "--for", "1s"))
                .isEqualTo(new Cli.Run(
                        0,
                        "",
                        "what is published in watched for 1s; Ctrl-C ends it\n"
                                + "its time is over: 0 publications, 0 left out\n"));
        assertThat(run("follow", "user", "nobody", "--for", "1s").err())
                .endsWith("its time is over: 0 events, 0 left out\n");
    }

    @Test
    void whoHasNoTokenIsToldWhatToDo() {
        String url = "http://127.0.0.1:" + relay.adminPort().orElseThrow();
        Cli.Run none = Cli.run("nodes", "--url", url);
        assertThat(none.exitCode()).isEqualTo(2);
        assertThat(none.err()).contains("HELIOGRAPH_OPERATOR_TOKEN", "operator-token");
        Cli.Run wrong = Cli.run(Map.of("HELIOGRAPH_OPERATOR_TOKEN", "wrong"), "", "nodes", "--url", url);
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err()).contains("the token is not known");
        Cli.Run nobody = Cli.run(Map.of("HELIOGRAPH_OPERATOR_TOKEN", "t"), "", "nodes", "--url", "http://127.0.0.1:1");
        assertThat(nobody.err()).contains("http://127.0.0.1:1: ");
        assertThat(Cli.run(Map.of("HELIOGRAPH_OPERATOR_TOKEN", "t"), "", "nodes", "--url", "ftp://a")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void theTokenMayComeFromAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("ann.token"), token + "\n");
        assertThat(Cli.run(
                                "nodes",
                                "--token-file",
                                file.toString(),
                                "--url",
                                "http://127.0.0.1:" + relay.adminPort().orElseThrow())
                        .exitCode())
                .isZero();
        assertThat(Cli.run("nodes", "--token-file", folder.resolve("none").toString())
                        .err())
                .contains("cannot be read");
    }
}
