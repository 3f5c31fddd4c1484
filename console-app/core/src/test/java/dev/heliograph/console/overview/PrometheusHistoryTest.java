package dev.heliograph.console.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.live.Points;
import dev.heliograph.testkit.PrometheusServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PrometheusHistoryTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final String EXPOSITION = """
        # TYPE heliograph_build_info gauge
        heliograph_build_info{version="1"} 1
        # TYPE heliograph_sessions gauge
        heliograph_sessions 42
        # TYPE heliograph_handshakes_total counter
        heliograph_handshakes_total{outcome="accepted"} 42
        heliograph_handshakes_total{outcome="origin"} 0
        # TYPE process_cpu_seconds_total counter
        process_cpu_seconds_total 12
        # TYPE heliograph_delivery_delay_seconds histogram
        heliograph_delivery_delay_seconds_bucket{le="0.01"} 5
        heliograph_delivery_delay_seconds_bucket{le="+Inf"} 5
        heliograph_delivery_delay_seconds_sum 0.02
        heliograph_delivery_delay_seconds_count 5
        """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final HttpServer server = serve();
    private String body = "";
    private String asked = "";

    private HttpServer serve() {
        try {
            HttpServer made = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.createContext("/", exchange -> {
                asked = exchange.getRequestURI().getQuery();
                String answer = exchange.getRequestURI().getPath().equals("/metrics") ? EXPOSITION : body;
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, bytes.length);
                exchange.getResponseBody().write(bytes);
                exchange.close();
            });
            made.start();
            return made;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void close() {
        server.stop(0);
        http.close();
    }

    private History.Lines lastHour(Figure figure) {
        return new PrometheusHistory(uri(), "job=\"relays\"", http)
                .read(figure, NOW.minus(Duration.ofHours(1)), NOW, 120);
    }

    @Test
    void readsALineForEachNodeAndKeepsGaps() {
        long first = NOW.minus(Duration.ofHours(1)).getEpochSecond();
        body = """
            {"status":"success","data":{"resultType":"matrix","result":[
            {"metric":{"instance":"10.0.0.1:9464"},"values":[[%d,"1.5"],[%d,"NaN"],[%d,"3"]]},
            {"metric":{"instance":"10.0.0.2:9464","node":"n2"},"values":[[%d,"7"]]}]}}\
            """.formatted(first, first + 30, first + 60, first);

        History.Lines lines = lastHour(Figure.DELIVERIES);

        assertThat(lines.nodes()).containsOnlyKeys("10.0.0.1:9464", "n2");
        Points points = line(lines, "10.0.0.1:9464");
        assertThat(points.step()).isEqualTo(Duration.ofSeconds(30));
        assertThat(points.list()).hasSize(121);
        assertThat(points.list().subList(0, 4))
                .extracting(Points.Point::isGap)
                .containsExactly(false, true, false, true);
        assertThat(points.list().get(2).mean()).isEqualTo(3);
        assertThat(asked).contains("heliograph_deliveries_total{job=\"relays\"}[60s]");
    }

    @Test
    void whatPrometheusRefusesIsToldWithItsReason() {
        body = "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}";

        assertThatThrownBy(() -> lastHour(Figure.CPU))
                .isInstanceOf(AdminException.class)
                .hasMessage("Prometheus refuses the query: parse error.");
    }

    @Test
    void somethingElseThatAnswersIsNoPrometheus() {
        body = "<html>";
        assertThatThrownBy(() -> lastHour(Figure.CPU)).hasMessageContaining("not as a Prometheus");
        body = "{\"status\":\"success\"}";
        assertThatThrownBy(() -> lastHour(Figure.CPU)).hasMessageContaining("not as a Prometheus");
    }

    @Test
    void aPrometheusThatIsAwayIsToldByItsAddress() {
        URI address = uri();
        server.stop(0);

        assertThatThrownBy(() -> new PrometheusHistory(address, "", http).read(Figure.CPU, NOW, NOW, 10))
                .hasMessage(address + " does not answer.");
    }

    @Test
    void everyFigureIsUnderstoodByARealPrometheus() {
        int port = server.getAddress().getPort();
        try (PrometheusServer prometheus =
                PrometheusServer.start(List.of(new PrometheusServer.Target(port, Map.of("node", "n1"))))) {
            History history = new PrometheusHistory(prometheus.uri(), "job=\"heliograph\"", http);
            await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> {
                Instant now = Instant.now();
                History.Lines lines = history.read(Figure.CONNECTIONS, now.minusSeconds(300), now.plusSeconds(15), 100);
                assertThat(line(lines, "n1").last()).contains(42.0);
            });
            Instant now = Instant.now();
            for (Figure figure : Figure.values()) {
                history.read(figure, now.minusSeconds(300), now, 100);
            }
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> !history.read(
                                    Figure.CPU,
                                    Instant.now().minusSeconds(60),
                                    Instant.now().plusSeconds(15),
                                    100)
                            .cluster()
                            .isEmpty());
        }
    }

    private static Points line(History.Lines lines, String node) {
        return lines.nodes().getOrDefault(node, Points.NONE);
    }
}
