package dev.heliograph.server.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.drain.DrainStatus.Kind;
import dev.heliograph.server.drain.DrainStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LocalDrainTest {

    private final AtomicInteger here = new AtomicInteger(20);
    private volatile boolean otherDrains;
    private final LocalDrain drain = new LocalDrain(
            () -> new Herd() {
                @Override
                public boolean moveNext() {
                    return here.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
                }

                @Override
                public void release() {}

                @Override
                public int size() {
                    return here.get();
                }
            },
            () -> List.of(node("a", false, here.get()), node("b", otherDrains, 0)));

    private static Node node(String name, boolean draining, int clients) {
        return new Node(name, name, "", "1", "", 0, draining, new Node.Load(clients, 0, 0, 0, 0, 1, 0, 0, 0));
    }

    @Test
    void aDryRunTellsWhatWouldBeDoneAndDoesNothing() {
        assertThat(drain.start(new DrainOrder(50, 0, 5, 0, false), true))
                .returns(Kind.DRAIN, DrainStatus::kind)
                .returns(10, DrainStatus::total)
                .returns(2_000L, DrainStatus::etaMillis);
        assertThat(drain.status().state()).isEqualTo(State.IDLE);
        assertThat(drain.refuses()).isFalse();
        assertThat(here).hasValue(20);
    }

    @Test
    void allGoAndTheNodeRefusesClientsUntilItIsCancelled() {
        drain.start(DrainOrder.all(1_000), false);
        await().atMost(Duration.ofSeconds(20)).until(() -> drain.status().state() == State.DONE);
        assertThat(here).hasValue(0);
        assertThat(drain.refuses()).isTrue();
        drain.cancel();
        assertThat(drain.refuses()).isFalse();
    }

    @Test
    void oneThingIsDoneAtATime() {
        drain.start(new DrainOrder(0, 20, 0.01, 0, false), false);
        assertThatThrownBy(() -> drain.start(DrainOrder.all(1), false))
                .hasMessage("the node has something under way already");
        assertThatThrownBy(() -> drain.start(DrainOrder.all(1), true)).isInstanceOf(IllegalStateException.class);
        drain.cancel();
        assertThat(drain.start(new DrainOrder(0, 20, 0.01, 0, false), false).state())
                .isEqualTo(State.RUNNING);
        drain.cancel();
    }

    @Test
    void withNobodyToTakeTheClientsItMustBeForced() {
        otherDrains = true;
        assertThatThrownBy(() -> drain.start(DrainOrder.all(1), false))
                .hasMessage("no other node is there to take the clients");
        assertThat(drain.start(new DrainOrder(100, 0, 1, 0, true), true).total())
                .isEqualTo(20);
    }

    @Test
    void nothingCanBePausedWhereNothingIsUnderWay() {
        assertThatThrownBy(drain::pause).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(drain::cancel).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aShutdownAsksAllAndTakesThePlaceOfADrain() {
        drain.start(new DrainOrder(0, 20, 0.01, 0, false), false);
        drain.shutdown(Duration.ofSeconds(30), 1_000);
        assertThat(here).hasValue(0);
        assertThat(drain.status()).returns(Kind.SHUTDOWN, DrainStatus::kind).returns(State.DONE, DrainStatus::state);
        assertThat(drain.refuses()).isTrue();
    }

    @Test
    void aShutdownWithoutAPaceOnlyEndsWhatGoesOn() {
        drain.start(new DrainOrder(0, 20, 0.01, 0, false), false);
        drain.shutdown(Duration.ofSeconds(30), 0);
        assertThat(drain.status().state()).isEqualTo(State.CANCELLED);
        assertThat(here.get()).isGreaterThanOrEqualTo(19);
    }

    @Test
    void aShutdownIsFasterThanItsPaceIfTheTimeIsShort() {
        here.set(2_000);
        drain.shutdown(Duration.ofSeconds(2), 1);
        assertThat(drain.status().setPoint()).isEqualTo(2_000 / 1.6);
    }

    @Test
    void ordersSayHowManyAndHowFastInOneWay() {
        assertThatThrownBy(() -> new DrainOrder(0, 0, 1, 0, false)).hasMessageContaining("percentage");
        assertThatThrownBy(() -> new DrainOrder(5, 5, 1, 0, false)).hasMessageContaining("percentage");
        assertThatThrownBy(() -> new DrainOrder(101, 0, 1, 0, false)).hasMessageContaining("percentage");
        assertThatThrownBy(() -> new DrainOrder(5, 0, 0, 0, false)).hasMessageContaining("deadline");
        assertThatThrownBy(() -> new DrainOrder(5, 0, 1, 1, false)).hasMessageContaining("deadline");
        assertThat(new DrainOrder(100, 0, 0, 60_000, false).setPoint(9_000)).isEqualTo(150);
        assertThat(new DrainOrder(0, 5, 1, 0, false).of(3)).isEqualTo(3);
        assertThatThrownBy(() -> new RebalanceOrder(0, 10)).hasMessageContaining("rate");
        assertThatThrownBy(() -> new RebalanceOrder(1, 0)).hasMessageContaining("tolerance");
    }
}
