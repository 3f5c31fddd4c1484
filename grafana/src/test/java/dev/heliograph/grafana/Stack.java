package dev.heliograph.grafana;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.testkit.AlertmanagerServer;
import dev.heliograph.testkit.Certificate;
import dev.heliograph.testkit.FreePort;
import dev.heliograph.testkit.MonitoringProgram;
import dev.heliograph.testkit.RedisSentinels;
import dev.heliograph.testkit.RelayProcess;
import dev.heliograph.testkit.Tokens;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/// A whole cluster with its monitoring, as the files of this folder have it but scraped every second: a blue and a
/// green
/// relay behind HAProxy, one with TLS, Redis with a replica and sentinels, exporters, Prometheus and Alertmanager.
final class Stack implements AutoCloseable {

    static final String OPERATOR = "hgo_operator-of-tests-00000000000000000000000";

    private static final String SECRET = "a-secret-of-clients-that-nobody-else-has";

    private static final String OPEN = "allow_subscribe_for_client: true, allow_subscribe_for_anonymous: true,"
            + " allow_publish_for_client: true, allow_publish_for_anonymous: true";

    private final Deque<AutoCloseable> all = new ArrayDeque<>();
    private final Path folder;
    private final RedisSentinels redis;
    private final List<RelayProcess> relays = new ArrayList<>();
    private final int clients = FreePort.find();
    private final AlertmanagerServer alertmanager;
    private final MonitoringProgram prometheus;

