package dev.heliograph.server.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.drain.DrainStatus.Kind;
import dev.heliograph.server.drain.DrainStatus.State;
import dev.heliograph.server.drain.Run.Goal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A run on a clock that the test sets.
class RunTest {

    private static final long SECOND = 1_000_000_000L;

    private final FakeHerd herd = new FakeHerd();
    private final List<Node> nodes = new ArrayList<>(List.of(node("a", 1_000, 0), node("b", 0, 0)));
    private long now = 77;

    /// Clients that go at once when they are asked, and when they were.
    private final class FakeHerd implements Herd {
        private final List<Long> moved = new ArrayList<>();
        private int here = 1_000;
        private int stuck;
        private boolean released;

        @Override
        public boolean moveNext() {
            if (here <= stuck) {
                return false;
            }
            here--;
            moved.add(now);
            return true;
        }

        @Override
        public void release() {
            released = true;
        }

        @Override
        public int size() {
            return here;
        }
    }

    private static Node node(String name, int clients, long refused) {
        return new Node(name, name, "", "1", "", 0, false, new Node.Load(clients, 0, 0, 0, 0, 1, 0, 0, refused));
    }

    private Run run(Goal goal) {
        return new Run(goal, herd, () -> nodes, now);
    }

    private static Goal drain(int total, double rate) {
        return new Goal(Kind.DRAIN, total, rate, 0, false, 0);
    }

    /// Lets time pass, in steps as the run asks for, at most to a time.
    private void drive(Run run, long until) {
        while (now < until) {
            long wait = run.step(now);
            if (wait < 0) {
                return;
            }
            now += wait;
        }
        now = until;
    }

    private DrainStatus status(Run run) {
        return run.status("id", "a", now);
    }

    @Test
    void clientsAreAskedEvenlyAndNoMoreThanWasOrdered() {
        Run run = run(drain(500, 50));
        drive(run, 77 + 5 * SECOND);
        assertThat(status(run))
                .returns(State.RUNNING, DrainStatus::state)
                .returns(250, DrainStatus::moved)
                .returns(250, DrainStatus::left)
                .returns(750, DrainStatus::connections)
                .returns(50.0, DrainStatus::measured)
                .returns(50.0, DrainStatus::pace)
                .returns(5_000L, DrainStatus::etaMillis);
        drive(run, 60 * SECOND);
        assertThat(status(run))
                .returns(State.DONE, DrainStatus::state)
                .returns(500, DrainStatus::moved)
                .returns(0, DrainStatus::left);
        assertThat(now).isBetween(77 + 9 * SECOND, 77 + 11 * SECOND);
        assertThat(herd.released).isTrue();
        assertThat(PaceTest.peak(herd.moved)).isEqualTo(50);
        assertThat(run.refuses()).as("a share is gone, so others may come").isFalse();
    }

    @Test
    void aDeadlineIsMetThoughTheMachineStoodStillAndNoSecondHasTooMany() {
        Run run = run(new Goal(Kind.DRAIN, 1_000, 1_000 / 20.0, 20_000, true, 0));
        drive(run, 5 * SECOND);
        now += SECOND;
        drive(run, 60 * SECOND);
        assertThat(status(run).state()).isEqualTo(State.DONE);
        assertThat(now).isBetween(77 + 18 * SECOND, 77 + 22 * SECOND);
        assertThat(PaceTest.peak(herd.moved)).isLessThanOrEqualTo((int) (50 * 1.25));
    }

    @Test
    void itPausesGoesOnAndCanBeCancelled() {
        Run run = run(drain(500, 50));
        drive(run, SECOND);
        run.pause();
        assertThatThrownBy(run::pause).isInstanceOf(IllegalStateException.class);
        int before = herd.moved.size();
        drive(run, 10 * SECOND);
        assertThat(herd.moved).hasSize(before);
        assertThat(status(run)).returns(State.PAUSED, DrainStatus::state).returns(-1L, DrainStatus::etaMillis);
        assertThat(run.refuses()).isTrue();
        run.resume();
        drive(run, 11 * SECOND);
        assertThat(herd.moved.size() - before).as("nothing is made up for").isBetween(48, 53);
        run.cancel();
        assertThat(run.step(now)).isNegative();
        assertThat(status(run).state()).isEqualTo(State.CANCELLED);
        assertThat(run.refuses()).isFalse();
        assertThatThrownBy(run::resume).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aNodeThatIsDrainedWholeTakesThoseThatComeMeanwhileToo() {
        Run run = run(new Goal(Kind.DRAIN, 1_000, 500, 0, true, 0));
        drive(run, SECOND);
        herd.here += 10;
        herd.stuck = 5;
        drive(run, 10 * SECOND);
        assertThat(status(run)).returns(State.RUNNING, DrainStatus::state).returns(1_005, DrainStatus::moved);
        herd.stuck = 0;
        drive(run, 11 * SECOND);
        assertThat(status(run)).returns(State.DONE, DrainStatus::state).returns(1_010, DrainStatus::moved);
        assertThat(run.refuses()).isTrue();
        run.cancel();
        assertThat(run.refuses()).isFalse();
    }

    @Test
    void connectionsThatDoNotEndAreNotWaitedForForever() {
        herd.stuck = 3;
        Run run = run(new Goal(Kind.DRAIN, 1_000, 1_000, 0, true, 0));
        drive(run, 60 * SECOND);
        assertThat(status(run))
                .returns(State.DONE, DrainStatus::state)
                .returns("some connections do not end", DrainStatus::note);
        assertThat(now).isLessThan(30 * SECOND);
    }

    @Test
    void itSlowsDownWhileTheOthersRefuse() {
        Run run = run(drain(1_000, 50));
        drive(run, 77 + 2 * SECOND);
        nodes.set(1, node("b", 0, 10));
        int before = herd.moved.size();
        drive(run, 77 + 3 * SECOND);
        assertThat(status(run))
                .returns(25.0, DrainStatus::pace)
                .returns("other nodes refuse clients", DrainStatus::note);
        assertThat(herd.moved.size() - before).isBetween(24, 27);
        drive(run, 77 + 20 * SECOND);
        assertThat(status(run).pace()).isEqualTo(50);
    }

    @Test
    void aRebalanceEndsWhenTheNodeHasNoMoreThanTheMeanAndTheTolerance() {
        assertThat(Run.excess(nodes, 0.1)).isEqualTo(450);
        Run run = run(new Goal(Kind.REBALANCE, 450, 100, 0, false, 0.1));
        drive(run, 77 + 3 * SECOND);
        assertThat(run.refuses()).as("handshakes go on").isFalse();
        nodes.set(0, node("a", 540, 0));
        nodes.set(1, node("b", 460, 0));
        drive(run, 77 + 60 * SECOND);
        assertThat(status(run).state()).isEqualTo(State.DONE);
        assertThat(herd.moved.size()).isBetween(300, 302);
    }

    @Test
    void aRebalanceWhoseClientsComeBackAgainAndAgainEndsAnyway() {
        herd.here = 100_000;
        Run run = run(new Goal(Kind.REBALANCE, 100, 100, 0, false, 0.1));
        drive(run, 77 + 60 * SECOND);
        assertThat(status(run)).returns(State.DONE, DrainStatus::state).returns(400, DrainStatus::moved);
    }
}
