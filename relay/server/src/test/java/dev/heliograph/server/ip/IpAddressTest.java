package dev.heliograph.server.ip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "::1, ::1",
        "::ffff:192.0.2.1, 192.0.2.1",
        "::FFFF:c000:0201, 192.0.2.1",
        "0:0:0:0:0:ffff:192.0.2.1, 192.0.2.1",
        "fe80::1%eth0, fe80::1",
    })
    void anAddressHasOneForm(String text, String form) {
        assertThat(IpAddress.find(text).orElseThrow()).hasToString(form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "localhost",
                "example.com",
                "1",
                "127.1",
                "127.0.1",
                "010.0.0.1",
                "0x7f.0.0.1",
                "256.0.0.1",
                "1.2.3.4.5",
                "1.2.3.4 ",
                "1.2.3.*",
                "1.2.3.0-9",
                "1.2.3.4/32",
                "1.2.3.4:80",
                "*",
                "::g",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "[::1]",
                "::1/128",
                "fe80::1%",
                "::ffff:010.0.0.1",
                "::ffff:256.0.0.1",
                "1.2.3.4\n",
                "%eth0",
                "1.2.3.4%eth0",
                "unknown",
                "_hidden",
                "2001:db8::*"
            })
    void whatOthersMightReadDifferentlyIsNone(String text) {
        assertThat(IpAddress.find(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.1, false",
        "10.1.2.3/8, 10.255.0.1, true",
        "10.0.0.1, 10.0.0.1, true",
        "10.0.0.1, 10.0.0.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::/0, 10.0.0.1, false",
        "::ffff:10.0.0.0/104, 10.9.9.9, true",
        "::ffff:10.0.0.0/104, 11.0.0.1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
    })
    void aNetworkHoldsItsAddresses(String network, String address, boolean holds) {
        IpPrefix block = IpPrefix.find(network).orElseThrow();
        assertThat(block.contains(IpAddress.find(address).orElseThrow())).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "/8",
                "::/129",
                "10.0.0.0/255.0.0.0",
                "10/8",
                "::ffff:10.0.0.0/8",
                "fe80::%eth0/64",
                "example.com/8",
                "10.0.0.0/ 8",
                "10.0.0.0/99999999999"
            })
    void whatIsNoNetworkIsNone(String text) {
        assertThat(IpPrefix.find(text)).isEmpty();
    }

    @Test
    void aSocketsAddressHasTheSameForm() {
        assertThat(IpAddress.of(InetAddress.ofLiteral("::1"))).hasToString("::1");
        assertThat(IpAddress.of(InetAddress.ofLiteral("127.0.0.1")))
                .isEqualTo(IpAddress.find("127.0.0.1").get());
    }
}
