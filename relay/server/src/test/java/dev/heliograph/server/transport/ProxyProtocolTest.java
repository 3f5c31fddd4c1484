package dev.heliograph.server.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.testkit.Certificate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whose connection it is where every connection begins with a PROXY header. 127.0.0.1 is a proxy of ours, and so is
/// 10.0.0.0/8; 127.0.0.2 is not.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxyProtocolTest {

    private static final String REQUIRED = "trusted_proxies: [127.0.0.1, 10.0.0.0/8], proxy_protocol: required";

    private static final int PROXY = 0x21;
    private static final int LOCAL = 0x20;
    private static final int UNSPEC = 0x00;
    private static final int TCP4 = 0x11;
    private static final int TCP6 = 0x21;
    private static final int UNIX = 0x31;

    /// From 192.0.2.1:4711 to 10.0.0.1:443.
    private static final String V4 = "C0000201 0A000001 1267 01BB";

    /// From 2001:db8::1.
    private static final String V6 = "20010DB8000000000000000000000001 FD000000000000000000000000000001 1267 01BB";

    private TransportUnderTest plain;
    private TransportUnderTest secure;
    private TransportUnderTest hasty;
    private Certificate certificate;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        plain = new TransportUnderTest(REQUIRED);
        hasty = new TransportUnderTest(REQUIRED + ", handshake_timeout: 300ms");
        certificate = Certificate.selfSigned(folder);
        secure = new TransportUnderTest(REQUIRED + ", tls: {enabled: true, cert_pem: " + certificate.certificate()
                + ", key_pem: " + certificate.key() + "}");
    }

    @AfterAll
    void stop() {
        plain.close();
        hasty.close();
        secure.close();
    }

    private static byte[] v2(int command, int family, String rest) {
        byte[] bytes = HexFormat.of().parseHex(rest.replace(" ", ""));
        return v2(command, family, bytes, bytes.length);
    }

    private static byte[] v2(int command, int family, byte[] rest, int announced) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes("\r\n\r\n\0\r\nQUIT\n".getBytes(ISO_8859_1));
        header.write(command);
        header.write(family);
        header.write(announced >> 8);
        header.write(announced);
        header.writeBytes(rest);
        return header.toByteArray();
    }

    private static byte[] v1(String line) {
        return line.getBytes(ISO_8859_1);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Stream.of(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("v1 TCP4", v1("PROXY TCP4 192.0.2.1 10.0.0.1 4711 443\r\n"), "192.0.2.1"),
                Arguments.of("v1 TCP6", v1("PROXY TCP6 2001:DB8::1 fd00::1 4711 443\r\n"), "2001:db8::1"),
                Arguments.of("v1 mapped", v1("PROXY TCP6 ::ffff:192.0.2.1 ::1 4711 443\r\n"), "192.0.2.1"),
                Arguments.of("v1 UNKNOWN, long", v1("PROXY UNKNOWN 192.0.2.1 10.0.0.1 4711 443\r\n"), "127.0.0.1"),
                Arguments.of("v1 no address", v1("PROXY TCP4 garbage 10.0.0.1 4711 443\r\n"), "127.0.0.1"),
                Arguments.of("v2 TCP4", v2(PROXY, TCP4, V4), "192.0.2.1"),
                Arguments.of("v2 TCP6", v2(PROXY, TCP6, V6), "2001:db8::1"),
                Arguments.of(
                        "v2 mapped",
                        v2(
                                PROXY,
                                TCP6,
                                V6.replace("20010DB8000000000000000000000001", "00000000000000000000FFFFC0000201")),
                        "192.0.2.1"),
                Arguments.of("v2 TLVs", v2(PROXY, TCP4, V4 + "04 0003 000000 EA 0005 0102030405"), "192.0.2.1"),
                Arguments.of("v2 LOCAL, unspecified", v2(LOCAL, UNSPEC, ""), "127.0.0.1"),
                Arguments.of("v2 LOCAL with addresses", v2(LOCAL, TCP4, V4), "127.0.0.1"),
                Arguments.of("v2 LOCAL with TLVs", v2(LOCAL, UNSPEC, "04 0003 000000"), "127.0.0.1"),
                Arguments.of("v2 unspecified", v2(PROXY, UNSPEC, ""), "127.0.0.1"),
                Arguments.of(
                        "v2 unix",
                        v2(PROXY, UNIX, "2F61" + "00".repeat(106) + "2F62" + "00".repeat(106)),
                        "127.0.0.1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void itsSourceIsTheClient(String name, byte[] header, String address) throws Exception {
        try (RawClient client = new RawClient(plain.port())) {
            client.write(header).write(RawClient.handshake());
            assertThat(client.head()).as(name).startsWith("HTTP/1.1 101");
            assertThat(plain.nextAddress()).isEqualTo(address);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void soItIsInFrontOfTls(String name, byte[] header, String address) throws Exception {
        try (RawClient client = new RawClient(secure.port())) {
            client.write(header);
            client.secure(certificate.trusting());
            client.write(RawClient.handshake());
            assertThat(client.head()).as(name).startsWith("HTTP/1.1 101");
            assertThat(secure.nextAddress()).isEqualTo(address);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("headers")
    void headerHandshakeAndFirstMessagesMayComeInOnePiece(String name, byte[] header, String address) throws Exception {
        try (RawClient client = new RawClient(plain.port())) {
            client.write(join(
                    header,
                    RawClient.handshake().getBytes(ISO_8859_1),
                    RawClient.frame("one"),
                    RawClient.frame("two")));
            assertThat(client.head()).as(name).startsWith("HTTP/1.1 101");
            assertThat(plain.nextAddress()).isEqualTo(address);
            assertThat(plain.nextMessage()).isEqualTo("one");
            assertThat(plain.nextMessage()).isEqualTo("two");
            client.write(RawClient.frame("three"));
            assertThat(plain.nextMessage()).isEqualTo("three");
        }
    }

    @Test
    void orByteByByte() throws Exception {
        try (RawClient client = new RawClient(plain.port())) {
            for (byte each : join(v2(PROXY, TCP4, V4), RawClient.handshake().getBytes(ISO_8859_1))) {
                client.write(new byte[] {each});
            }
            assertThat(client.head()).startsWith("HTTP/1.1 101");
            assertThat(plain.nextAddress()).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void whoIsNotTrustedIsDroppedWhateverItSays() throws Exception {
        byte[] good = join(v2(PROXY, TCP4, V4), RawClient.handshake().getBytes(ISO_8859_1));
        for (TransportUnderTest relay : new TransportUnderTest[] {plain, secure}) {
            try (RawClient client = RawClient.from("127.0.0.2", relay.port())) {
                assertThat(restAfter(client, good)).isEmpty();
            }
            assertThat(relay.sawNoSession()).isTrue();
        }
    }

    /// What the relay says to bytes until it ends the connection, which it may do while they are written.
    private static String restAfter(RawClient client, byte[] bytes) throws IOException {
        try {
            client.write(bytes);
        } catch (SocketException _) {
            // It was cut off already.
        }
        return client.rest();
    }

    @Test
    void aClientsOwnForwardingHeaderCountsOnlyBehindAProxyOfOurs() throws Exception {
        String spoofed = RawClient.handshake("X-Forwarded-For: 8.8.8.8");
        try (RawClient client = new RawClient(plain.port())) {
            client.write(v2(PROXY, TCP4, V4)).write(spoofed);
            assertThat(client.head()).startsWith("HTTP/1.1 101");
            assertThat(plain.nextAddress()).isEqualTo("192.0.2.1");
        }
        try (RawClient client = new RawClient(plain.port())) {
            // A proxy of ours for HTTP behind one for TCP.
            client.write(v2(PROXY, TCP4, V4.replace("C0000201", "0A090909"))).write(spoofed);
            assertThat(client.head()).startsWith("HTTP/1.1 101");
            assertThat(plain.nextAddress()).isEqualTo("8.8.8.8");
        }
    }

    /// Neither header nor the beginning of one; and the one form of header that Helidon does not read to its
    /// end.
    static final byte[][] MALFORMED = {
        RawClient.handshake().getBytes(ISO_8859_1),
        v1("PROXY UNKNOWN\r\n" + RawClient.handshake()),
        v1("PROXY TCP5 192.0.2.1 10.0.0.1 4711 443\r\n" + RawClient.handshake()),
        v1("PROXY TCP4 192.0.2.1 10.0.0.1 4711 port\r\n" + RawClient.handshake()),
        v1("PROXY TCP4 192.0.2.1 10.0.0.1 4711 443\n" + RawClient.handshake()),
        v1("PROXY  TCP4 192.0.2.1 10.0.0.1 4711 443\r\n" + RawClient.handshake()),
        v1("PROXY TCP4 " + "1".repeat(200) + " 10.0.0.1 4711 443\r\n" + RawClient.handshake()),
        v1("PROXY TCP4 " + "1".repeat(100_000)),
        v1("proxy TCP4 192.0.2.1 10.0.0.1 4711 443\r\n" + RawClient.handshake()),
        join(v2(0x31, TCP4, V4), RawClient.handshake().getBytes(ISO_8859_1)),
        join(v2(0x22, TCP4, V4), RawClient.handshake().getBytes(ISO_8859_1)),
        join(v2(PROXY, 0x41, V4), RawClient.handshake().getBytes(ISO_8859_1)),
        join(v2(PROXY, 0x13, V4), RawClient.handshake().getBytes(ISO_8859_1)),
        // A TLV that is longer than the header, and a checksum that is wrong.
        join(v2(PROXY, TCP4, V4 + "04 00FF 00"), RawClient.handshake().getBytes(ISO_8859_1)),
        join(v2(PROXY, TCP4, V4 + "03 0004 00000000"), RawClient.handshake().getBytes(ISO_8859_1)),
    };

    @ParameterizedTest
    @FieldSource("MALFORMED")
    void whatIsNoHeaderEndsTheConnectionWithoutAWord(byte[] bytes) throws Exception {
        try (RawClient client = new RawClient(hasty.port())) {
            assertThat(restAfter(client, bytes)).isEmpty();
        }
        assertThat(hasty.sawNoSession()).isTrue();
    }

    /// Addresses that are shorter than their family's, at the end of what the header announces.
    @Test
    void addressesThatDoNotFitTheirFamilyAreNoAddress() throws Exception {
        try (RawClient client = new RawClient(hasty.port())) {
            byte[] bytes = join(v2(PROXY, TCP6, V4), RawClient.handshake().getBytes(ISO_8859_1));
            assertThat(restAfter(client, bytes)).doesNotStartWith("HTTP/1.1 101");
        }
        assertThat(hasty.sawNoSession()).isTrue();
    }

    @Test
    void whoDoesNotFinishTheHeaderIsCutOff() throws Exception {
        for (byte[] start : new byte[][] {
            {},
            v1("PRO"),
            v1("PROXY TCP4 192.0.2.1 10.0.0.1 4711 443"),
            v2(PROXY, TCP4, HexFormat.of().parseHex("C00002"), 12),
            v2(PROXY, TCP4, HexFormat.of().parseHex(V4.replace(" ", "")), 0xFFFF),
            v2(LOCAL, UNSPEC, new byte[0], 0xFFFF),
            v2(PROXY, TCP4, V4),
        }) {
            try (RawClient client = new RawClient(hasty.port())) {
                client.write(start);
                assertThat(client.rest()).as(HexFormat.of().formatHex(start)).isEmpty();
            }
        }
        assertThat(hasty.sawNoSession()).isTrue();
    }
}
