package dev.heliograph.drill;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.cluster.AdminCalls;
import dev.heliograph.testkit.AlertmanagerServer;
import dev.heliograph.testkit.Certificate;
import dev.heliograph.testkit.FaultProxy;
import dev.heliograph.testkit.FreePort;
import dev.heliograph.testkit.MonitoringProgram;
import dev.heliograph.testkit.RedisSentinels;
import dev.heliograph.testkit.RedisServer;
import dev.heliograph.testkit.RelayProcess;
import dev.heliograph.testkit.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A cluster for one drill: three relays behind an HAProxy, Redis, and the monitoring that this repository has
/// for
/// production, all of them real processes on this machine. One thread changes it.
public final class DrillCluster implements AutoCloseable {

    /// The token of the operator `drill`, whose role is operator.
    public static final String OPERATOR = "hgo_operator-of-drills-0000000000000000000000";

    /// Of clients' tokens.
    static final String SECRET = "a-secret-of-clients-that-nobody-else-has";

    /// The relay that has a certificate, in the drill that is about one.
    static final String CERTIFIED = "relay-1";

    static final int YEAR = 365;

    private static final int RELAYS = 3;

    private static final String RELAY = """
            http_server: {address: 127.0.0.1, port: 0, trusted_proxies: ["127.0.0.1"]%s}
            node: {name: %s, colour: blue}
            broker: {type: redis, redis: {timeout: 1s, %s}}
            http_api: {key: "%s"}
            shutdown: {timeout: 5s}
            client:
              allow_anonymous_connect_without_token: true
              token: {hmac_secret_key: %s}
              connection_limit: 300
              queue_max_size: 64KiB
              recovery_max_publication_limit: 10000
              history_max_publication_limit: 10000
            channel:
              namespaces:
                - {name: chat, history_size: 10000, history_ttl: 10m, force_recovery: true, %s}
            admin:
              enabled: true
              port: 0
              tokens: ["%s"]
            metrics: {enabled: true, port: %d}
            """;

    private static final String OPEN = "allow_subscribe_for_client: true, allow_subscribe_for_anonymous: true,"
            + " allow_publish_for_client: true, allow_publish_for_anonymous: true, allow_history_for_client: true";

    private static final String HAPROXY = """
            defaults
                mode http
                timeout connect 1s
                timeout client 30s
                timeout server 30s
                timeout tunnel 10m
                option redispatch
                retries 2
            frontend clients
                bind 127.0.0.1:%d
                option forwardfor
                default_backend relays
            backend relays
                balance leastconn
                option httpchk
                http-check send meth GET uri /health/ready ver HTTP/1.1 hdr Host relay
                default-server check inter 500 fall 2 rise 1
            %s
            frontend metrics
                bind 127.0.0.1:%d
                http-request use-service prometheus-exporter if { path /metrics }
            """;

    private static final JsonMapper JSON = new JsonMapper();

    private final Deque<AutoCloseable> all = new ArrayDeque<>();
    private final HttpClient http = with(HttpClient.newHttpClient());
    private final Path folder;
    private final Path monitoring;
    private final Map<String, RelayProcess> relays = new TreeMap<>();
    private final Optional<RedisSentinels> sentinels;
    private final Optional<RedisServer> redis;
    private final Optional<FaultProxy> proxy;
    private final int clients = FreePort.find();
    private final AlertmanagerServer alertmanager;
    private final MonitoringProgram prometheus;

