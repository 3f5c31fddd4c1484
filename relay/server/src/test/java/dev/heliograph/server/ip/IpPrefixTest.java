package dev.heliograph.server.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3",
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "::ffff:10.1.2.3, 10.1.2.3",
        "::FFFF:0a01:0203, 10.1.2.3",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:0db8:0:1:0:0:0:1, 2001:db8:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "::, ::",
        "::1, ::1",
        "1::, 1::",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:0:3:4:5:6:7:8, 1:0:3:4:5:6:7:8"
    })
    void anAddressHasOneSpelling(String given, String shown) {
        assertThat(IpAddress.parse(given)).hasToString(shown);
        assertThat(IpAddress.parse(shown)).isEqualTo(IpAddress.parse(given));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "256.1.1.1",
                "01.2.3.4",
                "1.2.3.4 ",
                "0x7f.0.0.1",
                "localhost",
                "example.com",
                "1.2.3.-4",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "g::1",
                "[::1]",
                "1.2.3.4:80",
                "9999999999.1.1.1"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.parse(text))
                .withMessageContaining("not an IP address");
    }

    @Test
    void aZoneIsRefusedInARuleAndDroppedFromAPeer() throws UnknownHostException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpAddress.parse("fe80::1%eth0"))
                .withMessageContaining("zone");
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.parse("fe80::%1/10"));
        byte[] linkLocal = InetAddress.ofLiteral("fe80::1").getAddress();
        assertThat(IpAddress.ofPeer(new InetSocketAddress(Inet6Address.getByAddress("a.name", linkLocal, 2), 80)))
                .isEqualTo(IpAddress.parse("fe80::1"));
        assertThat(IpAddress.ofPeer(new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 80)))
                .hasToString("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.1.2.3",
        "10.1.2.3/32, 10.1.2.3",
        "10.1.2.3/8, 10.0.0.0/8",
        "0.0.0.0/0, 0.0.0.0/0",
        "::ffff:10.1.2.3/104, 10.0.0.0/8",
        "::ffff:10.1.2.3/128, 10.1.2.3",
        "2001:db8::1/32, 2001:db8::/32",
        "2001:db8::1, 2001:db8::1",
        "2001:db8:ffff:ffff:ffff::/65, 2001:db8:ffff:ffff:8000::/65",
        "::/0, ::/0"
    })
    void aNetworkHasOneSpelling(String given, String shown) {
        assertThat(IpPrefix.parse(given)).hasToString(shown);
        assertThat(IpPrefix.parse(shown)).isEqualTo(IpPrefix.parse(given));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/08", "::/129", "10.0.0.0/8/8", "/8"})
    void whatIsNoNetworkIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
        "0.0.0.0/0, ::ffff:1.2.3.4, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 10.0.0.1, false",
        "::ffff:0:0/96, 10.0.0.1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8::/127, 2001:db8::1, true",
        "2001:db8::/127, 2001:db8::2, false"
    })
    void aNetworkHoldsItsFamilysAddresses(String network, String address, boolean inside) {
        assertThat(IpPrefix.parse(network).contains(IpAddress.parse(address))).isEqualTo(inside);
    }

    @Test
    void networksAreSortedByFamilyThenAddressThenWidth() {
        assertThat(Stream.of("::/0", "10.0.0.0/9", "200.0.0.1", "ff00::/8", "10.0.0.0/8", "9.0.0.0/8")
                        .map(IpPrefix::parse)
                        .sorted()
                        .map(IpPrefix::toString))
                .containsExactly("9.0.0.0/8", "10.0.0.0/8", "10.0.0.0/9", "200.0.0.1", "::/0", "ff00::/8");
    }

    @Test
    void textAndBackIsTheSameForAnyNetwork() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            IpAddress address = new IpAddress(fewBits(random), fewBits(random));
            IpPrefix prefix = new IpPrefix(address, random.nextInt(129));
            assertThat(IpPrefix.parse(prefix.toString())).isEqualTo(prefix);
        }
    }

    /// So that there are runs of zeros.
    private static long fewBits(Random random) {
        long some = random.nextLong();
        some &= random.nextLong();
        return some & random.nextLong();
    }
}
