package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Peers that are slow to ask, or send too much, at the ports beside that of the clients. A socket that the
/// relay leaves open fails its test by the read timeout of [RawSocket].
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostilePeersTest {

    /// The ports, and a path that each serves.
    private enum Port {
        METRICS("/metrics", "HTTP/1.1 200"),
        ADMIN("/v1/nodes", "HTTP/1.1 401");

        private final String path;
        private final String answer;

        Port(String path, String answer) {
            this.path = path;
            this.answer = answer;
        }

        int of(Relay relay) {
            return (this == METRICS ? relay.metricsPort() : relay.adminPort()).orElseThrow();
        }
    }

    private Relay relay;

    @BeforeAll
    void start() {
        relay = Relay.start(RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0, handshake_timeout: 300ms}
                control: {directory: ''}
                metrics: {enabled: true, port: 0}
                admin: {enabled: true, port: 0}
                """));
    }

    @AfterAll
    void stop() {
        relay.close();
    }

    private RawSocket socket(Port port) throws IOException {
        return new RawSocket(port.of(relay), null);
    }

    private void assertServes(Port port) throws IOException {
        try (RawSocket socket = socket(port)) {
            assertThat(ask(socket, port)).startsWith(port.answer);
        }
    }

    private static String ask(RawSocket socket, Port port) throws IOException {
        socket.write(("GET " + port.path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(US_ASCII));
        return socket.head();
    }

    @ParameterizedTest
    @EnumSource
    void whoDoesNotFinishAHeadIsCutOff(Port port) throws IOException {
        for (String start : List.of("", "G", "GET " + port.path + " HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\nX-")) {
            try (RawSocket socket = socket(port)) {
                socket.write(start.getBytes(US_ASCII));
                socket.awaitEnd();
            }
        }
        assertServes(port);
    }

    @ParameterizedTest
    @EnumSource
    void whoSendsAHeadByteByByteIsCutOff(Port port) throws Exception {
        try (RawSocket socket = socket(port)) {
            Thread drip = Thread.ofVirtual().start(() -> {
                try {
                    socket.write("GET / HTTP/1.1\r\nX: ".getBytes(US_ASCII));
                    // Ends when the relay has closed the connection, or when this thread is told to.
                    while (!Thread.currentThread().isInterrupted()) {
                        socket.write(new byte[] {'x'});
                        Thread.sleep(20);
                    }
                } catch (IOException | InterruptedException _) {
                    // Cut off, as it should be.
                }
            });
            socket.awaitEnd();
            drip.interrupt();
            drip.join();
        }
        assertServes(port);
    }

    @ParameterizedTest
    @EnumSource
    void aSecondHeadThatDoesNotEndIsCutOff(Port port) throws IOException {
        try (RawSocket socket = socket(port)) {
            assertThat(ask(socket, port)).startsWith(port.answer);
            socket.write("GET / HTTP/1.1\r\nHost".getBytes(US_ASCII));
            socket.awaitEnd();
        }
    }

    @ParameterizedTest
    @EnumSource
    void manySilentPeersKeepNobodyOut(Port port) throws IOException {
        List<RawSocket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 200; i++) {
                silent.add(socket(port));
            }
            assertServes(port);
            for (RawSocket each : silent) {
                each.awaitEnd();
            }
        } finally {
            for (RawSocket each : silent) {
                each.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHeadThatIsTooLongIsRefused(Port port) throws IOException {
        for (String head : List.of(
                "GET " + port.path + " HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(100_000) + "\r\n\r\n",
                "GET " + port.path + " HTTP/1.1\r\n" + "X-A: 1\r\n".repeat(10_000) + "\r\n",
                "GET /" + "p".repeat(100_000) + " HTTP/1.1\r\nHost: a\r\n\r\n")) {
            try (RawSocket socket = socket(port)) {
                String answer;
                try {
                    socket.write(head.getBytes(US_ASCII));
                    answer = socket.head();
                } catch (IOException _) {
                    // It had refused before it had all.
                    answer = "";
                }
                assertThat(answer)
                        .doesNotStartWith(port.answer)
                        .satisfiesAnyOf(
                                it -> assertThat(it).isEmpty(),
                                it -> assertThat(it).startsWith("HTTP/1.1 4"));
            }
        }
        assertServes(port);
    }

    @Test
    void aNewDeadlineHoldsAtBothPorts() throws IOException {
        String yaml = """
                http_server: {address: 127.0.0.1, port: 0, handshake_timeout: %s}
                control: {directory: ''}
                metrics: {enabled: true, port: 0}
                admin: {enabled: true, port: 0}
                """;
        // Longer than a test's socket waits.
        try (Relay patient = Relay.start(RelayConfig.parse(yaml.formatted("1h")))) {
            patient.reload(RelayConfig.parse(yaml.formatted("300ms")));
            for (Port port : Port.values()) {
                try (RawSocket socket = new RawSocket(port.of(patient), null)) {
                    socket.write("GET ".getBytes(US_ASCII));
                    socket.awaitEnd();
                }
            }
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefusedByTheMetricsPort() throws IOException {
        try (RawSocket socket = socket(Port.METRICS)) {
            socket.write("POST /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\nx".getBytes(US_ASCII));
            assertThat(socket.head()).startsWith("HTTP/1.1 4");
        }
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertServes(Port.METRICS));
    }
}
