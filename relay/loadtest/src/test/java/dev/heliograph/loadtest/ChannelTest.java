package dev.heliograph.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChannelTest {

    private final Channel channel = new Channel("chat:1");

    @Test
    void aNumberThatIsBegunIsNotAcknowledged() {
        assertThat(channel.begin()).isZero();
        assertThat(channel.begun()).isEqualTo(1);
        assertThat(channel.acknowledged()).isZero();
        channel.acknowledge(10);
        assertThat(channel.acknowledged()).isEqualTo(1);
    }

    @Test
    void whatWasAcknowledgedBeforeATimeIsCounted() {
        for (int i = 0; i < 200; i++) {
            channel.begin();
            channel.acknowledge(10 * i);
        }
        assertThat(channel.acknowledgedBefore(0)).isZero();
        assertThat(channel.acknowledgedBefore(1)).isEqualTo(1);
        assertThat(channel.acknowledgedBefore(1_000)).isEqualTo(100);
        assertThat(channel.acknowledgedBefore(999)).isEqualTo(100);
        assertThat(channel.acknowledgedBefore(5_000)).isEqualTo(200);
    }
}
