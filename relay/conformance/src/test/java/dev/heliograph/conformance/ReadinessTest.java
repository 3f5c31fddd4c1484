package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.Request;
import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.testkit.RedisServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Readiness is red while a node can serve nothing, and only then.
class ReadinessTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static String health(Relay relay, String kind) {
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + relay.port() + "/health/" + kind))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitReady(Relay relay, String expected) {
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(health(relay, "ready")).isEqualTo(expected));
    }

    @Test
    void aNodeByItselfIsReady() {
        try (Relay relay = Relay.start(RelayConfig.parse("http_server: {address: 127.0.0.1, port: 0}"))) {
            assertThat(health(relay, "ready")).isEqualTo("200 {\"status\":\"up\",\"channels\":\"up\"}");
            assertThat(health(relay, "live")).isEqualTo("200 {\"status\":\"up\"}");
        }
    }

    @Test
    void aNodeIsReadyAsLongAsOneRedisIsThereAndItsConnectionsStayAnyway() throws Exception {
        try (RedisServer one = RedisServer.start();
                RedisServer two = RedisServer.start();
                Relay relay = Relay.start(RelayConfig.parse("""
                        http_server: {address: 127.0.0.1, port: 0}
                        client: {insecure: true}
                        broker: {type: redis, redis: {address: ["%s", "%s"], timeout: 1s}}
                        """.formatted(one.address(), two.address())))) {
            awaitReady(relay, "200 {\"status\":\"up\",\"channels\":\"up\"}");
            try (WireClient client = WireClient.connected(relay.port(), Encoding.JSON)) {
                one.kill();
                awaitReady(relay, "200 {\"status\":\"up\",\"channels\":\"partly\"}");
                two.kill();
                awaitReady(relay, "503 {\"status\":\"down\",\"channels\":\"down\"}");
                assertThat(health(relay, "live")).isEqualTo("200 {\"status\":\"up\"}");
                assertThat(client.call(Request.Subscribe.to("a"))).isInstanceOf(Reply.Failed.class);

                two.restart();
                awaitReady(relay, "200 {\"status\":\"up\",\"channels\":\"partly\"}");
                one.restart();
                awaitReady(relay, "200 {\"status\":\"up\",\"channels\":\"up\"}");
                await().atMost(LONG).until(() -> client.call(Request.Subscribe.to("a")) instanceof Reply.Ok);
            }
        }
    }
}