    private Stack(Path folder) throws Exception {
        this.folder = folder;
        try {
            redis = with(RedisSentinels.start());
            Path files = Files.createDirectories(folder.resolve("textfiles"));
            writeFilesOfMetrics(files);
            Certificate certificate = Certificate.selfSigned(
                    Files.createDirectories(folder.resolve("certificate")).toAbsolutePath());
            List<String> targets = new ArrayList<>();
            targets.add(relay("relay-1", "blue", ""));
            targets.add(relay("relay-2", "green", ""));
            targets.add(relay(
                    "relay-3",
                    "blue",
                    ", tls: {enabled: true, cert_pem: '%s', key_pem: '%s'}"
                            .formatted(certificate.certificate(), certificate.key())));
            int metrics = FreePort.find();
            with(MonitoringProgram.haproxy(haproxy(metrics), metrics));
            MonitoringProgram redisExporter = with(MonitoringProgram.redisExporter());
            MonitoringProgram nodeExporter = with(MonitoringProgram.nodeExporter(files));
            alertmanager = with(AlertmanagerServer.start());
            int port = FreePort.find();
            copyRules();
            write("relay", targets);
            write("haproxy", List.of(target("127.0.0.1:" + metrics, "node: lb-1")));
            String through = "exporter: '127.0.0.1:" + redisExporter.port() + "', node: redis-1";
            write(
                    "redis",
                    redis.data().stream()
                            .map(each -> target(each, through + ", shard: main"))
                            .toList());
            write(
                    "sentinel",
                    redis.sentinels().stream()
                            .map(each -> target(each, through))
                            .toList());
            write("node", List.of(target("127.0.0.1:" + nodeExporter.port(), "node: relay-1")));
            write("prometheus", List.of(target("127.0.0.1:" + port, "node: monitor")));
            write(
                    "alertmanager",
                    List.of(target("127.0.0.1:" + alertmanager.uri().getPort(), "node: monitor")));
            prometheus = with(MonitoringProgram.prometheus(folder.resolve("prometheus.yml"), port));
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    /// Starts all of it and waits until each part is ready.
    ///
    /// @param folder for its files
    static Stack start(Path folder) throws Exception {
        return new Stack(folder);
    }

    private <T extends AutoCloseable> T with(T part) {
        all.push(part);
        return part;
    }

    private String relay(String name, String colour, String tls) {
        int metrics = FreePort.find();
        String yaml = """
            http_server: {address: 127.0.0.1, port: 0%s}
            node: {name: %s, colour: %s}
            broker: {type: redis, redis: {address: %s, sentinel_master_name: %s}}
            http_api: {key: "%s"}
            shutdown: {timeout: 0s}
            client:
              allow_anonymous_connect_without_token: true
              token: {hmac_secret_key: %s}
              connection_limit: 500
              user_connection_limit: 1
              queue_max_size: 64KiB
            channel:
              namespaces:
                - {name: chat, history_size: 10, history_ttl: 1m, force_recovery: true, %s}
            admin:
              enabled: true
              port: 0
              tokens: ["%s"]
            metrics: {enabled: true, port: %d}
            """.formatted(
                        tls,
                        name,
                        colour,
                        redis.sentinels(),
                        redis.masterName(),
                        RelayProcess.API_KEY,
                        SECRET,
                        OPEN,
                        Tokens.operatorLine("ann", "operator", OPERATOR),
                        metrics);
        relays.add(with(RelayProcess.start(yaml)));
        return target("127.0.0.1:" + metrics, "node: " + name + ", colour: " + colour);
    }

    /// @param metrics port of its metrics
    private String haproxy(int metrics) {
        return """
            defaults
                mode http
                timeout connect 2s
                timeout client 30s
                timeout server 30s
                timeout tunnel 2m
            frontend clients
                bind 127.0.0.1:%d
                default_backend relays
            backend relays
                balance roundrobin
                server blue 127.0.0.1:%d check
                server green 127.0.0.1:%d check
            frontend metrics
                bind 127.0.0.1:%d
                http-request use-service prometheus-exporter if { path /metrics }
            """.formatted(clients, relay(0).port(), relay(1).port(), metrics);
    }

    private static String target(String address, String labels) {
        return "- {targets: ['" + address + "'], labels: {" + labels + "}}\n";
    }

    private void write(String job, List<String> targets) throws IOException {
        Path file = Files.createDirectories(folder.resolve("targets")).resolve(job + ".yaml");
        Files.writeString(file, String.join("", targets), UTF_8);
    }

    /// As they are, but for the intervals.
    private void copyRules() throws IOException {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        for (Path file : Rules.files("rules")) {
            Files.copy(file, rules.resolve(file.getFileName()));
        }
        String config = Files.readString(Rules.FOLDER.resolve("prometheus.yml"), UTF_8)
                .replaceAll("(scrape_interval|scrape_timeout|evaluation_interval): \\w+", "$1: 1s");
        Files.writeString(folder.resolve("prometheus.yml"), config, UTF_8);
    }

    /// What playbooks, the autoscaler and drills will write, with the names that README.md promises.
    private static void writeFilesOfMetrics(Path files) throws IOException {
        long now = System.currentTimeMillis() / 1_000;
        StringBuilder text = new StringBuilder();
        for (TextfileMetrics.Metric metric : TextfileMetrics.read()) {
            String labels = Stream.of(metric.labels().split(", ?"))
                    .filter(label -> !label.isEmpty())
                    .map(label -> label + (label.equals("result") ? "=\"failed\"" : "=\"one\""))
                    .reduce((a, b) -> a + "," + b)
                    .map(inner -> "{" + inner + "}")
                    .orElse("");
            long value = metric.name().endsWith("_timestamp_seconds") ? now : 1;
            text.append(metric.name()).append(labels).append(' ').append(value).append('\n');
        }
        Files.writeString(files.resolve("heliograph.prom"), text, UTF_8);
    }

    RelayProcess relay(int index) {
        return relays.get(index);
    }

    List<RelayProcess> relays() {
        return List.copyOf(relays);
    }

    /// Where HAProxy takes clients, on 127.0.0.1.
    int clients() {
        return clients;
    }

    URI alertmanager() {
        return alertmanager.uri();
    }

    URI prometheus() {
        return prometheus.uri();
    }

    /// A token that lets a user connect.
    static String token(String user) {
        return Tokens.client(SECRET, user, Duration.ofHours(1));
    }

    /// The last one first.
    @Override
    public void close() throws Exception {
        for (AutoCloseable part : all) {
            part.close();
        }
    }
}
