package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Publication;
import dev.heliograph.server.broker.EmbeddedBroker;
import dev.heliograph.server.hub.Hub;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ChannelMeterTest {

    private final Hub hub = new Hub(new EmbeddedBroker(new EmbeddedBroker.Limits(1_000, 10, 10)));
    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            hub.onPublication("a", "", Publication.of(Bytes.utf8("1")), System.nanoTime());
        }
    }

    @Test
    void whatIsHeardIsCountedWhileSomebodyAsks() {
        try (ChannelMeter meter = new ChannelMeter(hub, time::get)) {
            publish(100);
            assertThat(hub.counted()).isFalse();
            assertThat(meter.rate("a")).isEqualTo(ChannelMeter.Rate.UNKNOWN);
            meter.watch();
            publish(30);
            assertThat(meter.rate("a")).isEqualTo(ChannelMeter.Rate.UNKNOWN);
            time.addAndGet(Duration.ofSeconds(3).toNanos());
            assertThat(meter.rate("a")).isEqualTo(new ChannelMeter.Rate(10, 3_000));
            assertThat(meter.rate("b").perSecond()).isZero();
            time.addAndGet(ChannelMeter.WATCHED.toNanos());
            await().atMost(Duration.ofSeconds(30)).until(() -> !meter.running());
            assertThat(hub.counted()).isFalse();
            assertThat(meter.rate("a")).isEqualTo(ChannelMeter.Rate.UNKNOWN);
        }
    }
}
