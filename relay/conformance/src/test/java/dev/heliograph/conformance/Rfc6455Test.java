package dev.heliograph.conformance;

import static dev.heliograph.conformance.RawSocket.BINARY;
import static dev.heliograph.conformance.RawSocket.CLOSE;
import static dev.heliograph.conformance.RawSocket.PING;
import static dev.heliograph.conformance.RawSocket.PONG;
import static dev.heliograph.conformance.RawSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.Relay;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.testkit.Certificate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// RFC 6455 over raw sockets, on the event loops and on TLS: what a browser, a proxy or an attacker may send.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Rfc6455Test {

    private static final int FIN = 0x80;
    private static final int LIMIT = 64 * 1024;
    private static final String CONNECT = "{\"id\":1,\"connect\":{}}";
    private static final byte[] NOTHING = {};

    enum Line {
        EVENT_LOOP,
        TLS
    }

    private Relay plain;
    private Relay secure;
    private Certificate certificates;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        certificates = Certificate.selfSigned(folder);
        String client = "client: {insecure: true, allowed_origins: ['https://*.example.com']}\n";
        plain = Relay.start(RelayConfig.parse("http_server: {address: 127.0.0.1, port: 0}\n" + client));
        secure = Relay.start(RelayConfig.parse(
                "http_server: {address: 127.0.0.1, port: 0, tls: {enabled: true, cert_pem: '%s', key_pem: '%s'}}\n"
                                .formatted(certificates.certificate(), certificates.key())
                        + client));
    }

    @AfterAll
    void stop() {
        plain.close();
        secure.close();
    }

    private RawSocket socket(Line line) throws IOException {
        return line == Line.TLS
                ? new RawSocket(secure.port(), certificates.trusting())
                : new RawSocket(plain.port(), null);
    }

    private RawSocket open(Line line) throws IOException {
        return socket(line).upgraded();
    }

    // ---- opening handshake (section 4.2) ----

    @ParameterizedTest
    @EnumSource
    void upgradeNamesWebsocketInAnyCaseAndWithinAList(Line line) throws IOException {
        for (String upgrade : List.of("WebSocket", "WEBSOCKET", "websocket", "h2c, WebSocket", "WebSocket,foo")) {
            try (RawSocket socket = socket(line)) {
                assertThat(socket.handshake(
                                "upgrade: " + upgrade,
                                "connection: keep-alive, upgrade",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
                        .as(upgrade)
                        .startsWith("HTTP/1.1 101")
                        .containsIgnoringCase("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyThatIsNotBase64OfSixteenBytesGets400(Line line) throws IOException {
        for (String key : List.of("****", "c2hvcnQ=", "dGhlIHNhbXBsZSBub25jZQ", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")) {
            try (RawSocket socket = socket(line)) {
                assertThat(socket.handshake(
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: " + key))
                        .as(key)
                        .startsWith("HTTP/1.1 400");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherVersionGets426AndIsToldTheRightOne(Line line) throws IOException {
        try (RawSocket socket = socket(line)) {
            assertThat(socket.handshake(
                            "Upgrade: websocket",
                            "Connection: Upgrade",
                            "Sec-WebSocket-Version: 8",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
                    .startsWith("HTTP/1.1 426")
                    .containsIgnoringCase("Sec-WebSocket-Version: 13");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlainRequestGets426(Line line) throws IOException {
        try (RawSocket socket = socket(line)) {
            assertThat(socket.handshake("Accept: */*")).startsWith("HTTP/1.1 426");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForeignOriginGets403AndAnAllowedOnePasses(Line line) throws IOException {
        for (var each : List.of(
                List.of("https://evil.test", "403"),
                List.of("https://example.com.evil.test", "403"),
                List.of("https://App.example.com", "101"))) {
            try (RawSocket socket = socket(line)) {
                assertThat(socket.handshake(
                                "Upgrade: websocket",
                                "Connection: Upgrade",
                                "Origin: " + each.getFirst(),
                                "X-Heliograph-Origin: https://app.example.com",
                                "Sec-WebSocket-Version: 13",
                                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
                        .as(each.getFirst())
                        .startsWith("HTTP/1.1 " + each.getLast());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theSubprotocolIsEchoedAndPicksTheEncoding(Line line) throws IOException {
        try (RawSocket socket = socket(line)) {
            assertThat(socket.handshake(
                            "Upgrade: websocket",
                            "Connection: Upgrade",
                            "Sec-WebSocket-Protocol: centrifuge-protobuf",
                            "Sec-WebSocket-Version: 13",
                            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="))
                    .containsIgnoringCase("Sec-WebSocket-Protocol: centrifuge-protobuf");
            socket.frame(FIN | BINARY, new byte[] {4, 8, 1, 34, 0});
            assertThat(socket.read().orElseThrow().opcode()).isEqualTo(BINARY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void framesRightBehindTheHandshakeAreNotLost(Line line) throws IOException {
        try (RawSocket socket = socket(line)) {
            byte[] head =
                    ("GET /connection/websocket HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(UTF_8);
            byte[] frame = RawSocket.masked(FIN | TEXT, CONNECT.getBytes(UTF_8), CONNECT.length());
            byte[] both = Arrays.copyOf(head, head.length + frame.length);
            System.arraycopy(frame, 0, both, head.length, frame.length);
            socket.write(both);
            assertThat(socket.head()).startsWith("HTTP/1.1 101");
            assertThat(socket.read().orElseThrow().text()).contains("\"connect\"");
        }
    }

    // ---- framing (sections 5.2, 5.4, 5.5) ----

    @ParameterizedTest
    @EnumSource
    void pingsAreAnsweredWithTheirPayloadAlsoInsideAFragmentedMessage(Line line) throws IOException {
        try (RawSocket socket = open(line)) {
            socket.frame(FIN | PING, "hello".getBytes(UTF_8));
            RawSocket.Frame pong = socket.read().orElseThrow();
            assertThat(pong.opcode()).isEqualTo(PONG);
            assertThat(pong.text()).isEqualTo("hello");
            socket.frame(TEXT, CONNECT.substring(0, 5).getBytes(UTF_8));
            socket.frame(FIN | PING, new byte[125]);
            assertThat(socket.read().orElseThrow().payload()).hasSize(125);
            socket.frame(0, NOTHING);
            socket.frame(FIN, CONNECT.substring(5).getBytes(UTF_8));
            assertThat(socket.read().orElseThrow().text()).contains("\"connect\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void textSplitInsideACharacterOverTwoFramesIsWhole(Line line) throws IOException {
        byte[] text = "{\"id\":1,\"connect\":{\"name\":\"\u20ac\ud83d\ude00\"}}".getBytes(UTF_8);
        int inside = new String(text, UTF_8).indexOf('\u20ac') + 1;
        try (RawSocket socket = open(line)) {
            socket.frame(TEXT, Arrays.copyOf(text, inside));
            socket.frame(FIN, Arrays.copyOfRange(text, inside, text.length));
            assertThat(socket.read().orElseThrow().text()).contains("\"connect\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void textThatIsNotUtf8FailsAtItsFirstBadByte(Line line) throws IOException {
        try (RawSocket socket = open(line)) {
            // Of a frame of 100 bytes only 3 come, and the third one is wrong.
            socket.write(RawSocket.masked(TEXT, new byte[] {'a', (byte) 0xC0, (byte) 0xAF}, 100));
            assertThat(socket.awaitClose().closeCode()).isEqualTo(1007);
        }
        try (RawSocket socket = open(line)) {
            socket.frame(TEXT, new byte[] {(byte) 0xED});
            socket.write(RawSocket.masked(FIN, new byte[] {(byte) 0xA0}, 2));
            assertThat(socket.awaitClose().closeCode()).isEqualTo(1007);
        }
        try (RawSocket socket = open(line)) {
            socket.frame(FIN | TEXT, new byte[] {(byte) 0xE2, (byte) 0x82});
            assertThat(socket.awaitClose().closeCode()).isEqualTo(1007);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatTheRfcForbidsEndsWith1002(Line line) throws IOException {
        byte[] some = {1, 2, 3};
        byte[] unmasked = {(byte) (FIN | TEXT), 1, 'a'};
        List<List<byte[]>> cases = List.of(
                List.of(unmasked),
                List.of(RawSocket.masked(FIN | 0x40 | TEXT, some, 3)),
                List.of(RawSocket.masked(FIN | 0x20 | TEXT, some, 3)),
                List.of(RawSocket.masked(FIN | 0x10 | BINARY, some, 3)),
                List.of(RawSocket.masked(FIN | 3, some, 3)),
                List.of(RawSocket.masked(FIN | 7, some, 3)),
                List.of(RawSocket.masked(FIN | 0xB, some, 3)),
                List.of(RawSocket.masked(FIN | 0xF, some, 3)),
                List.of(RawSocket.masked(FIN | PING, new byte[126], 126)),
                List.of(RawSocket.masked(PING, some, 3)),
                List.of(RawSocket.masked(CLOSE, some, 3)),
                List.of(RawSocket.masked(FIN, some, 3)),
                List.of(RawSocket.masked(0, some, 3)),
                List.of(RawSocket.masked(TEXT, some, 3), RawSocket.masked(FIN | TEXT, some, 3)),
                List.of(RawSocket.masked(BINARY, some, 3), RawSocket.masked(BINARY, some, 3)),
                List.of(new byte[] {(byte) 0x82, (byte) 0xFF, (byte) 0x80, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4}),
                List.of(new byte[] {(byte) 0x82, (byte) 0xFE, 0, 5, 1, 2, 3, 4}));
        for (List<byte[]> each : cases) {
            try (RawSocket socket = open(line)) {
                for (byte[] bytes : each) {
                    socket.write(bytes);
                }
                assertThat(socket.awaitClose().closeCode())
                        .as(Arrays.toString(each.getLast()))
                        .isEqualTo(1002);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void oversizeIsRefusedBeforeItIsRead(Line line) throws IOException {
        try (RawSocket socket = open(line)) {
            socket.write(RawSocket.masked(FIN | TEXT, NOTHING, LIMIT + 1));
            assertThat(socket.awaitClose().closeCode()).isEqualTo(1009);
        }
        try (RawSocket socket = open(line)) {
            socket.write(RawSocket.masked(FIN | BINARY, NOTHING, 1L << 40));
            assertThat(socket.awaitClose().closeCode()).isEqualTo(1009);
        }
        try (RawSocket socket = open(line)) {
            socket.frame(BINARY, new byte[LIMIT - 1]);
            socket.write(RawSocket.masked(FIN, NOTHING, 2));
            assertThat(socket.awaitClose().closeCode()).isEqualTo(1009);
        }
    }

    // ---- closing (sections 5.5.1, 7) ----

    @ParameterizedTest
    @EnumSource
    void aCloseIsAnsweredWithItsCodeAndEndsTheConnection(Line line) throws IOException {
        for (int code : List.of(1000, 1001, 1003, 1007, 1011, 1014, 3000, 3999, 4000, 4999)) {
            try (RawSocket socket = open(line)) {
                socket.frame(FIN | CLOSE, new byte[] {(byte) (code >> 8), (byte) code, 'b', 'y', 'e'});
                assertThat(socket.awaitClose().closeCode()).isEqualTo(code);
                assertThat(socket.ended()).isTrue();
            }
        }
        try (RawSocket socket = open(line)) {
            socket.frame(FIN | CLOSE, NOTHING);
            assertThat(socket.awaitClose().payload()).isEmpty();
            assertThat(socket.ended()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void invalidClosesEndWith1002AndBadReasonsWith1007(Line line) throws IOException {
        for (int code : List.of(0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535)) {
            try (RawSocket socket = open(line)) {
                socket.frame(FIN | CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
                assertThat(socket.awaitClose().closeCode()).as("%d", code).isEqualTo(1002);
            }
        }
        try (RawSocket socket = open(line)) {
            socket.frame(FIN | CLOSE, new byte[] {3});
            assertThat(socket.awaitClose().closeCode()).isEqualTo(1002);
        }
        try (RawSocket socket = open(line)) {
            socket.frame(FIN | CLOSE, new byte[] {3, (byte) 0xE8, (byte) 0xFF});
            assertThat(socket.awaitClose().closeCode()).isEqualTo(1007);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSentBehindOurClose(Line line) throws IOException {
        try (RawSocket socket = open(line)) {
            socket.text("{\"id\":1,\"connect\":{}}\n{\"id\":2,\"connect\":{}}\n{\"id\":3,\"rpc\":{}}");
            assertThat(socket.awaitClose().closeCode()).isEqualTo(3501);
            socket.frame(FIN | PING, NOTHING);
            socket.frame(FIN | CLOSE, new byte[] {3, (byte) 0xE8});
            assertThat(socket.ended()).isTrue();
        }
    }
}
