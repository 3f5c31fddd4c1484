package dev.heliograph.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.config.HttpServerConfig.ForwardedHeader;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedChainTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1 | 192.0.2.1",
                "192.0.2.1, 10.0.0.1,10.0.0.2 | 10.0.0.2 10.0.0.1 192.0.2.1",
                "192.0.2.1:4711 | 192.0.2.1",
                "[2001:db8::1]:4711, [2001:db8::2], 2001:DB8::3 | 2001:db8::3 2001:db8::2 2001:db8::1",
                "::ffff:192.0.2.1 | 192.0.2.1",
                "unknown, 10.0.0.1 | 10.0.0.1 -",
                "10.0.0.1, | - 10.0.0.1",
                "192.0.2.1:, 192.0.2.1:port, [192.0.2.1], [::1, ::1]:80, [::1]80, 192.0.2.1:123456 | - - - - - - -",
                "1.2.3.4 5.6.7.8 | -",
                "\"192.0.2.1\" | -",
            })
    void xForwardedForIsReadFromItsEnd(String header, String hops) {
        assertThat(read(ForwardedHeader.X_FORWARDED_FOR, header)).isEqualTo(hops);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for=192.0.2.43 | 192.0.2.43",
                "For=\"[2001:db8:cafe::17]:4711\" | 2001:db8:cafe::17",
                "for=192.0.2.60;proto=http;by=203.0.113.43 | 192.0.2.60",
                "proto=http ; FOR = 192.0.2.60 | 192.0.2.60",
                "for=192.0.2.43, for=198.51.100.17;host=a | 198.51.100.17 192.0.2.43",
                "for=\"192.0.2.43:80\", for=unknown, for=_gazonk | - - 192.0.2.43",
                "by=192.0.2.1 | -",
                "for=192.0.2.1;for=192.0.2.2 | -",
                // What a client wrote can not reach behind a quote that it leaves open ...
                "host=\"x, for=192.0.2.9 | -",
                // ... nor close one that is not its own.
                "host=\"a,b;for=1.1.1.1\\\",\";for=192.0.2.9, for=10.0.0.1 | 10.0.0.1 192.0.2.9",
                "192.0.2.1 | -",
            })
    void forwardedIsReadFromItsEnd(String header, String hops) {
        assertThat(read(ForwardedHeader.FORWARDED, header)).isEqualTo(hops);
    }

    @Test
    void severalLinesAreOneChain() {
        assertThat(ForwardedChain.nearestFirst(
                                ForwardedHeader.X_FORWARDED_FOR, List.of("192.0.2.1, 10.0.0.1", "10.0.0.2"))
                        .map(hop -> hop.orElseThrow().toString()))
                .containsExactly("10.0.0.2", "10.0.0.1", "192.0.2.1");
    }

    private static String read(ForwardedHeader kind, String header) {
        return ForwardedChain.nearestFirst(kind, List.of(header))
                .map(hop -> hop.map(each -> each.toString()).orElse("-"))
                .collect(Collectors.joining(" "));
    }
}
