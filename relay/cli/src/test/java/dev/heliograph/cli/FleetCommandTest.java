package dev.heliograph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FleetCommandTest {

    private static final Pattern LISTENING =
            Pattern.compile("heliograph fleet looks every 1 h and listens on 127\\.0\\.0\\.1:(\\d+)");

    /// Long ago, so that there is no cooldown.
    private static final String STATE = """
            {"changed_ms": 1, "relays": ["relay1-blue", "relay2-blue"]}""";

    @TempDir
    private Path folder = Path.of("");

    private Path config = Path.of("");
    private HttpServer prometheus = prometheus();

    /// How many connections each relay has.
    private volatile int connections = 5_000;

    private HttpServer prometheus() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            server.createContext("/api/v1/query", exchange -> {
                byte[] bytes = answer(exchange.getRequestURI().getQuery()).getBytes(UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Two blue relays that answer and have a limit of 20,000; the first has one connection more.
    private String answer(String query) {
        if (query.contains("deploy_lock")) {
            return result("");
        }
        if (query.contains("over_time((")) {
            return result(sample("", query.contains("count") ? "60" : "0"));
        }
        return result(IntStream.of(1, 2)
                .mapToObj(number -> sample(
                        "\"node\":\"relay" + number + "-blue\",\"colour\":\"blue\"",
                        query.contains("heliograph_connections")
                                ? Integer.toString(connections + 2 - number)
                                : query.contains("cpu")
                                        ? "0.25"
                                        : query.contains("limit") ? "20000" : query.contains("draining") ? "0" : "1"))
                .collect(Collectors.joining(",")));
    }

    private static String result(String samples) {
        return "{\"data\":{\"resultType\":\"vector\",\"result\":[" + samples + "]}}";
    }

    private static String sample(String labels, String value) {
        return "{\"metric\":{" + labels + "},\"value\":[1,\"" + value + "\"]}";
    }

    @BeforeEach
    void place() throws IOException {
        for (String playbook : List.of("scale_out", "scale_in")) {
            Files.writeString(folder.resolve(playbook + ".yml"), "[]\n");
        }
        Files.writeString(folder.resolve("hosts.yml"), "");
        Files.writeString(folder.resolve("token"), "a-token\n");
        Files.writeString(folder.resolve("state.json"), STATE);
        Path program = Files.writeString(folder.resolve("ansible-playbook"), """
                #!/bin/sh
                echo "$*" >> "$(dirname "$0")/calls"
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        config = Files.writeString(folder.resolve("fleet.yaml"), """
                prometheus_url: http://127.0.0.1:%d
                playbooks: .
                inventory: hosts.yml
                program: %s
                hosts: [relay1, relay2, relay3]
                min: 2
                max: 3
                target_connections: 10000
                interval: 1h
                textfile: fleet.prom
                state: state.json
                webhook: {port: 0, token_file: token}
                """.formatted(
                        prometheus.getAddress().getPort(), program));
    }

    @AfterEach
    void end() {
        prometheus.stop(0);
    }

    @Test
    void aPlanSaysWhatItWouldDoAndWhy() {
        connections = 12_000;
        Cli.Run run = Cli.run("fleet", "plan", "--config", config.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualToNormalizingNewlines("""
                        RELAY        HOST    COLOUR  STATE   CLIENTS  LIMIT  CPU
                        relay1-blue  relay1  blue    serves  12001    20000  25 %%
                        relay2-blue  relay2  blue    serves  12000    20000  25 %%
                        Scale out by relay3, from 2 to 3 relays: the load asks for 3 (24,001 connections for 3, 50 %% of a host's\
                         processors for 1, one that may be lost for 3)
                        would run: %1$s/ansible-playbook --inventory %1$s/hosts.yml %1$s/./scale_out.yml --limit=relay3
                        """.formatted(folder));
        assertThat(folder.resolve("calls")).doesNotExist();
        assertThat(folder.resolve("fleet.prom")).doesNotExist();
        assertThat(folder.resolve("state.json")).hasContent(STATE);
    }

    @Test
    void aPlanThatHoldsRunsNothing() {
        Cli.Run run = Cli.run("fleet", "plan", "--config", config.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\nHold at 2 relays: ").doesNotContain("would run");
    }

    @Test
    void aPlanOfALoadThatIsNotKnownFails() {
        prometheus.stop(0);
        Cli.Run run = Cli.run("fleet", "plan", "--config", config.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("Hold: Prometheus at http://127.0.0.1:");
    }

    @Test
    void whatIsWrongWithTheFileIsOneLine() throws IOException {
        Files.writeString(config, Files.readString(config).replace("max:", "maximum:"));
        for (String command : List.of("plan", "run")) {
            Cli.Run run = Cli.run("fleet", command, "--config", config.toString());
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err().lines())
                    .containsExactly("heliograph fleet " + command + ": " + config + ": line 1: max is missing;"
                            + " line 7: there is no key 'maximum'");
        }
    }

    @Test
    void withoutATokenItDoesNotListen() throws IOException {
        Files.writeString(folder.resolve("token"), " \n");
        Cli.Run run = Cli.run("fleet", "run", "--config", config.toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(folder.resolve("token") + ": has no token of the webhook");
        Files.delete(folder.resolve("token"));
        assertThat(Cli.run("fleet", "run", "--config", config.toString()).err())
                .contains("the token of the webhook cannot be read");
    }

    @Test
    void eachCommandIsExplained() {
        for (String command : List.of("run", "plan")) {
            Cli.Run run = Cli.run("fleet", command, "--help");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).contains("Usage: heliograph fleet " + command, "Example", "--config=FILE");
        }
        assertThat(Cli.run("fleet").err()).contains("a command is missing: run or plan");
        assertThat(Cli.run("fleet", "run").err()).contains("Missing required option: '--config=FILE'");
    }

    @Test
    void onceItLooksAndEnds() throws IOException {
        connections = 12_000;
        assertThat(Cli.run("fleet", "run", "--once", "--dry-run", "--config", config.toString())
                        .exitCode())
                .isZero();
        assertThat(folder.resolve("calls")).doesNotExist();
        assertThat(Cli.run("fleet", "run", "--once", "--config", config.toString())
                        .exitCode())
                .isZero();
        assertThat(folder.resolve("calls")).content().contains("/scale_out.yml --limit=relay3 --extra-vars=@");
        prometheus.stop(0);
        assertThat(Cli.run("fleet", "run", "--once", "--config", config.toString())
                        .exitCode())
                .isEqualTo(1);
    }

    /// As it runs on a host: woken by Alertmanager, it runs the playbook, tells it in metrics, and ends with 0.
    @Test
    void anAlertHasItScaleOut() throws IOException, InterruptedException {
        Process fleet = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "fleet",
                        "run",
                        "--config",
                        config.toString())
                .start();
        LinkedBlockingQueue<String> log = new LinkedBlockingQueue<>();
        try (BufferedReader out = fleet.inputReader();
                HttpClient http = HttpClient.newHttpClient()) {
            Thread.ofVirtual().start(() -> fleet.errorReader().lines().forEach(log::add));
            Matcher listening = LISTENING.matcher(String.valueOf(out.readLine()));
            assertThat(listening.matches()).isTrue();
            awaitLine(log, "Hold at 2 relays: ");
            connections = 12_000;
            HttpRequest alert = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listening.group(1) + "/alert"))
                    .header("Authorization", "Bearer a-token")
                    .POST(BodyPublishers.ofString("{\"alerts\": []}"))
                    .build();
            assertThat(http.send(alert, BodyHandlers.discarding()).statusCode()).isEqualTo(202);
            awaitLine(log, "Scale out by relay3, from 2 to 3 relays: ");
            awaitLine(log, "running scale_out for relay3");
            awaitLine(log, "scale_out for relay3 is done");
            // The look after it, which finds that it has only just changed something.
            awaitLine(log, "Hold at 2 relays: they changed only just");
            assertThat(folder.resolve("calls")).content().contains("/scale_out.yml --limit=relay3 --extra-vars=@");
            Process kill = new ProcessBuilder("kill", "-TERM", String.valueOf(fleet.pid())).start();
            assertThat(kill.waitFor()).isZero();
            assertThat(fleet.waitFor(60, SECONDS)).isTrue();
            assertThat(fleet.exitValue()).isZero();
            assertThat(out.readLine()).isEqualTo("heliograph fleet stopped");
            assertThat(folder.resolve("fleet.prom"))
                    .content()
                    .contains("heliograph_fleet_actions_total{action=\"scale_out\",result=\"done\"} 1\n");
        } finally {
            fleet.destroyForcibly();
        }
    }

    private static void awaitLine(LinkedBlockingQueue<String> log, String part) throws InterruptedException {
        String line;
        do {
            line = log.poll(60, SECONDS);
            assertThat(line).as("no line with '" + part + "'").isNotNull();
        } while (!String.valueOf(line).contains(part));
    }
}
