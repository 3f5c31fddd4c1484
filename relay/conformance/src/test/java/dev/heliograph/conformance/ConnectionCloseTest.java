package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever asks for the end of the connection (`Connection: close`) gets it with the answer, on every port. A
/// connection that the relay leaves open fails its test by the read timeout of [RawSocket].
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionCloseTest {

    private Relay relay;

    @BeforeAll
    void start() {
        relay = Relay.start(RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0}
                http_api: {key: a-key}
                control: {directory: ''}
                metrics: {enabled: true, port: 0}
                admin: {enabled: true, port: 0}
                """));
    }

    @AfterAll
    void stop() {
        relay.close();
    }

    private int port(String name) {
        return switch (name) {
            case "metrics" -> relay.metricsPort().orElseThrow();
            case "admin" -> relay.adminPort().orElseThrow();
            default -> relay.port();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "clients, GET, /health/live, 200",
        "clients, POST, /api/info, 200",
        "clients, POST, /api/unknown, 404",
        "metrics, GET, /metrics, 200",
        "admin, GET, /v1/nodes, 401"
    })
    void theConnectionEndsBehindTheAnswer(String port, String method, String path, int status) throws IOException {
        try (RawSocket socket = new RawSocket(port(port), null)) {
            socket.write("""
                    %s %s HTTP/1.1\r
                    Host: a\r
                    X-API-Key: a-key\r
                    Connection: close\r
                    Content-Length: 2\r
                    \r
                    {}""".formatted(method, path).getBytes(US_ASCII));
            assertThat(socket.head())
                    .startsWith("HTTP/1.1 " + status)
                    .containsIgnoringCase("\r\nConnection: close\r\n");
            socket.awaitEnd();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Close", "keep-alive, close", "x,CLOSE"})
    void inWhateverWayItIsAsked(String header) throws IOException {
        try (RawSocket socket = new RawSocket(relay.port(), null)) {
            socket.write(
                    ("GET /health/live HTTP/1.1\r\nHost: a\r\nConnection: " + header + "\r\n\r\n").getBytes(US_ASCII));
            assertThat(socket.head()).startsWith("HTTP/1.1 200");
            socket.awaitEnd();
        }
    }

    @Test
    void otherConnectionsStayOpen() throws IOException {
        try (RawSocket socket = new RawSocket(relay.port(), null)) {
            for (int i = 0; i < 3; i++) {
                socket.write("GET /nothing HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n".getBytes(US_ASCII));
                assertThat(socket.head()).contains("HTTP/1.1 404").doesNotContainIgnoringCase("connection: close");
                // Its body is read as a part of the next head.
            }
        }
    }
}
