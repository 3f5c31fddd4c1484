package dev.heliograph.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whose connection it is by the headers of its handshake. 127.0.0.1 and 10.0.0.0/8 are proxies of ours, but not
/// 127.0.0.2.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientAddressTest {

    private static final String TRUST = "trusted_proxies: [127.0.0.1, 10.0.0.0/8, \"fd00::/8\"]";

    private TransportUnderTest xForwardedFor;
    private TransportUnderTest forwarded;
    private TransportUnderTest neither;
    private TransportUnderTest nobody;

    @BeforeAll
    void start() {
        xForwardedFor = new TransportUnderTest(TRUST);
        forwarded = new TransportUnderTest(TRUST + ", forwarded_header: forwarded");
        neither = new TransportUnderTest(TRUST + ", forwarded_header: none");
        nobody = new TransportUnderTest("tls: {enabled: false}");
    }

    @AfterAll
    void stop() {
        xForwardedFor.close();
        forwarded.close();
        neither.close();
        nobody.close();
    }

    private static String address(TransportUnderTest relay, String from, String... lines) throws Exception {
        try (RawClient client = RawClient.from(from, relay.port())) {
            client.write(RawClient.handshake(lines));
            assertThat(client.head()).startsWith("HTTP/1.1 101");
            return relay.nextAddress();
        }
    }

    @Test
    void whoIsNotTrustedIsNotBelieved() throws Exception {
        assertThat(address(xForwardedFor, "127.0.0.2", "X-Forwarded-For: 192.0.2.1"))
                .isEqualTo("127.0.0.2");
        assertThat(address(forwarded, "127.0.0.2", "Forwarded: for=192.0.2.1")).isEqualTo("127.0.0.2");
        assertThat(address(nobody, "127.0.0.1", "X-Forwarded-For: 192.0.2.1", "Forwarded: for=192.0.2.1"))
                .isEqualTo("127.0.0.1");
    }

    @Test
    void aTrustedProxyIsBelieved() throws Exception {
        assertThat(address(xForwardedFor, "127.0.0.1", "X-Forwarded-For: 192.0.2.1"))
                .isEqualTo("192.0.2.1");
        assertThat(address(forwarded, "127.0.0.1", "Forwarded: for=\"[2001:db8::1]:80\""))
                .isEqualTo("2001:db8::1");
    }

    @Test
    void theHeaderThatTheProxyDoesNotWriteIsNotBelieved() throws Exception {
        assertThat(address(xForwardedFor, "127.0.0.1", "Forwarded: for=192.0.2.1"))
                .isEqualTo("127.0.0.1");
        assertThat(address(forwarded, "127.0.0.1", "X-Forwarded-For: 192.0.2.1"))
                .isEqualTo("127.0.0.1");
        assertThat(address(neither, "127.0.0.1", "Forwarded: for=192.0.2.1", "X-Forwarded-For: 192.0.2.1"))
                .isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What the client itself wrote stands in front.
                "8.8.8.8, 192.0.2.1 | 192.0.2.1",
                "10.0.0.1, 192.0.2.1 | 192.0.2.1",
                "127.0.0.1, 192.0.2.1, 10.0.0.7, fd00::1 | 192.0.2.1",
                "garbage, <script>, 192.0.2.1, 10.0.0.7 | 192.0.2.1",
                "192.0.2.1, ::ffff:10.0.0.7 | 192.0.2.1",
                "192.0.2.1:4711, [fd00::1]:4711 | 192.0.2.1",
                // All of them are ours: the first one is where it began.
                "10.0.0.1, 10.0.0.2 | 10.0.0.1",
                // A chain that breaks off is believed as far as it goes.
                "192.0.2.1, unknown, 10.0.0.2 | 10.0.0.2",
                "192.0.2.1, 10.0.0.2, | 127.0.0.1",
                "localhost | 127.0.0.1",
                "0x7f.1 | 127.0.0.1",
                "010.0.0.1 | 127.0.0.1",
            })
    void theLastAddressThatIsNotOursCounts(String chain, String expected) throws Exception {
        assertThat(address(xForwardedFor, "127.0.0.1", "X-Forwarded-For: " + chain))
                .isEqualTo(expected);
    }

    @Test
    void severalLinesAreOneChain() throws Exception {
        assertThat(address(
                        xForwardedFor,
                        "127.0.0.1",
                        "X-Forwarded-For: 192.0.2.1, 192.0.2.2",
                        "X-Forwarded-For: 10.0.0.1"))
                .isEqualTo("192.0.2.2");
    }

    @Test
    void theRelaysOwnHeaderCanNotBeBroughtAlong() throws Exception {
        String own = "X-Heliograph-Client-Address: 192.0.2.66";
        assertThat(address(nobody, "127.0.0.1", own)).isEqualTo("127.0.0.1");
        try (RawClient client = new RawClient(nobody.port())) {
            client.write("GET /address HTTP/1.1\r\nHost: a\r\n" + own + "\r\n" + own + "\r\n\r\n");
            assertThat(client.head()).startsWith("HTTP/1.1 200");
            assertThat(client.body(19)).isEqualTo("127.0.0.1 127.0.0.1");
        }
    }

    @Test
    void aLongChainIsWalkedOnlyAsFarAsItIsBelieved() throws Exception {
        String spoofed = "8.8.8.8, ".repeat(1_500);
        assertThat(address(xForwardedFor, "127.0.0.1", "X-Forwarded-For: " + spoofed + "192.0.2.1"))
                .isEqualTo("192.0.2.1");
    }
}
