package dev.heliograph.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A Prometheus in a process of its own, on 127.0.0.1 and a free port, that scrapes its targets every second as the job
/// `heliograph`. Ends with [#close], at the latest with the JVM; its log and its data stay in `target/prometheus`.
public final class PrometheusServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String CONFIG = """
            global: {scrape_interval: 1s, scrape_timeout: 1s}
            scrape_configs:
              - job_name: heliograph
                static_configs:
            """;

    /// Something that serves `/metrics`.
    ///
    /// @param port   of 127.0.0.1
    /// @param labels that its series get
    public record Target(int port, Map<String, String> labels) {

        private String yaml() {
            String all = new TreeMap<>(labels)
                    .entrySet().stream()
                            .map(each -> each.getKey() + ": '" + each.getValue() + "'")
                            .collect(Collectors.joining(", "));
            return "      - {targets: ['127.0.0.1:" + port + "'], labels: {" + all + "}}\n";
        }
    }

    private final Process process;
    private final int port;

    private PrometheusServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts one and waits until it answers queries.
    ///
    /// @throws IllegalStateException if it is not installed
    public static PrometheusServer start(List<Target> targets) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target", "prometheus")), "prom");
            String yaml = CONFIG + targets.stream().map(Target::yaml).collect(Collectors.joining());
            Path config = Files.writeString(folder.resolve("prometheus.yml"), yaml, UTF_8);
            int port = FreePort.find();
            Process process = Children.start(
                    new ProcessBuilder(
                                    "prometheus",
                                    "--config.file=" + config.toAbsolutePath(),
                                    "--storage.tsdb.path="
                                            + folder.resolve("data").toAbsolutePath(),
                                    "--web.listen-address=127.0.0.1:" + port)
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("prometheus.log").toFile()),
                    "install it with bin/require prometheus");
            PrometheusServer server = new PrometheusServer(process, port);
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

    private boolean isReady() throws InterruptedException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the Prometheus has ended with " + process.exitValue());
        }
        HttpRequest request = HttpRequest.newBuilder(uri().resolve("/-/ready"))
                .timeout(PATIENCE)
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    /// As in `http://127.0.0.1:9090`.
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        Children.end(process);
    }
}
