package dev.heliograph.runbook.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.heliograph.runbook.ActionKind;
import dev.heliograph.runbook.Measure;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.cluster.AdminCalls.Request;
import dev.heliograph.runbook.run.Change;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ClusterToolsTest {

    private static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");
    private static final JsonMapper JSON = new JsonMapper();

    private final List<Request> asked = new ArrayList<>();
    private String answer = "{}";
    private final ClusterTools tools = tools(Optional.empty());

    private ClusterTools tools(Optional<Metrics> metrics) {
        return new ClusterTools(
                request -> {
                    asked.add(request);
                    return json(answer);
                },
                metrics,
                Optional.of(() -> List.of("Flood", "Flood", "Watchdog")),
                Optional.empty(),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBanIsProposedByADryRunAndMadeWithItsReasonAndEnd() {
        answer = "{\"dry_run\":true,\"preview\":{\"matching\":312,\"hit\":312,\"examples\":[]}}";
        Change ban = tools.propose(
                ActionKind.IP_RULE_PUT,
                Map.of("cidr", "203.0.113.0/24", "kind", "ban", "expires_in", "1h"),
                "runbook flood, step ban");
        assertThat(ban.title()).isEqualTo("Ban 203.0.113.0/24");
        assertThat(ban.effects()).containsExactly("312 connections hit now.");
        assertThat(ban.make("").sentence()).isEqualTo("Banned 203.0.113.0/24; 312 connections hit now.");
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst().query()).isEqualTo(Map.of("dry_run", "true", "reason", "runbook flood, step ban"));
        assertThat(asked.getLast().query()).isEqualTo(Map.of("reason", "runbook flood, step ban"));
        assertThat(asked.getLast().body().orElseThrow())
                .isEqualTo(json("{\"cidr\":\"203.0.113.0/24\",\"kind\":\"ban\",\"expires_at\":"
                        + NOW.plusSeconds(3_600).toEpochMilli() + "}"));
    }

    @Test
    void tokensAreRevokedByJtiOrByUserAndTakenBackById() {
        answer = "{\"id\":\"user:ann\",\"preview\":{\"matching\":3,\"hit\":1,\"examples\":[]}}";
        Change revocation =
                tools.propose(ActionKind.REVOCATION_PUT, Map.of("user", "ann", "expires_in", "1h"), "stolen");
        assertThat(revocation.title()).isEqualTo("Revoke the tokens of ann");
        assertThat(revocation.make("").sentence()).isEqualTo("Revoked the tokens of ann; 1 connection hit now.");
        assertThat(asked.getLast().path()).isEqualTo("/v1/revocations");
        assertThat(asked.getLast().body().orElseThrow())
                .isEqualTo(json("{\"user\":\"ann\",\"expires_at\":"
                        + NOW.plusSeconds(3_600).toEpochMilli() + "}"));
        tools.propose(ActionKind.REVOCATION_PUT, Map.of("jti", "t1"), "").make("");
        assertThat(asked.getLast().body().orElseThrow()).isEqualTo(json("{\"jti\":\"t1\"}"));
        tools.propose(ActionKind.REVOCATION_DELETE, Map.of("id", "user:ann"), "")
                .make("");
        assertThat(asked.getLast().method()).isEqualTo("DELETE");
        assertThat(asked.getLast().query()).containsEntry("id", "user:ann");
        for (Map<String, String> wrong : List.of(Map.<String, String>of(), Map.of("jti", "t1", "user", "ann"))) {
            assertThatThrownBy(() -> tools.propose(ActionKind.REVOCATION_PUT, wrong, ""))
                    .hasMessage("Either a jti or a user is needed.");
        }
    }

    @Test
    void revocationsAreSeenAndCountedByTheirWholeId() {
        answer = "{\"revocations\":[{\"id\":\"user:ann\",\"hits\":4,\"reason\":\"stolen\"},"
                + "{\"id\":\"user:anna\",\"hits\":0,\"reason\":\"\"}],\"more\":false}";
        assertThat(tools.measure(Measure.REVOCATIONS, List.of("user:ann"))).isEqualTo(1);
        assertThat(tools.measure(Measure.REVOCATIONS, List.of("user:an"))).isZero();
        assertThat(tools.look(ActionKind.REVOCATION_LIST, Map.of("text", "ann")).rows())
                .containsExactly(List.of("user:ann", "–", "4", "stolen"), List.of("user:anna", "–", "0", ""));
        assertThat(asked.getLast().query()).containsEntry("text", "ann");
    }

    @Test
    void aTestMessageIsJson() {
        Change message = tools.propose(
                ActionKind.CHANNEL_PUBLISH, Map.of("channel", "probe:x", "data", "{\"text\":\"are you there?\"}"), "");
        assertThat(message.title()).isEqualTo("Publish a test message to probe:x");
        assertThat(message.make("").sentence()).isEqualTo("Published a test message to probe:x");
        assertThat(asked.getLast().path()).isEqualTo("/v1/channel/publish");
        assertThat(asked.getLast().body().orElseThrow())
                .isEqualTo(json("{\"channel\":\"probe:x\",\"data\":{\"text\":\"are you there?\"}}"));
        for (String wrong : List.of("hello", "{} {}")) {
            assertThatThrownBy(() ->
                            tools.propose(ActionKind.CHANNEL_PUBLISH, Map.of("channel", "probe:x", "data", wrong), ""))
                    .hasMessage("'" + wrong + "' is no JSON");
        }
    }

    @Test
    void aNameIsOneSegmentOfAPath() {
        tools.propose(ActionKind.LIMIT_DELETE, Map.of("name", "../nodes?x=1"), "");
        assertThat(asked.getFirst().path()).isEqualTo("/v1/limits/..%2Fnodes%3Fx%3D1");
    }

    @Test
    void measuresAreNumbersOfTheApi() {
        answer =
                "{\"nodes\":[{\"name\":\"a\",\"id\":\"1\",\"clients\":7,\"cpu\":150,\"processors\":2,\"draining\":true},"
                        + "{\"name\":\"b\",\"id\":\"2\",\"clients\":5,\"cpu\":20,\"processors\":2,\"draining\":false}]}";
        assertThat(tools.measure(Measure.NODES, List.of())).isEqualTo(2);
        assertThat(tools.measure(Measure.DRAINING_NODES, List.of())).isEqualTo(1);
        assertThat(tools.measure(Measure.NODE_DRAINING, List.of("b"))).isZero();
        assertThat(tools.measure(Measure.NODE_CONNECTIONS, List.of("a"))).isEqualTo(7);
        assertThat(tools.measure(Measure.CPU, List.of())).isEqualTo(75);
        assertThat(tools.measure(Measure.ALERTS, List.of("Flood"))).isEqualTo(2);
    }

    @Test
    void whatIsNotConnectedSaysSo() {
        assertThatThrownBy(() -> tools.measure(Measure.PROMETHEUS, List.of("up")))
                .hasMessage("No Prometheus is connected.");
        assertThatThrownBy(() -> tools.propose(ActionKind.ANSIBLE_PLAYBOOK, Map.of("playbook", "deploy"), ""))
                .isInstanceOf(RunbookException.class)
                .hasMessageContaining("No playbooks are known here");
    }

    @Test
    void whatIsNoNumberOrTimeIsSaid() {
        assertThatThrownBy(() -> tools.propose(ActionKind.DRAIN_START, Map.of("node", "a", "per_second", "quick"), ""))
                .hasMessage("'quick' is no number");
        assertThatThrownBy(() -> tools.propose(
                        ActionKind.IP_RULE_PUT, Map.of("cidr", "::1", "kind", "ban", "expires_in", "soon"), ""))
                .hasMessage("'soon' is no time like 90s or 1h30m");
        assertThat(asked).isEmpty();
    }

    @Test
    void aPrometheusIsAskedOverItsApi() throws Exception {
        List<String> queries = new ArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.createContext("/api/v1/query", exchange -> {
            String query = URLDecoder.decode(
                    exchange.getRequestURI().getRawQuery().substring("query=".length()), StandardCharsets.UTF_8);
            queries.add(query);
            String body = switch (query) {
                case "up" -> """
                                {"data":{"resultType":"vector","result":[
                                {"metric":{"job":"a"},"value":[1,"1"]},{"metric":{"job":"b"},"value":[1,"0.25"]}]}}""";
                case "scalar(1)" -> """
                                {"data":{"resultType":"scalar","result":[1,"1"]}}""";
                case "broken" -> "{\"error\":\"parse error\"}";
                default -> "{\"data\":{\"resultType\":\"vector\",\"result\":[]}}";
            };
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(query.equals("broken") ? 400 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            ClusterTools asking = tools(Optional.of(new PrometheusMetrics(base, http)));
            assertThat(asking.measure(Measure.PROMETHEUS, List.of("up"))).isEqualTo(1);
            assertThat(asking.measure(Measure.PROMETHEUS, List.of("scalar(1)"))).isEqualTo(1);
            assertThat(asking.look(ActionKind.PROMETHEUS_QUERY, Map.of("query", "up"))
                            .rows())
                    .containsExactly(List.of("job=a", "1"), List.of("job=b", "0.2500"));
            assertThatThrownBy(() -> asking.measure(Measure.PROMETHEUS, List.of("absent_metric")))
                    .hasMessage("Prometheus has no value for absent_metric");
            assertThatThrownBy(() -> asking.measure(Measure.PROMETHEUS, List.of("broken")))
                    .hasMessage("Prometheus says: parse error");
        } finally {
            server.stop(0);
        }
    }
}
