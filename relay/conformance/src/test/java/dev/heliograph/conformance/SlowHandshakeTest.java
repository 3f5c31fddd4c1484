package dev.heliograph.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.testkit.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Peers that do not finish their handshake (slow-loris) are cut off after `http_server.handshake_timeout`, however far
/// they came. A socket that the relay leaves open fails its test by the read timeout of [RawSocket].
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlowHandshakeTest {

    private Relay plain;
    private Relay secure;
    private Certificate certificates;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        plain = Relay.start(
                RelayConfig.parse("http_server: {address: 127.0.0.1, port: 0, handshake_timeout: 300ms}\n"));
        certificates = Certificate.selfSigned(folder);
        // The certificate is in the configuration itself, as environment variables hold it.
        Path file = Files.writeString(folder.resolve("relay.yaml"), """
                http_server: {address: 127.0.0.1, port: 0, handshake_timeout: 300ms, tls: {enabled: true}}
                """);
        secure = Relay.start(RelayConfig.load(
                Optional.of(file),
                Map.of(
                        "HELIOGRAPH_HTTP_SERVER_TLS_CERT_PEM", oneLine(certificates.certificate()),
                        "HELIOGRAPH_HTTP_SERVER_TLS_KEY_PEM", oneLine(certificates.key()))));
    }

    private static String oneLine(Path pem) throws IOException {
        return Files.readString(pem).replace("\n", "\\n");
    }

    @AfterAll
    void stop() {
        plain.close();
        secure.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "G", "GET / HTTP/1.1\r\n", "GET /connection/websocket HTTP/1.1\r\nHost: a\r\nX-A: b"})
    void aHeadThatDoesNotEnd(String start) throws IOException {
        try (RawSocket socket = new RawSocket(plain.port(), null)) {
            socket.write(start.getBytes(UTF_8));
            socket.awaitEnd();
        }
        try (RawSocket socket = new RawSocket(secure.port(), certificates.trusting())) {
            socket.write(start.getBytes(UTF_8));
            socket.awaitEnd();
        }
    }

    @Test
    void aTlsHandshakeThatDoesNotBegin() throws IOException {
        try (RawSocket socket = new RawSocket(secure.port(), null)) {
            socket.awaitEnd();
        }
    }

    @Test
    void aTlsHandshakeThatDoesNotEnd() throws IOException {
        try (RawSocket socket = new RawSocket(secure.port(), null)) {
            // The header of a record of 512 bytes, and the first of a ClientHello.
            socket.write(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xFC, 3, 3});
            socket.awaitEnd();
        }
    }

    @Test
    void aSecondRequestThatDoesNotEnd() throws IOException {
        try (RawSocket socket = new RawSocket(plain.port(), null)) {
            socket.write(
                    "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\nGET /health/live HTTP/1.1\r\nHost".getBytes(US_ASCII));
            assertThat(socket.head()).startsWith("HTTP/1.1 200");
            socket.awaitEnd();
        }
    }

    @Test
    void whoIsInTimeStays() throws IOException {
        try (RawSocket socket = new RawSocket(secure.port(), certificates.trusting()).upgraded();
                RawSocket later = new RawSocket(secure.port(), null)) {
            // Opened after the first, and cut off: the first one's deadline has passed.
            later.awaitEnd();
            socket.write(RawSocket.masked(0x80 | RawSocket.PING, new byte[] {7}, 1));
            assertThat(socket.read().orElseThrow().opcode()).isEqualTo(RawSocket.PONG);
        }
    }
}
