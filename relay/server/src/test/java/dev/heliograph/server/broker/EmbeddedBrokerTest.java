package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerTest extends BrokerContract {

    private final ManualTime time = new ManualTime();

    @Override
    Broker create() {
        return new EmbeddedBroker(EmbeddedBroker.Limits.DEFAULT, time);
    }

    @Override
    Duration shortTtl() {
        return Duration.ofSeconds(10);
    }

    @Override
    void pass(Duration duration) {
        time.pass(duration);
    }

    @Test
    void startsOnce() {
        assertThatThrownBy(() -> broker.start(heard)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesWorkBeforeItIsStarted() {
        try (Broker latent = create()) {
            assertThatThrownBy(() -> latent.subscribe(CHANNEL)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void endsItsThreadWhenClosed() {
        await().until(() -> sweepers() > 0);

        broker.close();

        await().until(() -> sweepers() == 0);
    }

    private static long sweepers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("broker-sweeper"))
                .count();
    }

    @Test
    void steadyTimeNeverGoesBack() {
        var steady = EmbeddedBroker.steadyTime();

        assertThat(steady.instant()).isBeforeOrEqualTo(steady.instant());
    }
}
