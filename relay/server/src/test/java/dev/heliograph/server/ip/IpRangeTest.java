package dev.heliograph.server.ip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Ranges as operators write them into queries.
class IpRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "10.1.2.128/25, 10.1.2.127, false",
        "10.1.2.128/25, 10.1.2.200, true",
        "0.0.0.0/0, 255.1.2.3, true",
        "0.0.0.0/0, ::1, false",
        "::/0, 1.2.3.4, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::ffff:10.0.0.0/104, 10.2.3.4, true",
        "10.0.0.0/8, ::ffff:10.2.3.4, true",
        "fe80::/10, fe80::1%eth0, true",
        "1.2.3.4, 1.2.3.4, true",
        "1.2.3.4, 1.2.3.5, false"
    })
    void aRangeHoldsWhatBeginsLikeIt(String range, String address, boolean holds) {
        IpPrefix cidr = IpPrefix.find(range).orElseThrow();
        assertThat(cidr.contains(IpAddress.find(address).orElseThrow())).isEqualTo(holds);
        assertThat(IpPrefix.find(cidr.toString())).contains(cidr);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.1",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "256.0.0.1",
                "::1/129",
                "::ffff:10.0.0.0/95",
                "localhost",
                "example.com",
                "1.2.3.4.5",
                "10.0.0.0/1e1",
                "::1::2",
                "010.0.0.1.",
                "[::1]"
            })
    void theseAreNone(String text) {
        assertThat(IpPrefix.find(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:0:0:0:0, 2001:db8::",
        "0:0:0:0:0:0:0:0, ::",
        "0:0:0:0:0:0:0:1, ::1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "10.0.0.1, 10.0.0.1"
    })
    void addressesAreWrittenShort(String full, String compressed) {
        assertThat(IpAddress.find(full).orElseThrow()).hasToString(compressed);
    }
}
