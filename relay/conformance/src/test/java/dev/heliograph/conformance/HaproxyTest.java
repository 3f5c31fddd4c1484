package dev.heliograph.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.connections.Row;
import dev.heliograph.testkit.Certificate;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A relay behind a real HAProxy knows the address of its client, here 127.0.0.5.
class HaproxyTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String CLIENT = "127.0.0.5";

    private static final String DEFAULTS = """
            defaults
                timeout connect 5s
                timeout client 30s
                timeout server 30s
                timeout tunnel 30s
            """;

    @TempDir
    private Path folder = Path.of("");

    private static Relay relay(String listen) {
        return Relay.start(RelayConfig.parse("""
                http_server: {address: 127.0.0.1, port: 0, trusted_proxies: 127.0.0.1, %s}
                client: {allow_anonymous_connect_without_token: true}
                """.formatted(listen)));
    }

    /// Connects with further lines in the handshake, and asks the relay from where.
    private static void assertSeen(Relay relay, RawSocket socket, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of(headers));
        lines.addAll(List.of(
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        String head = socket.handshake(lines.toArray(String[]::new));
        assertThat(head).startsWith("HTTP/1.1 101");
        socket.text("{\"id\":1,\"connect\":{}}");
        assertThat(socket.read().orElseThrow().text()).contains("\"connect\"");
        assertThat(relay.connections().list("", 10, "").rows())
                .singleElement()
                .extracting(Row::address)
                .isEqualTo(CLIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2", "send-proxy-v2 proxy-v2-options unique-id,crc32c"})
    void itSaysSoInThePROXYHeader(String option) throws Exception {
        try (Relay relay = relay("proxy_protocol: required");
                Haproxy haproxy = Haproxy.start(folder, port -> DEFAULTS + """
                        listen relay
                            mode tcp
                            bind 127.0.0.1:%d
                            unique-id-format %%rt
                            server one 127.0.0.1:%d %s
                        """.formatted(port, relay.port(), option));
                RawSocket socket = RawSocket.from(CLIENT, haproxy.port(), null)) {
            assertSeen(relay, socket, "X-Forwarded-For: 192.0.2.66");
        }
    }

    @Test
    void inFrontOfTlsToo() throws Exception {
        Certificate certificate = Certificate.selfSigned(folder);
        try (Relay relay = relay("proxy_protocol: required, tls: {enabled: true, cert_pem: " + certificate.certificate()
                        + ", key_pem: " + certificate.key() + "}");
                Haproxy haproxy = Haproxy.start(folder, port -> DEFAULTS + """
                        listen relay
                            mode tcp
                            bind 127.0.0.1:%d
                            server one 127.0.0.1:%d send-proxy-v2
                        """.formatted(port, relay.port()));
                RawSocket socket = RawSocket.from(CLIENT, haproxy.port(), certificate.trusting())) {
            assertSeen(relay, socket);
        }
    }

    @Test
    void orInXForwardedForWhateverTheClientSaysThere() throws Exception {
        try (Relay relay = relay("forwarded_header: x-forwarded-for");
                Haproxy haproxy = Haproxy.start(folder, port -> DEFAULTS + """
                        listen relay
                            mode http
                            option forwardfor
                            bind 127.0.0.1:%d
                            server one 127.0.0.1:%d
                        """.formatted(port, relay.port()));
                RawSocket socket = RawSocket.from(CLIENT, haproxy.port(), null)) {
            assertSeen(relay, socket, "X-Forwarded-For: 192.0.2.66", "Forwarded: for=192.0.2.67");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"send-proxy", "send-proxy-v2"})
    void itsHealthChecksComeThrough(String option) throws Exception {
        AtomicReference<String> stats = new AtomicReference<>("");
        try (Relay relay = relay("proxy_protocol: required");
                Haproxy haproxy = Haproxy.start(folder, port -> DEFAULTS + """
                        listen relay
                            mode http
                            option httpchk
                            http-check send meth GET uri /health/ready ver HTTP/1.1 hdr Host relay
                            http-check expect status 200
                            bind 127.0.0.1:%d
                            stats enable
                            stats uri /stats
                            server one 127.0.0.1:%d %s check check-send-proxy inter 200ms
                        """.formatted(port, relay.port(), option))) {
            await().atMost(LONG).until(() -> {
                try (RawSocket socket = new RawSocket(haproxy.port(), null)) {
                    stats.set(socket.get("/stats;csv"));
                }
                return stats.get().contains("L7OK");
            });
            assertThat(stats.get()).contains(",UP,");
        }
    }
}
