package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

    private record Step(long at, int count) {}

    /// However late its steps come: no second has more than its share and what one step may take, and a pace
    /// that is not held up takes as long as it should.
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 7, 10, 33.3, 250, 2_000})
    void noSecondHasMoreThanItsShare(double perSecond) {
        Random random = new Random(99);
        for (boolean late : new boolean[] {false, true}) {
            long now = random.nextLong();
            long began = now;
            Pace pace = new Pace(perSecond, now);
            List<Step> steps = new ArrayList<>();
            int taken = 0;
            int goal = (int) Math.max(5, perSecond * 4);
            while (taken < goal) {
                int count = pace.take(now);
                taken += count;
                steps.add(new Step(now, count));
                now += pace.pause() + (late ? random.nextLong(3_000_000_000L) : 0);
            }
            double burst = 1 + perSecond / 10;
            for (Step first : steps) {
                int inSecond = steps.stream()
                        .filter(each -> each.at() - first.at() >= 0 && each.at() - first.at() < 1_000_000_000L)
                        .mapToInt(Step::count)
                        .sum();
                assertThat(inSecond).isLessThanOrEqualTo((int) Math.ceil(perSecond + burst));
            }
            double seconds = (now - began) / 1e9;
            assertThat(seconds).isGreaterThanOrEqualTo((taken - burst - 1) / perSecond);
            if (!late) {
                assertThat(seconds).isLessThanOrEqualTo((taken + 2 * burst + 1) / perSecond);
            }
        }
    }
}
