package dev.heliograph.server.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.guard.LimitRule.Operation;
import dev.heliograph.server.guard.LimitRule.Scope;
import dev.heliograph.server.ip.IpAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FloodsTest {

    private final GuardFixture it = new GuardFixture();

    private boolean cutsOff(String address) {
        return it.guard.cutsOff(IpAddress.parse(address));
    }

    private void ask(String address, int times) {
        for (int i = 0; i < times; i++) {
            it.handshake(address);
        }
    }

    @Test
    void anAddressThatGoesOnGetsNoAnswerForASecond() {
        it.limit("handshakes", GuardFixture.Rule.rate(Operation.HANDSHAKE, Scope.IP, 1, 5));
        ask("10.0.0.1", 5 + Floods.PATIENCE - 1);
        assertThat(cutsOff("10.0.0.1")).isFalse();
        ask("10.0.0.1", 1);
        assertThat(cutsOff("10.0.0.1")).isTrue();
        assertThat(cutsOff("::ffff:10.0.0.1")).isTrue();
        assertThat(cutsOff("10.0.0.2")).isFalse();
        it.pass(Duration.ofMillis(999));
        assertThat(cutsOff("10.0.0.1")).isTrue();
        it.pass(Duration.ofMillis(1));
        assertThat(cutsOff("10.0.0.1")).isFalse();
        ask("10.0.0.1", 1 + Floods.PATIENCE);
        assertThat(cutsOff("10.0.0.1")).isTrue();
    }

    @Test
    void whoIsRefusedNowAndThenIsAnswered() {
        it.limit("handshakes", GuardFixture.Rule.rate(Operation.HANDSHAKE, Scope.IP, 0.001, 1));
        for (int second = 0; second < 100; second++) {
            ask("10.0.0.1", Floods.PATIENCE - 1);
            assertThat(cutsOff("10.0.0.1")).isFalse();
            it.pass(Duration.ofSeconds(1));
        }
    }

    @Test
    void aDeniedAddressThatGoesOnIsCutOffAndANodeThatIsFullCutsNobodyOff() {
        it.ipRule("10.0.0.0/8", IpRule.Kind.DENY);
        for (int i = 0; i < Floods.PATIENCE; i++) {
            assertThat(it.guard.admitAddress(IpAddress.parse("10.0.0.1"))).isPresent();
        }
        assertThat(cutsOff("10.0.0.1")).isTrue();
        it.limit("node", GuardFixture.Rule.rate(Operation.HANDSHAKE, Scope.NODE, 1, 1));
        ask("11.0.0.1", 100);
        assertThat(cutsOff("11.0.0.1")).isFalse();
    }
}
