package dev.heliograph.cli.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.cli.init.Layout.Group;
import dev.heliograph.cli.init.Layout.Host;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {

    private static String names(Layout layout, Group group) {
        return layout.in(group).stream().map(Host::name).collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        // hosts, 0 for placeholders; relays wanted; managed Redis; then who is what
        "0, 2, false, host1 host3, host1 host2, host1 host2 host3, host1 host2 host3, host3, ''",
        "0, 2, true, host1 host2, host1 host2, '', '', host2, ''",
        "0, 3, false, lb1 lb2, relay1 relay2 relay3, redis1 redis2 redis3, redis1 redis2 redis3, mon1, ''",
        "0, 3, true, lb1 lb2, relay1 relay2 relay3, '', '', mon1, ''",
        "1, 2, false, host1, host1, host1, '', host1, ''",
        "2, 2, false, host1 host2, host1 host2, host1 host2, host1 host2, host2, ''",
        "3, 3, false, host1 host2, host1 host2 host3, host1 host2 host3, host1 host2 host3, host3, ''",
        "4, 3, false, host3 host4, host1 host2 host3, host1 host2 host4, host1 host2 host4, host4, ''",
        "9, 2, false, lb1 lb2, relay1 relay2, redis1 redis2 redis3, redis1 redis2 redis3, mon1, relay3",
    })
    void servicesAreSpread(
            int hosts,
            int relays,
            boolean managed,
            String balancers,
            String serving,
            String redis,
            String sentinels,
            String monitoring,
            String spares) {
        List<String> given = IntStream.rangeClosed(1, hosts)
                .mapToObj(each -> "198.51.100." + each)
                .toList();
        Layout layout = Layout.of(given, relays, managed);
        assertThat(layout.placeholders()).isEqualTo(hosts == 0);
        assertThat(names(layout, Group.LOAD_BALANCERS)).isEqualTo(balancers);
        assertThat(names(layout, Group.RELAYS)).isEqualTo(serving);
        assertThat(names(layout, Group.REDIS)).isEqualTo(redis);
        assertThat(names(layout, Group.SENTINELS)).isEqualTo(sentinels);
        assertThat(names(layout, Group.MONITORING)).isEqualTo(monitoring);
        assertThat(layout.spares().stream().map(Host::name).collect(Collectors.joining(" ")))
                .isEqualTo(spares);
        assertThat(layout.hosts()).extracting(Host::name).doesNotHaveDuplicates();
        assertThat(layout.hosts())
                .extracting(Host::address)
                .allMatch(address -> address.startsWith(hosts == 0 ? "192.0.2." : "198.51.100."))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"201, false", "201, true"})
    void placeholdersStayInTheRangeOfDocumentation(int relays, boolean managed) {
        assertThat(Layout.of(List.of(), relays, managed).hosts()).hasSizeLessThan(255);
    }
}
