package dev.heliograph.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// An Alertmanager in a process of its own, on 127.0.0.1 and a free port, that notifies nobody unless it is
/// told to.
/// Ends
/// with [#close], at the latest with the JVM; its log stays in `target/alertmanager`.
public final class AlertmanagerServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String CONFIG = """
            route: {receiver: nobody, group_by: [alertname], group_wait: 0s}
            receivers: [{name: nobody}]
            """;

    private final Process process;
    private final int port;

    private AlertmanagerServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts one and waits until it is ready.
    ///
    /// @throws IllegalStateException if it is not installed
    public static AlertmanagerServer start() {
        return start(CONFIG);
    }

    /// Starts one with a configuration of the caller's and waits until it is ready.
    ///
    /// @param yaml what its file has; files that it names are looked for beside it, and are not there
    /// @throws IllegalStateException if it is not installed, or refuses the configuration
    public static AlertmanagerServer start(String yaml) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "alertmanager")), "am");
            Path config = Files.writeString(folder.resolve("alertmanager.yml"), yaml, UTF_8);
            int port = FreePort.find();
            Process process = Children.start(
                    new ProcessBuilder(
                                    Programs.find("prometheus-alertmanager", "alertmanager"),
                                    "--config.file=" + config.toAbsolutePath(),
                                    "--storage.path=" + folder.toAbsolutePath(),
                                    "--web.listen-address=127.0.0.1:" + port,
                                    "--cluster.listen-address=")
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("alertmanager.log").toFile()),
                    "install it with bin/require alertmanager");
            AlertmanagerServer server = new AlertmanagerServer(process, port);
            try {
                await().atMost(PATIENCE).until(server::isReady);
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("the Alertmanager has ended with " + process.exitValue());
        }
        try {
            return MonitoringProgram.send(HttpRequest.newBuilder(uri().resolve("/-/ready"))
                                    .GET())
                            .statusCode()
                    == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    /// As in `http://127.0.0.1:9093`.
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Has an alert fire for five minutes, or go on.
    ///
    /// @param labels what makes it one and the same; `alertname` among them
    public void fire(Map<String, String> labels, Map<String, String> annotations) {
        alert(labels, annotations, "");
    }

    /// Says that an alert is over.
    public void resolve(Map<String, String> labels) {
        alert(labels, Map.of(), ", \"endsAt\": \"2020-01-01T00:00:00Z\", \"startsAt\": \"2019-01-01T00:00:00Z\"");
    }

    private void alert(Map<String, String> labels, Map<String, String> annotations, String times) {
        String body = "[{\"labels\": " + json(labels) + ", \"annotations\": " + json(annotations)
                + ", \"generatorURL\": \"http://prometheus.example/graph\"" + times + "}]";
        HttpResponse<String> answer = MonitoringProgram.send(HttpRequest.newBuilder(uri().resolve("/api/v2/alerts"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    private static String json(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(each -> quoted(each.getKey()) + ": " + quoted(each.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    @Override
    public void close() {
        Children.end(process);
    }
}
