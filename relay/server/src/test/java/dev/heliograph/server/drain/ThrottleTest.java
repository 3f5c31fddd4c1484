package dev.heliograph.server.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.cluster.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final Throttle throttle = new Throttle();

    private static Node node(String name, boolean draining, double cpu, long accepted, long refused) {
        return new Node(name, name, "", "1", "", 0, draining, new Node.Load(0, 0, 0, 0, cpu, 4, 0, accepted, refused));
    }

    @Test
    void thePaceIsHalvedWhileOthersRefuseAndRecoversGradually() {
        throttle.look(List.of(node("b", false, 0, 1_000, 500)));
        assertThat(throttle.factor())
                .as("what was before the drain does not count")
                .isEqualTo(1);
        throttle.look(List.of(node("b", false, 0, 1_199, 501)));
        assertThat(throttle.factor()).as("0.5 %% are no trouble").isEqualTo(1);
        throttle.look(List.of(node("b", false, 0, 1_298, 502)));
        assertThat(throttle.factor()).isEqualTo(0.5);
        assertThat(throttle.note()).isEqualTo("other nodes refuse clients");
        throttle.look(List.of(node("b", false, 0, 1_298, 503)));
        assertThat(throttle.factor()).isEqualTo(0.25);
        for (int i = 1; i <= 15; i++) {
            throttle.look(List.of(node("b", false, 0, 1_298 + i, 503)));
            assertThat(throttle.factor()).isCloseTo(Math.min(1, 0.25 + i * 0.05), within());
        }
        assertThat(throttle.note()).isEmpty();
    }

    @Test
    void aBusyNodeSlowsItDownUnlessItDrainsItself() {
        throttle.look(List.of(node("b", false, 299, 0, 0), node("c", true, 400, 0, 9)));
        throttle.look(List.of(node("b", false, 299, 0, 0), node("c", true, 400, 0, 99)));
        assertThat(throttle.factor()).isEqualTo(1);
        throttle.look(List.of(node("b", false, 301, 0, 0)));
        assertThat(throttle.factor()).isEqualTo(0.5);
        assertThat(throttle.note()).contains("b uses more than 75 %");
    }

    @Test
    void itNeverStandsStill() {
        for (int i = 0; i < 50; i++) {
            throttle.look(List.of(node("b", false, 400, 0, 0)));
        }
        assertThat(throttle.factor()).isEqualTo(1.0 / 64);
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-9);
    }
}
