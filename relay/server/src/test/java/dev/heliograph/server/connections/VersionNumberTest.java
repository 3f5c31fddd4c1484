package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionNumberTest {

    @Test
    void theyAreInThisOrder() {
        List<String> ascending = List.of(
                "dev",
                "0.9",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.1",
                "1.2",
                "1.10",
                "2",
                "10.0",
                "99999999999999999999",
                "100000000000000000000");
        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                assertThat(Integer.signum(
                                VersionNumber.of(ascending.get(i)).compareTo(VersionNumber.of(ascending.get(j)))))
                        .as(ascending.get(i) + " to " + ascending.get(j))
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5.2, 5.2.0", "v5.2, 5.2", "5.02, 5.2", "5.2+build.7, 5.2.0+other", "' 5.2 ', 5.2"})
    void theseAreTheSame(String one, String two) {
        assertThat(VersionNumber.of(one)).isEqualByComparingTo(VersionNumber.of(two));
    }
}
