package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.heliograph.server.session.Link;
import dev.heliograph.server.session.Sessions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SamplerTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void itRunsForAMinuteAfterSomebodyAskedAndNoLonger() {
        AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);
        try (Sampler sampler = new Sampler(new Sessions(), time::get)) {
            assertThat(sampler.running()).isFalse();
            sampler.watch();
            assertThat(sampler.running()).isTrue();
            time.addAndGet(Sampler.WATCHED.toNanos() - 1);
            sampler.watch();
            time.addAndGet(Sampler.WATCHED.toNanos() - 1);
            assertThat(sampler.running()).isTrue();
            time.addAndGet(1);
            await().atMost(LONG).until(() -> !sampler.running());
            sampler.watch();
            assertThat(sampler.running()).isTrue();
        }
    }

    @Test
    void oneThatIsClosedRunsNoMore() {
        Sampler sampler = new Sampler(new Sessions(), System::nanoTime);
        sampler.watch();
        sampler.close();
        await().atMost(LONG).until(() -> !sampler.running());
        sampler.watch();
        assertThat(sampler.running()).isFalse();
    }

    @Test
    void ratesAreWhatCameInTheTime() {
        Link.Figures before = new Link.Figures(10, 1_000, 20, 2_000, 0, 0, false, false);
        Link.Figures after = new Link.Figures(13, 1_600, 120, 42_000, 0, 0, false, false);
        Rates rates = Rates.between(before, after, 2_000_000_000);
        assertThat(rates.in()).isCloseTo(1.5, within(1e-9));
        assertThat(rates.out()).isCloseTo(50, within(1e-9));
        assertThat(rates.inBytes()).isCloseTo(300, within(1e-9));
        assertThat(rates.outBytes()).isCloseTo(20_000, within(1e-9));
        assertThat(rates.windowMs()).isEqualTo(2_000);
        assertThat(Rates.between(before, after, 0).out()).isFinite();
    }
}
