package dev.heliograph.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.heliograph.fleet.Observation.Load;
import dev.heliograph.fleet.Observation.Peak;
import dev.heliograph.fleet.RelayNode.State;
import dev.heliograph.runbook.cluster.PrometheusMetrics;
import dev.heliograph.testkit.FreePort;
import dev.heliograph.testkit.MonitoringProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrometheusViewTest {

    private static final InetAddress LOCAL = InetAddress.ofLiteral("127.0.0.1");

    private static HttpServer serve(int port, String path, Function<String, String> answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(LOCAL, port), 0);
        server.createContext(path, exchange -> {
            String query = exchange.getRequestURI().getQuery();
            byte[] bytes =
                    answer.apply(query == null ? "" : query.replace('+', ' ')).getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    /// A Prometheus that has one relay, and for what is missing no series.
    private static Observation view(String missing, String replaced, String by) throws IOException {
        HttpServer server = serve(0, "/api/v1/query", query -> {
            String value = query.contains("timestamp(")
                    ? "3"
                    : query.contains("count_over_time") ? "60" : query.contains("deploy_lock") ? "0" : "1";
            if (!replaced.isEmpty() && query.contains(replaced)) {
                value = by;
            }
            String series = !missing.isEmpty() && query.contains(missing)
                    ? ""
                    : "{\"metric\":{\"node\":\"relay1-blue\",\"colour\":\"blue\"},\"value\":[1,\"" + value + "\"]}";
            return "{\"data\":{\"resultType\":\"vector\",\"result\":[" + series + "]}}";
        });
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
            return new PrometheusView(new PrometheusMetrics(base, http), Duration.ofSeconds(900)).get();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void allOfItIsALoad() throws IOException {
        assertThat(view("", "", ""))
                .isEqualTo(new Load(
                        List.of(new RelayNode("relay1-blue", "relay1", "blue", State.DRAINS, 1, 1, 1)),
                        Optional.of(new Peak(1, 1)),
                        false));
        assertThat(view("", "deploy_lock", "1"))
                .extracting(seen -> ((Load) seen).deployLocked())
                .isEqualTo(true);
        assertThat(view("deploy_lock", "", ""))
                .extracting(seen -> ((Load) seen).deployLocked())
                .isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up{| Prometheus knows no relay",
                "timestamp(| Prometheus has no time of its last answer of relay1-blue",
                "node, colour) (heliograph_connections| Prometheus has no number of connections of relay1-blue",
                "process_cpu_usage| Prometheus has no share of processors of relay1-blue",
                "heliograph_draining| Prometheus has no word on whether it drains of relay1-blue",
                "heliograph_connection_limit| Prometheus has no limit of connections of relay1-blue",
            })
    void whatIsMissingIsNotGuessed(String missing, String why) throws IOException {
        assertThat(view(missing, "", "")).isEqualTo(new Observation.Unknown(why));
    }

    @Test
    void whatIsOldOrNoNumberIsNotReliedOn() throws IOException {
        assertThat(view("", "timestamp(", "61"))
                .isEqualTo(new Observation.Unknown("Prometheus has not looked at relay1-blue for 61 s"));
        assertThat(view("", "timestamp(", "60")).isInstanceOf(Load.class);
        assertThat(view("", "process_cpu_usage", "NaN"))
                .isEqualTo(new Observation.Unknown("Prometheus has no share of processors of relay1-blue"));
    }

    @Test
    void aPeakOfWhichTooLittleIsKnownIsNone() throws IOException {
        assertThat(((Load) view("", "count_over_time", "47")).peak()).isEmpty();
        assertThat(((Load) view("", "count_over_time", "48")).peak()).isPresent();
        assertThat(((Load) view("max_over_time((sum(heliograph", "", "")).peak())
                .isEmpty();
    }

    @Test
    void aPrometheusThatIsAwayIsNoReasonToFail() throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI base = URI.create("http://127.0.0.1:" + FreePort.find());
            assertThat(new PrometheusView(new PrometheusMetrics(base, http), Duration.ofSeconds(900)).get())
                    .isEqualTo(new Observation.Unknown("Prometheus at " + base + " does not answer: ConnectException"));
        }
    }

    /// That its queries mean what they are to mean, only a real one can tell.
    @Test
    void aRealPrometheusIsUnderstood(@TempDir Path folder) throws Exception {
        AtomicReference<String> first = new AtomicReference<>(relay(600, 300, 0.25, 0));
        HttpServer one = serve(0, "/metrics", _ -> first.get());
        HttpServer two = serve(0, "/metrics", _ -> relay(50, 0, 0.5, 1));
        HttpServer node = serve(0, "/metrics", _ -> "heliograph_deploy_lock 1\n");
        Path config = Files.writeString(folder.resolve("prometheus.yml"), """
            global: {scrape_interval: 1s, scrape_timeout: 1s}
            scrape_configs:
              - job_name: relay
                static_configs:
                  - {targets: ['127.0.0.1:%d'], labels: {node: relay1-blue, colour: blue}}
                  - {targets: ['127.0.0.1:%d'], labels: {node: relay2-blue, colour: blue}}
                  - {targets: ['127.0.0.1:%d'], labels: {node: relay3-blue, colour: blue}}
              - job_name: node
                static_configs:
                  - {targets: ['127.0.0.1:%d'], labels: {node: control}}
            """.formatted(
                        one.getAddress().getPort(),
                        two.getAddress().getPort(),
                        FreePort.find(),
                        node.getAddress().getPort()));
        try (MonitoringProgram prometheus = MonitoringProgram.prometheus(config, FreePort.find());
                HttpClient http = HttpClient.newHttpClient()) {
            PrometheusView view =
                    new PrometheusView(new PrometheusMetrics(prometheus.uri(), http), Duration.ofSeconds(4));
            Load load = until(view, each -> each.peak().isPresent() && each.deployLocked());
            assertThat(load.relays())
                    .containsExactlyInAnyOrder(
                            new RelayNode("relay1-blue", "relay1", "blue", State.SERVES, 900, 0.25, 20_000),
                            new RelayNode("relay2-blue", "relay2", "blue", State.DRAINS, 50, 0.5, 20_000),
                            new RelayNode("relay3-blue", "relay3", "blue", State.LOST, 0, 0, 0));
            assertThat(load.peak()).contains(new Peak(950, 0.75));
            first.set(relay(10, 0, 0.25, 0));
            load = until(view, each -> each.relays().stream().anyMatch(relay -> relay.connections() == 10));
            assertThat(load.peak().orElseThrow().connections()).isEqualTo(950);
            two.stop(0);
            load = until(view, each -> each.relays().stream().anyMatch(relay -> relay.is(State.LATELY_LOST)));
            assertThat(load.relays())
                    .extracting(RelayNode::name, RelayNode::state)
                    .contains(tuple("relay2-blue", State.LATELY_LOST));
            first.set("heliograph_connections 1\n");
            await().atMost(Duration.ofSeconds(30)).until(() -> view.get() instanceof Observation.Unknown);
        } finally {
            one.stop(0);
            two.stop(0);
            node.stop(0);
        }
    }

    private static Load until(PrometheusView view, Predicate<Load> condition) {
        AtomicReference<Load> found = new AtomicReference<>();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            if (view.get() instanceof Load load && condition.test(load)) {
                found.set(load);
                return true;
            }
            return false;
        });
        return found.get();
    }

    private static String relay(int json, int protobuf, double cpu, int draining) {
        return """
            heliograph_connections{encoding="json"} %d
            heliograph_connections{encoding="protobuf"} %d
            process_cpu_usage %s
            heliograph_draining %d
            heliograph_connection_limit 20000
            """.formatted(json, protobuf, cpu, draining);
    }
}
