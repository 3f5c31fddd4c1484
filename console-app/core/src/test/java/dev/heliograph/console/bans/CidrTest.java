package dev.heliograph.console.bans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, true, false, 1 address",
        "203.0.113.7/32, true, false, 1 address",
        "203.0.113.0/24, false, false, 256 addresses",
        "10.0.0.0/16, false, false, '65,536 addresses'",
        "10.0.0.0/15, false, true, '131,072 addresses'",
        "0.0.0.0/0, false, true, '4,294,967,296 addresses'",
        "2001:db8::1, true, false, 1 address",
        "2001:db8::/64, false, false, 2^64 addresses",
        "2001:d00::/24, false, true, 2^104 addresses",
        "::ffff:10.0.0.1, true, false, 1 address",
    })
    void addressesAndNetworksAreToldApart(String text, boolean single, boolean wide, String size) {
        Cidr cidr = Cidr.parse(" " + text + " ");
        assertThat(cidr.isSingle()).isEqualTo(single);
        assertThat(cidr.isWide()).isEqualTo(wide);
        assertThat(cidr.size()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.0.0",
                "10.0.0.0.0",
                "10.0.0.256",
                "010.0.0.1",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/08",
                "::1/129",
                "fe80::1%eth0",
                "[::1]",
                "example.org",
                "1.2.3.4.",
                "g::1",
                "10.0.0.0/-1"
            })
    void whatTheRelayWouldRefuseIsToldAtOnce(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cidr.parse(text))
                .satisfies(e -> assertThat(e.getMessage()).endsWith("."));
    }

    @Test
    void aSingleAddressIsWrittenWithoutALength() {
        assertThat(Cidr.parse("203.0.113.7/32")).hasToString("203.0.113.7");
        assertThat(Cidr.parse("203.0.113.0/24")).hasToString("203.0.113.0/24");
    }
}
