package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondBudgetTest {

    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 20})
    void noSecondHasMoreThanItMayAndNoneIsLeftOut(int perSecond) {
        Random random = new Random(7);
        SecondBudget budget = new SecondBudget(perSecond);
        List<Long> taken = new ArrayList<>();
        long now = Long.MAX_VALUE - SECOND;
        for (int i = 0; i < 2_000; i++) {
            now += random.nextLong(SECOND / 30);
            long second = now - SECOND;
            boolean room = taken.stream().filter(each -> each - second > 0).count() < perSecond;
            assertThat(budget.take(now)).isEqualTo(room);
            if (room) {
                taken.add(now);
            }
        }
        assertThat(taken).hasSizeGreaterThan(perSecond * 10);
    }
}
