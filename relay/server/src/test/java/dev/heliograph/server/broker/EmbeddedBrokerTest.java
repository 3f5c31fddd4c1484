package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest extends BrokerContract {

    private final ManualTime time = new ManualTime();

    @Override
    BrokerUnderTest underTest() {
        return new BrokerUnderTest() {
            @Override
            public Broker create() {
                return new EmbeddedBroker(EmbeddedBroker.Limits.DEFAULT, time);
            }

            @Override
            public Duration shortTtl() {
                return Duration.ofSeconds(10);
            }

            @Override
            public void pass(Duration duration) {
                time.pass(duration);
            }
        };
    }

    @Test
    void startsOnce() {
        try (Broker broker = new EmbeddedBroker()) {
            broker.start(new Hearing());

            assertThatThrownBy(() -> broker.start(new Hearing())).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesWorkBeforeItIsStarted() {
        try (Broker broker = new EmbeddedBroker()) {
            assertThatThrownBy(() -> broker.subscribe("news")).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void endsItsThreadWhenClosed() {
        try (Broker broker = new EmbeddedBroker()) {
            broker.start(new Hearing());
            await().until(() -> sweepers() > 0);
        }

        await().until(() -> sweepers() == 0);
    }

    private static long sweepers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("broker-sweeper"))
                .count();
    }

    @Test
    void steadyTimeNeverGoesBack() {
        InstantSource steady = EmbeddedBroker.steadyTime();

        assertThat(steady.instant()).isBeforeOrEqualTo(steady.instant());
    }
}
