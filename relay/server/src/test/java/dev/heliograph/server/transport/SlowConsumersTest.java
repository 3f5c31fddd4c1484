package dev.heliograph.server.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.config.SlowConsumer;
import dev.heliograph.server.hub.Subscription;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Each policy against one outbox with room for 40 bytes; frames have 4.
class SlowConsumersTest {

    private static final int LIMIT = 40;

    private final SlowConsumers slow = new SlowConsumers();
    private final Outbox outbox = new Outbox();
    private final List<String> told = new ArrayList<>();

    private Subscription subscription(String channel, boolean positioned, SlowConsumer policy) {
        return Subscriptions.live(channel, positioned, policy, () -> told.add(channel));
    }

    /// Publishes numbers to a peer that takes nothing, as a connection does.
    private void publish(Subscription subscription, int from, int to) {
        for (int i = from; i <= to; i++) {
            slow.queue(
                    outbox,
                    "%s%02d;".formatted(subscription.channel(), i).getBytes(US_ASCII),
                    true,
                    subscription,
                    true);
            if (outbox.counted() > LIMIT) {
                slow.relieve(outbox, LIMIT);
            }
        }
    }

    private String waiting() {
        ByteBuffer target = ByteBuffer.allocate((int) outbox.bytes());
        outbox.copyTo(target);
        return new String(target.array(), US_ASCII);
    }

    private void readAll() {
        outbox.consumed((int) outbox.bytes());
        slow.caughtUp(outbox);
    }

    @Test
    void withDisconnectNothingIsDropped() {
        publish(subscription("d", true, SlowConsumer.DISCONNECT), 1, 11);
        assertThat(outbox.counted()).isGreaterThan(LIMIT);
        assertThat(told).isEmpty();
        slow.disconnected(outbox.dropUnbegun());
        assertThat(slow.dropped(SlowConsumer.DISCONNECT)).isEqualTo(11);
        assertThat(slow.ended(SlowConsumer.DISCONNECT)).isOne();
    }

    @Test
    void aPositionedSubscriptionLosesAllThatWaitsAndIsToldAtOnce() {
        Subscription subscription = subscription("a", true, SlowConsumer.DROP_OLDEST);
        publish(subscription, 1, 10);
        assertThat(told).isEmpty();
        publish(subscription, 11, 11);
        assertThat(waiting()).isEmpty();
        assertThat(told).containsExactly("a");
        assertThat(slow.dropped(SlowConsumer.DROP_OLDEST)).isEqualTo(11);
        assertThat(slow.ended(SlowConsumer.DROP_OLDEST)).isOne();
        readAll();
        assertThat(told).hasSize(1);
    }

    @Test
    void anyOtherKeepsItsNewestAndIsToldWhenThePeerHasCaughtUp() {
        publish(subscription("b", false, SlowConsumer.DROP_OLDEST), 1, 12);
        assertThat(waiting()).isEqualTo("b07;b08;b09;b10;b11;b12;");
        assertThat(slow.dropped(SlowConsumer.DROP_OLDEST)).isEqualTo(6);
        assertThat(told).isEmpty();
        readAll();
        assertThat(told).containsExactly("b");
    }

    @Test
    void itIsToldBeforeThatIfItLosesForTheSecondTime() {
        publish(subscription("b", false, SlowConsumer.DROP_OLDEST), 1, 17);
        assertThat(told).containsExactly("b");
        assertThat(waiting()).isEqualTo("b13;b14;b15;b16;b17;");
        readAll();
        assertThat(told).hasSize(1);
        assertThat(slow.ended(SlowConsumer.DROP_OLDEST)).isOne();
    }

    @Test
    void onlyTheNewestOfALatestOnlyChannelWaitsAndAPositionedSubscriptionIsToldInTheEnd() {
        Subscription cached = subscription("c", true, SlowConsumer.LATEST_ONLY);
        Subscription plain = subscription("p", false, SlowConsumer.LATEST_ONLY);
        publish(cached, 1, 50);
        publish(plain, 1, 30);
        publish(cached, 51, 60);
        assertThat(waiting()).isEqualTo("c60;p30;");
        assertThat(slow.dropped(SlowConsumer.LATEST_ONLY)).isEqualTo(59 + 29);
        assertThat(told).isEmpty();
        readAll();
        assertThat(told)
                .as("a new subscription could miss the newest of the other")
                .containsExactly("c");
    }

    @Test
    void joinsAndLeavesOfALatestOnlyChannelAreNotSkipped() {
        Subscription subscription = subscription("c", true, SlowConsumer.LATEST_ONLY);
        publish(subscription, 1, 1);
        slow.queue(outbox, "join;".getBytes(US_ASCII), false, subscription, true);
        slow.queue(outbox, "leave;".getBytes(US_ASCII), false, subscription, true);
        publish(subscription, 2, 2);
        assertThat(waiting()).isEqualTo("c02;join;leave;");
    }

    @Test
    void whoIsNotBehindSkipsNothing() {
        Subscription subscription = subscription("c", true, SlowConsumer.LATEST_ONLY);
        for (String each : List.of("c01;", "c02;")) {
            slow.queue(outbox, each.getBytes(US_ASCII), true, subscription, false);
        }
        assertThat(waiting()).isEqualTo("c01;c02;");
        readAll();
        assertThat(told).isEmpty();
    }

    @Test
    void evenTheNewestGoesAtTheBoundAndThatIsTold() {
        Subscription latest = subscription("l", false, SlowConsumer.LATEST_ONLY);
        publish(latest, 1, 1);
        publish(subscription("d", false, SlowConsumer.DISCONNECT), 1, 10);
        assertThat(waiting()).doesNotContain("l01");
        readAll();
        assertThat(told).containsExactly("l");
    }
}
