package dev.heliograph.server.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AcceptPaceTest {

    @Test
    void eachRunWaitsUntilItsTurnHasCome() throws InterruptedException {
        BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
        AcceptPace pace = new AcceptPace(waiting::add);
        AtomicInteger accepted = new AtomicInteger();
        Thread loop = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 3 * AcceptPace.RUN; i++) {
                pace.accepted();
                accepted.incrementAndGet();
            }
        });
        for (int run = 1; run <= 3; run++) {
            Runnable turn = waiting.take();
            // The last one of the run has not returned, unless nothing came for as long as it waits.
            assertThat(accepted.get()).isBetween(run * AcceptPace.RUN - 1, 3 * AcceptPace.RUN);
            turn.run();
        }
        loop.join();
        assertThat(accepted).hasValue(3 * AcceptPace.RUN);
        assertThat(waiting).isEmpty();
    }

    @Test
    void itGoesOnThoughNoTurnComes() {
        AcceptPace pace = new AcceptPace(_ -> {});
        AtomicInteger accepted = new AtomicInteger();
        Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 2 * AcceptPace.RUN; i++) {
                pace.accepted();
                accepted.incrementAndGet();
            }
        });
        await().untilAsserted(() -> assertThat(accepted).hasValue(2 * AcceptPace.RUN));
    }
}
