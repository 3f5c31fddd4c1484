package dev.heliograph.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static Settings settings(Scenario scenario, int clients, int channels, int memberOf, double rate) {
        return new Settings(
                scenario,
                List.of(URI.create("ws://127.0.0.1:1/")),
                "x:",
                clients,
                channels,
                memberOf,
                128,
                rate,
                1,
                1,
                100,
                10,
                0.1,
                Duration.ofSeconds(1));
    }

    @Test
    void roomsHaveEquallyManyMembersAndNobodyIsTwiceInOne() {
        Settings rooms = settings(Scenario.CHAT_ROOMS, 100, 30, 3, 1);
        Map<Integer, Integer> members = new HashMap<>();
        for (int client = 0; client < 100; client++) {
            int[] heard = rooms.channelsOf(client);
            assertThat(heard).doesNotHaveDuplicates().hasSize(3);
            for (int each : heard) {
                members.merge(each, 1, Integer::sum);
            }
        }
        assertThat(members).hasSize(30).containsValue(10);
        assertThat(members.values()).allMatch(count -> count == 10);
    }

    @Test
    void boundsAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Scenario.RAMP, 19_001, 1, 1, 1))
                .withMessage("--clients: from 1 to 19000");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Scenario.CHAT_ROOMS, 10, 2, 3, 1))
                .withMessage("--member-of: from 1 to 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Scenario.SOAK, 10, 2, 1, 0))
                .withMessageStartingWith("--rate: soak needs one above 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scenario.of("fanout"))
                .withMessageContaining("'fanout' is no scenario; there are ramp, fan-out, ");
    }
}
