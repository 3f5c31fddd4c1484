package dev.heliograph.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A program that tells by HTTP how something is: a Prometheus with a configuration of the caller's, an
/// exporter, an
/// HAProxy that exports its own metrics. On 127.0.0.1 and a free port, in a process of its own; ends with
/// [#close], at
/// the latest with the JVM. Its log and its data stay in `target/monitoring`.
public final class MonitoringProgram implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final Path log;

    private MonitoringProgram(String name, int port, String readiness, String remedy, List<String> command) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "monitoring"));
            this.log = Files.createTempFile(folder, name, ".log");
            this.port = port;
            this.process = Children.start(
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()),
                    "install it with bin/require " + remedy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            await(name).atMost(PATIENCE).until(() -> answers(readiness));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// A Prometheus that keeps its data beside its log.
    ///
    /// @param config its `prometheus.yml`
    /// @param port   that it listens on; [FreePort#find] knows one
    public static MonitoringProgram prometheus(Path config, int port) {
        try {
            Path data = Files.createTempDirectory(Files.createDirectories(Path.of("target", "monitoring")), "data");
            return new MonitoringProgram(
                    "prometheus",
                    port,
                    "/-/ready",
                    "prometheus",
                    List.of(
                            "prometheus",
                            "--config.file=" + config.toAbsolutePath(),
                            "--storage.tsdb.path=" + data.toAbsolutePath(),
                            // An alert that no Alertmanager was known for yet is sent again soon, not after a minute.
                            "--rules.alert.resend-delay=1s",
                            "--web.listen-address=127.0.0.1:" + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An exporter that tells of any Redis that it is asked for: `/scrape?target=host:port`.
    public static MonitoringProgram redisExporter() {
        int port = FreePort.find();
        return new MonitoringProgram(
                "redis-exporter",
                port,
                "/metrics",
                "redis-exporter",
                List.of(
                        Programs.find("prometheus-redis-exporter", "redis_exporter"),
                        "--redis.addr=",
                        // Less than a scrape waits: one that hangs is down, not unknown.
                        "--connection-timeout=800ms",
                        "--web.listen-address=127.0.0.1:" + port));
    }

    /// An exporter that tells of this machine.
    ///
    /// @param files folder of `*.prom` files that others write
    public static MonitoringProgram nodeExporter(Path files) {
        int port = FreePort.find();
        return new MonitoringProgram(
                "node-exporter",
                port,
                "/metrics",
                "node-exporter",
                List.of(
                        Programs.find("prometheus-node-exporter", "node_exporter"),
                        "--collector.textfile.directory=" + files.toAbsolutePath(),
                        "--web.listen-address=127.0.0.1:" + port));
    }

    /// An HAProxy.
    ///
    /// @param config its configuration, which must serve its metrics on the port below
    /// @param port   that its metrics are on; [FreePort#find] knows one
    public static MonitoringProgram haproxy(String config, int port) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "monitoring"));
            Path file = Files.writeString(Files.createTempFile(folder, "haproxy", ".cfg"), config, UTF_8);
            return new MonitoringProgram(
                    "haproxy",
                    port,
                    "/metrics",
                    "haproxy",
                    List.of("haproxy", "-db", "-f", file.toAbsolutePath().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers(String path) {
        if (!process.isAlive()) {
            throw new IllegalStateException("it has ended with " + process.exitValue() + ": " + log());
        }
        try {
            return send(HttpRequest.newBuilder(uri().resolve(path))).statusCode() == 200;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    /// As in `http://127.0.0.1:9090`.
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Of 127.0.0.1.
    public int port() {
        return port;
    }

    /// What it wrote so far.
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends a request to a program of this kind and waits for the answer, for a minute at most.
    ///
    /// @throws UncheckedIOException if there is none
    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        Children.end(process);
    }
}