    /// @param folder     for its files
    /// @param monitoring the folder `grafana` of this repository
    /// @throws DrillException if it does not come up
    public DrillCluster(Drill drill, Path folder, Path monitoring) {
        this.folder = folder;
        this.monitoring = monitoring;
        try {
            if (drill.redis() == Drill.Redis.SENTINEL) {
                sentinels = Optional.of(with(RedisSentinels.start(2)));
                redis = Optional.empty();
                proxy = Optional.empty();
            } else {
                sentinels = Optional.empty();
                redis = Optional.of(with(RedisServer.start()));
                proxy = Optional.of(with(FaultProxy.start(redis.get().port())));
            }
            List<String> targets = new ArrayList<>();
            for (int i = 1; i <= RELAYS; i++) {
                targets.add(relay("relay-" + i, drill));
            }
            int metrics = FreePort.find();
            with(MonitoringProgram.haproxy(HAPROXY.formatted(clients, backends(drill), metrics), metrics));
            MonitoringProgram redisExporter = with(MonitoringProgram.redisExporter());
            MonitoringProgram nodeExporter =
                    with(MonitoringProgram.nodeExporter(Files.createDirectories(folder.resolve("textfiles"))));
            alertmanager = with(AlertmanagerServer.start(alertmanagerConfig(receiver())));
            int port = FreePort.find();
            files();
            write("relay", targets);
            write("haproxy", List.of(target("127.0.0.1:" + metrics, "node: lb-1")));
            String through = "exporter: '127.0.0.1:" + redisExporter.port() + "'";
            write("redis", redisTargets(through));
            write(
                    "sentinel",
                    sentinels
                            .map(each -> each.sentinels().stream()
                                    .map(address -> target(address, through + ", node: redis-1"))
                                    .toList())
                            .orElse(List.of()));
            // One machine is the host of all.
            write(
                    "node",
                    relays.keySet().stream()
                            .map(name -> target("127.0.0.1:" + nodeExporter.port(), "node: " + name))
                            .toList());
            write("prometheus", List.of(target("127.0.0.1:" + port, "node: monitor")));
            write(
                    "alertmanager",
                    List.of(target("127.0.0.1:" + alertmanager.uri().getPort(), "node: monitor")));
            prometheus = with(MonitoringProgram.prometheus(folder.resolve("prometheus.yml"), port));
            limitAddresses();
        } catch (Exception e) {
            close();
            throw new DrillException("the cluster does not come up: " + e.getMessage(), e);
        }
    }

    private <T extends AutoCloseable> T with(T part) {
        all.push(part);
        return part;
    }

    private String relay(String name, Drill drill) throws Exception {
        int metrics = FreePort.find();
        String tls = "";
        if (drill.fault().kind().equals(Faults.CERTIFICATE) && name.equals(CERTIFIED)) {
            Certificate certificate = certificate(YEAR);
            tls = ", tls: {enabled: true, cert_pem: '%s', key_pem: '%s'}"
                    .formatted(certificate.certificate(), certificate.key());
        }
        String broker = sentinels
                .map(each -> "address: %s, sentinel_master_name: %s, wait_replicas: 1"
                        .formatted(each.sentinels(), each.masterName()))
                .orElseGet(() -> "address: [\"" + proxy.orElseThrow().address() + "\"]");
        relays.put(
                name,
                with(RelayProcess.start(RELAY.formatted(
                        tls,
                        name,
                        broker,
                        RelayProcess.API_KEY,
                        SECRET,
                        OPEN,
                        Tokens.operatorLine("drill", "operator", OPERATOR),
                        metrics))));
        return target("127.0.0.1:" + metrics, "node: " + name + ", colour: blue");
    }

    /// Makes a certificate for [#CERTIFIED], instead of the one that it has; the relay takes it up by itself.
    Certificate certificate(int days) throws Exception {
        Path files = Files.createDirectories(folder.resolve("certificate")).toAbsolutePath();
        return Certificate.selfSigned(files, days);
    }

    private String backends(Drill drill) {
        boolean first = drill.fault().kind().equals(Faults.CERTIFICATE);
        StringBuilder lines = new StringBuilder();
        relays.forEach((name, relay) -> {
            String tls = first && name.equals(CERTIFIED) ? " ssl verify none" : "";
            lines.append("    server %s 127.0.0.1:%d%s\n".formatted(name, relay.port(), tls));
        });
        return lines.toString().stripTrailing().stripLeading();
    }

    private List<String> redisTargets(String through) {
        List<String> addresses = sentinels
                .map(RedisSentinels::data)
                .orElseGet(() -> List.of(redis.orElseThrow().address()));
        List<String> targets = new ArrayList<>();
        for (String address : addresses) {
            targets.add(target(address, through + ", node: redis-" + (targets.size() + 1) + ", shard: main"));
        }
        return targets;
    }

    private static String target(String address, String labels) {
        return "- {targets: ['" + address + "'], labels: {" + labels + "}}\n";
    }

    private void write(String job, List<String> targets) throws IOException {
        Path file = Files.createDirectories(folder.resolve("targets")).resolve(job + ".yaml");
        Files.writeString(file, targets.isEmpty() ? "[]\n" : String.join("", targets), UTF_8);
    }

