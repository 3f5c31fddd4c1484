package dev.heliograph.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerWheelTest {

    private static final long TICK = TimerWheel.TICK_NANOS;

    private final TimerWheel wheel = new TimerWheel(0);
    private final List<Timer> fired = new ArrayList<>();

    private final class Timer extends TimerWheel.Node {
        private long deadline;
        private long firedAt = -1;

        /// What it does when it fires.
        private Runnable then = () -> {};

        void at(long nanos) {
            deadline = nanos;
            firedAt = -1;
            wheel.schedule(this, nanos);
        }

        @Override
        void expired(long now) {
            firedAt = now;
            fired.add(this);
            then.run();
        }
    }

    @Test
    void aTimerFiresOnceAndNeverEarly() {
        Timer timer = new Timer();
        timer.at(3 * TICK + 1);
        wheel.advance(3 * TICK);
        assertThat(fired).isEmpty();
        wheel.advance(4 * TICK);
        assertThat(fired).containsExactly(timer);
        assertThat(wheel.isEmpty()).isTrue();
        wheel.advance(5_000 * TICK);
        assertThat(fired).hasSize(1);
    }

    @Test
    void aTimerFurtherAwayThanOneTurnWaitsForItsOwn() {
        Timer timer = new Timer();
        timer.at(2_500 * TICK);
        for (long tick = 1; tick < 2_500; tick++) {
            wheel.advance(tick * TICK);
        }
        assertThat(fired).isEmpty();
        wheel.advance(2_500 * TICK);
        assertThat(fired).containsExactly(timer);
    }

    @Test
    void movedAndCancelledTimersFireWhereTheyAreOrNotAtAll() {
        Timer moved = new Timer();
        Timer cancelled = new Timer();
        moved.at(2 * TICK);
        cancelled.at(2 * TICK);
        moved.at(10 * TICK);
        wheel.cancel(cancelled);
        wheel.cancel(cancelled);
        wheel.advance(9 * TICK);
        assertThat(fired).isEmpty();
        wheel.advance(10 * TICK);
        assertThat(fired).containsExactly(moved);
    }

    @Test
    void aDeadlineInThePastFiresWithTheNextTick() {
        wheel.advance(100 * TICK);
        Timer timer = new Timer();
        timer.at(5);
        wheel.advance(101 * TICK);
        assertThat(fired).containsExactly(timer);
    }

    @Test
    void aTimerThatFiresMaySetAndCancelOthersInItsSlot() {
        Timer first = new Timer();
        Timer neighbour = new Timer();
        Timer again = new Timer();
        neighbour.at(TICK);
        again.at(TICK);
        first.at(TICK);
        first.then = () -> wheel.cancel(neighbour);
        again.then = () -> again.at(3 * TICK);
        wheel.advance(TICK);
        assertThat(fired).containsExactlyInAnyOrder(first, again);
        again.then = () -> {};
        wheel.advance(3 * TICK);
        assertThat(fired).hasSize(3).last().isSameAs(again);
    }

    @Test
    void aLongSleepMissesNothing() {
        List<Timer> timers = new ArrayList<>();
        for (int i = 1; i <= 3_000; i++) {
            Timer timer = new Timer();
            timer.at(i * TICK);
            timers.add(timer);
        }
        wheel.advance(3_000 * TICK);
        assertThat(fired).containsExactlyInAnyOrderElementsOf(timers);
    }

    @Test
    void atRandomEveryTimerFiresWithinOneTickAfterItsDeadline() {
        Random random = new Random(7);
        List<Timer> timers = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            timers.add(new Timer());
        }
        timers.forEach(timer -> timer.at(random.nextLong(4_000 * TICK)));
        for (long tick = 1; tick <= 6_000; tick++) {
            if (tick < 2_000) {
                Timer moved = timers.get(random.nextInt(timers.size()));
                if (moved.firedAt < 0) {
                    moved.at(tick * TICK + random.nextLong(3_000 * TICK));
                }
            }
            wheel.advance(tick * TICK);
        }
        assertThat(fired).hasSameSizeAs(timers);
        assertThat(timers)
                .allSatisfy(timer -> assertThat(timer.firedAt - timer.deadline).isBetween(0L, 2 * TICK));
        assertThat(wheel.isEmpty()).isTrue();
    }
}
