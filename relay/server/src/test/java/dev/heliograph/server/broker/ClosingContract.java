package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// What a closed broker does: nothing.
abstract class ClosingContract extends BrokerFixture {

    @Test
    void aClosedBrokerRefusesEverything() {
        broker.close();

        List<Runnable> calls = List.of(
                () -> broker.subscribe(CHANNEL),
                () -> broker.unsubscribe(CHANNEL),
                () -> publish("late"),
                () -> broker.publish(CHANNEL, text("late"), PublishOptions.NO_HISTORY),
                () -> broker.publishJoin(CHANNEL, info("anna", "c1")),
                () -> broker.publishLeave(CHANNEL, info("anna", "c1")),
                this::top,
                () -> broker.removeHistory(CHANNEL),
                () -> broker.addPresence(CHANNEL, info("anna", "c1"), HOUR),
                () -> broker.removePresence(CHANNEL, "c1"),
                () -> broker.presence(CHANNEL),
                () -> broker.presenceStats(CHANNEL),
                () -> broker.start(heard));
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call::run).isInstanceOf(BrokerException.class));
    }

    @Test
    void closingTwiceIsFine() {
        broker.close();
        broker.close();
    }
}