    private void files() throws IOException {
        Path rules = Files.createDirectories(folder.resolve("rules"));
        try (Stream<Path> files = Files.list(monitoring.resolve("prometheus/rules"))) {
            for (Path file : files.toList()) {
                Files.writeString(rules.resolve(file.getFileName()), Haste.rules(Files.readString(file)));
            }
        }
        Files.writeString(
                folder.resolve("prometheus.yml"),
                Haste.config(Files.readString(monitoring.resolve("prometheus/prometheus.yml"))));
    }

    /// Who takes notifications, and does nothing with them.
    private int receiver() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        all.push(() -> server.stop(0));
        return server.getAddress().getPort();
    }

    /// That of production: what it mutes is muted here, too.
    private String alertmanagerConfig(int receiver) throws IOException {
        return Files.readString(monitoring.resolve("alertmanager/alertmanager.yml"))
                .replaceAll("(?m)^\\s+authorization:\\n\\s+credentials_file: .*\\n", "")
                .replaceAll("(?m)^  http_config:\\n", "")
                .replace("127.0.0.1:9095", "127.0.0.1:" + receiver);
    }

    Map<String, RelayProcess> relays() {
        return Map.copyOf(relays);
    }

    /// @throws DrillException if there is none of this name
    RelayProcess relay(String name) {
        RelayProcess relay = relays.get(name);
        if (relay == null) {
            throw new DrillException("there is no relay '" + name + "' in the drill's cluster");
        }
        return relay;
    }

    Optional<RedisSentinels> sentinels() {
        return sentinels;
    }

    /// The one Redis, or the one that was the master at the start.
    RedisServer master() {
        return redis.orElseGet(() -> sentinels.orElseThrow().master());
    }

    FaultProxy wayToRedis() {
        return proxy.orElseThrow(() -> new DrillException("only a single Redis has a way that can be made slow"));
    }

    Path folder() {
        return folder;
    }

    /// Where clients and back ends go, as in `http://127.0.0.1:8000`.
    public URI balancer() {
        return URI.create("http://127.0.0.1:" + clients);
    }

    /// The admin APIs of the relays.
    public List<URI> admins() {
        return relays.values().stream().map(RelayProcess::adminUri).toList();
    }

    public URI prometheus() {
        return prometheus.uri();
    }

    public URI alertmanager() {
        return alertmanager.uri();
    }

    /// Calls of the admin API, by whichever node answers first, for the operator `drill`.
    public AdminCalls admin() {
        return request -> {
            String query = request.query().entrySet().stream()
                    .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining("&"));
            String last = "no node answers";
            for (URI node : admins()) {
                HttpRequest call = HttpRequest.newBuilder(
                                node.resolve(request.path() + (query.isEmpty() ? "" : "?" + query)))
                        .timeout(Duration.ofSeconds(5))
                        .header("Authorization", "Bearer " + OPERATOR)
                        .header("Content-Type", "application/json")
                        .method(
                                request.method(),
                                request.body()
                                        .map(body -> BodyPublishers.ofString(body.toString()))
                                        .orElseGet(BodyPublishers::noBody))
                        .build();
                try {
                    HttpResponse<String> answer = http.send(call, BodyHandlers.ofString());
                    JsonNode json = JSON.readTree(answer.body());
                    if (answer.statusCode() != 200) {
                        throw new RunbookException(json.at("/error/message").asText("status " + answer.statusCode()));
                    }
                    return json;
                } catch (IOException e) {
                    last = node + ": " + e.getClass().getSimpleName();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    throw new RunbookException("interrupted");
                }
            }
            throw new RunbookException(last);
        };
    }

    /// As a cluster of production would: more than real users behind one address need, and less than a flood.
    private void limitAddresses() {
        ObjectNode rule = JSON.createObjectNode()
                .put("operation", "handshake")
                .put("scope", "ip")
                .put("rate", 20)
                .put("burst", 100);
        admin().call(new AdminCalls.Request("PUT", "/v1/limits/handshakes", Map.of(), Optional.of(rule)));
    }

    /// A token that lets a user connect.
    static String token(String user) {
        return Tokens.client(SECRET, user, Duration.ofHours(1));
    }

    /// The last one first.
    @Override
    public void close() {
        for (AutoCloseable part : all) {
            try {
                part.close();
            } catch (Exception e) {
                throw new DrillException("a part of the cluster does not end: " + e.getMessage(), e);
            }
        }
    }
}
