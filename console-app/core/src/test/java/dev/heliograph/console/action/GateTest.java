package dev.heliograph.console.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.console.action.Gate.Demand;
import dev.heliograph.console.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GateTest {

    private final TestClock clock = new TestClock();
    private final Gate gate = new Gate("production", clock);

    private static Proposal proposal(Risk risk, Role role) {
        return new Proposal(
                "x.y",
                "Do it",
                risk,
                role,
                List.of(),
                Optional.empty(),
                List.of(),
                _ -> new Proposal.Outcome("Done", Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "READ")
    void withoutArmsNothingIsChanged(Risk risk) {
        assertThat(gate.demandOf(proposal(risk, Role.VIEWER)))
                .isEqualTo(new Demand.Refused("The console is read-only. Arm it to make changes.", true));
    }

    @Test
    void toReadItNeedNotBeArmed() {
        assertThat(gate.demandOf(proposal(Risk.READ, Role.VIEWER))).isEqualTo(new Demand.Nothing());
    }

    @Test
    void eachRungOfTheLadderDemandsMore() {
        gate.arm(Duration.ofMinutes(5));
        assertThat(gate.demandOf(proposal(Risk.UNDOABLE, Role.OPERATOR))).isEqualTo(new Demand.Nothing());
        assertThat(gate.demandOf(proposal(Risk.CONFIRM, Role.OPERATOR))).isEqualTo(new Demand.Confirmation());
        assertThat(gate.demandOf(proposal(Risk.TYPE_NAME, Role.OPERATOR)))
                .isEqualTo(new Demand.TypedName("production"));
    }

    @Test
    void itIsReadOnlyAgainWhenTheTimeIsOver() {
        gate.arm(Duration.ofMinutes(5));
        clock.pass(Duration.ofMinutes(5).minusMillis(1));
        assertThat(gate.isArmed()).isTrue();
        clock.pass(Duration.ofMillis(1));
        assertThat(gate.isArmed()).isFalse();
        assertThat(gate.demandOf(proposal(Risk.UNDOABLE, Role.VIEWER))).isInstanceOf(Demand.Refused.class);
    }

    @Test
    void whoWatchesHearsOfItsEnd() {
        List<Boolean> armed = new ArrayList<>();
        gate.armedUntil().listen(until -> armed.add(until.isPresent()));
        gate.arm(Duration.ofMinutes(1));
        gate.expire();
        clock.pass(Duration.ofMinutes(1));
        gate.expire();
        gate.arm(Duration.ofMinutes(1));
        gate.disarm();
        assertThat(armed).containsExactly(false, true, false, true, false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1M", "PT4H0.001S"})
    void itIsArmedForSomeTimeAndNotForGood(String time) {
        assertThatThrownBy(() -> gate.arm(Duration.parse(time))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRoleThatIsTooSmallIsRefusedAndArmingWouldNotHelp() {
        gate.role().set(Optional.of(Role.VIEWER));
        assertThat(gate.demandOf(proposal(Risk.CONFIRM, Role.OPERATOR)))
                .isEqualTo(new Demand.Refused("This needs the role operator; your token has the role viewer.", false));
        gate.role().set(Optional.of(Role.ADMIN));
        gate.arm(Duration.ofMinutes(1));
        assertThat(gate.demandOf(proposal(Risk.CONFIRM, Role.OPERATOR))).isEqualTo(new Demand.Confirmation());
    }

    @Test
    void aRoleThatIsNotKnownYetIsLeftToTheRelay() {
        gate.arm(Duration.ofMinutes(1));
        assertThat(gate.demandOf(proposal(Risk.CONFIRM, Role.ADMIN))).isEqualTo(new Demand.Confirmation());
    }

    @Test
    void rolesAreReadAsTheApiWritesThem() {
        assertThat(Role.of("operator")).contains(Role.OPERATOR);
        assertThat(Role.of("OPERATOR")).isEmpty();
        assertThat(Role.of("emperor")).isEmpty();
        assertThat(Role.ADMIN.covers(Role.VIEWER)).isTrue();
        assertThat(Role.VIEWER.covers(Role.OPERATOR)).isFalse();
    }
}
