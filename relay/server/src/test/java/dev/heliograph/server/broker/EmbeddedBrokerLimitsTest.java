package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.EmbeddedBroker.Limits;
import dev.heliograph.server.broker.EmbeddedBroker.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EmbeddedBrokerLimitsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final PublishOptions KEPT = PublishOptions.history(1_000, HOUR);

    // Two of them and their overhead do not fit into 2,000 bytes.
    private static final Publication KILOBYTE = Publication.of(Bytes.of(new byte[1_000]));

    private final ManualTime time = new ManualTime();
    private final Hearing heard = new Hearing();
    private final List<EmbeddedBroker> brokers = new ArrayList<>();

    @AfterEach
    void closeBrokers() {
        brokers.forEach(EmbeddedBroker::close);
    }

    private EmbeddedBroker broker(long maxHistoryBytes, int maxChannels, int maxIdempotencyKeys) {
        EmbeddedBroker broker = new EmbeddedBroker(new Limits(maxHistoryBytes, maxChannels, maxIdempotencyKeys), time);
        broker.start(heard);
        brokers.add(broker);
        return broker;
    }

    private EmbeddedBroker brokerOfBytes(long maxHistoryBytes) {
        return broker(maxHistoryBytes, 1_000, 1_000);
    }

    private StreamPosition publish(Broker broker, String channel) {
        time.pass(Duration.ofMillis(1));
        return broker.publish(channel, KILOBYTE, KEPT).position();
    }

    private static List<Long> offsets(Broker broker, String channel, long after) {
        return broker.history(channel, HistoryQuery.after(after, 1_000), DAY).publications().stream()
                .map(Publication::offset)
                .toList();
    }

    @Test
    void hasTheseDefaults() {
        assertThat(Limits.DEFAULT).isEqualTo(new Limits(268_435_456, 1_000_000, 300_000));
    }

    @Test
    void refusesLimitsThatAreNotPositive() {
        assertThatThrownBy(() -> new Limits(0, 1, 1)).hasMessageContaining("maxHistoryBytes");
        assertThatThrownBy(() -> new Limits(1, -1, 1)).hasMessageContaining("maxChannels");
        assertThatThrownBy(() -> new Limits(1, 1, 0)).hasMessageContaining("maxIdempotencyKeys");
    }

    @Test
    void publishingWithoutHistoryKeepsNothing() {
        EmbeddedBroker broker = brokerOfBytes(10_000);
        broker.subscribe("a");

        broker.publish("a", KILOBYTE, PublishOptions.NO_HISTORY);
        broker.publish("b", KILOBYTE, PublishOptions.NO_HISTORY);

        assertThat(heard.publications("a")).containsExactly(KILOBYTE);
        assertThat(broker.usage()).isEqualTo(new Usage(0, 0, 0, 0));
    }

    @Test
    void aStreamAloneKeepsItsLatestWithinTheBytes() {
        EmbeddedBroker broker = brokerOfBytes(5_000);
        for (int i = 0; i < 100; i++) {
            publish(broker, "a");
            assertThat(broker.usage().historyBytes()).isLessThanOrEqualTo(5_000);
        }

        assertThat(offsets(broker, "a", 0)).containsExactly(97L, 98L, 99L, 100L);
    }

    @Test
    void theOldestOfTheLeastRecentlyUsedStreamGoesFirst() {
        EmbeddedBroker broker = brokerOfBytes(5_000);
        publish(broker, "a");
        publish(broker, "a");
        publish(broker, "b");
        publish(broker, "b");

        publish(broker, "b");

        assertThat(offsets(broker, "a", 0)).containsExactly(2L);
        assertThat(offsets(broker, "b", 0)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void readingCountsAsUse() {
        EmbeddedBroker broker = brokerOfBytes(5_000);
        publish(broker, "a");
        publish(broker, "a");
        publish(broker, "b");
        publish(broker, "b");
        time.pass(Duration.ofMillis(1));
        broker.history("a", HistoryQuery.TOP, DAY);

        publish(broker, "c");

        assertThat(offsets(broker, "a", 0)).containsExactly(1L, 2L);
        assertThat(offsets(broker, "b", 0)).containsExactly(2L);
    }

    @Test
    void anEvictedStreamGoesOnSoThatRecoverySeesTheLoss() {
        EmbeddedBroker broker = brokerOfBytes(3_000);
        StreamPosition first = publish(broker, "a");
        publish(broker, "a");
        publish(broker, "b");
        publish(broker, "b");

        assertThat(offsets(broker, "a", 0)).isEmpty();
        assertThat(broker.history("a", HistoryQuery.TOP, DAY).top()).isEqualTo(new StreamPosition(2, first.epoch()));

        assertThat(publish(broker, "a")).isEqualTo(new StreamPosition(3, first.epoch()));
        assertThat(offsets(broker, "a", 1)).as("not 2").startsWith(3L);
    }

    @Test
    void aPublicationLargerThanTheBoundIsDeliveredAndLostToTheHistory() {
        EmbeddedBroker broker = brokerOfBytes(500);
        broker.subscribe("a");

        StreamPosition position = publish(broker, "a");

        assertThat(heard.publications("a")).containsExactly(KILOBYTE.at(1));
        assertThat(offsets(broker, "a", 0)).isEmpty();
        assertThat(broker.history("a", HistoryQuery.TOP, DAY).top()).isEqualTo(position);
        assertThat(broker.usage().historyBytes()).isZero();
    }

    @Test
    void tagsAndInfoCount() {
        EmbeddedBroker broker = brokerOfBytes(100_000);
        Publication publication = new Publication(
                Bytes.EMPTY,
                Optional.of(new ClientInfo("user", "client", Bytes.of(new byte[5_000]), Bytes.of(new byte[6_000]))),
                0,
                Map.of("tag", "x".repeat(7_000)),
                false,
                0);

        broker.publish("a", publication, KEPT);

        assertThat(broker.usage().historyBytes()).isBetween(5_000L + 6_000 + 7_000, 30_000L);
    }

    @Test
    void theLeastRecentlyUsedStreamBeyondTheBoundBeginsANewEpoch() {
        EmbeddedBroker broker = broker(100_000, 2, 10);
        StreamPosition a = publish(broker, "a");
        StreamPosition b = publish(broker, "b");
        time.pass(Duration.ofMillis(1));
        broker.history("a", HistoryQuery.TOP, DAY);

        publish(broker, "c");

        assertThat(broker.usage().streams()).isEqualTo(2);
        assertThat(broker.history("a", HistoryQuery.TOP, DAY).top()).isEqualTo(a);
        StreamPosition again = publish(broker, "b");
        assertThat(again.offset()).isEqualTo(1);
        assertThat(again.epoch()).isNotEqualTo(b.epoch());
    }

    @Test
    void readingAloneStaysWithinTheBoundOfStreams() {
        EmbeddedBroker broker = broker(100_000, 3, 10);

        for (int i = 0; i < 100; i++) {
            broker.history("channel" + i, HistoryQuery.TOP, DAY);
        }

        assertThat(broker.usage().streams()).isEqualTo(3);
    }

    @Test
    void theOldestIdempotencyKeyBeyondTheBoundIsForgotten() {
        EmbeddedBroker broker = broker(100_000, 10, 2);
        broker.publish("a", KILOBYTE, KEPT.idempotent("1"));
        broker.publish("b", KILOBYTE, KEPT.idempotent("2"));
        broker.publish("a", KILOBYTE, KEPT.idempotent("3"));

        assertThat(broker.usage().idempotencyKeys()).isEqualTo(2);
        assertThat(broker.publish("b", KILOBYTE, KEPT.idempotent("2")).suppressed())
                .isTrue();
        assertThat(broker.publish("a", KILOBYTE, KEPT.idempotent("3")).suppressed())
                .isTrue();
        assertThat(broker.publish("a", KILOBYTE, KEPT.idempotent("1")).suppressed())
                .isFalse();
    }

    @Test
    void theMemoryOfExpiredHistoryIsFreed() {
        EmbeddedBroker broker = brokerOfBytes(100_000);
        publish(broker, "a");
        publish(broker, "b");
        publish(broker, "b");

        time.pass(HOUR);
        broker.sweep();

        assertThat(broker.usage()).isEqualTo(new Usage(0, 2, 0, 0));
    }

    @Test
    void sweepingLeavesWhatHasNotExpired() {
        EmbeddedBroker broker = brokerOfBytes(100_000);
        broker.publish("a", KILOBYTE, KEPT.idempotent("key"));
        broker.addPresence("a", BrokerFixture.info("anna", "c1"), HOUR);
        Usage before = broker.usage();

        time.pass(Duration.ofMinutes(4));
        broker.sweep();

        assertThat(broker.usage()).isEqualTo(before);
    }

    @Test
    void historyThatWasPutOffIsFreedLater() {
        EmbeddedBroker broker = brokerOfBytes(100_000);
        publish(broker, "a");
        time.pass(HOUR.minusMinutes(1));
        publish(broker, "a");

        time.pass(Duration.ofMinutes(2));
        broker.sweep();
        assertThat(offsets(broker, "a", 0)).containsExactly(1L, 2L);

        time.pass(HOUR);
        broker.sweep();
        assertThat(broker.usage().historyBytes()).isZero();
    }

    @Test
    void aShorterTimeToLiveIsFreedInTime() {
        EmbeddedBroker broker = brokerOfBytes(100_000);
        publish(broker, "a");
        broker.publish("a", KILOBYTE, PublishOptions.history(10, Duration.ofMinutes(1)));

        time.pass(Duration.ofMinutes(1));
        broker.sweep();

        assertThat(broker.usage().historyBytes()).isZero();
    }

    @Test
    void theMemoryOfForgottenStreamsIsFreed() {
        EmbeddedBroker broker = brokerOfBytes(100_000);
        publish(broker, "a");
        broker.history("b", HistoryQuery.TOP, HOUR);

        time.pass(PublishOptions.META_TTL);
        broker.sweep();

        assertThat(broker.usage()).isEqualTo(new Usage(0, 0, 0, 0));
    }

    @Test
    void removedHistoryIsFreed() {
        EmbeddedBroker broker = brokerOfBytes(100_000);
        publish(broker, "a");

        broker.removeHistory("a");

        assertThat(broker.usage()).isEqualTo(new Usage(0, 1, 0, 0));
    }

    @Test
    void theMemoryOfExpiredIdempotencyKeysIsFreed() {
        EmbeddedBroker broker = brokerOfBytes(100_000);
        broker.publish("a", KILOBYTE, PublishOptions.NO_HISTORY.idempotent("1"));
        broker.publish("a", KILOBYTE, PublishOptions.NO_HISTORY.idempotent("2"));
        assertThat(broker.usage().idempotencyKeys()).isEqualTo(2);

        time.pass(PublishOptions.IDEMPOTENCY_TTL);
        broker.sweep();

        assertThat(broker.usage()).isEqualTo(new Usage(0, 0, 0, 0));
    }

    @Test
    void theMemoryOfAbsentMembersIsFreed() {
        EmbeddedBroker broker = brokerOfBytes(100_000);
        broker.addPresence("left", BrokerFixture.info("anna", "c1"), HOUR);
        broker.addPresence("expired", BrokerFixture.info("anna", "c1"), Duration.ofMinutes(1));
        broker.addPresence("refreshed", BrokerFixture.info("anna", "c1"), Duration.ofMinutes(1));
        broker.addPresence("refreshed", BrokerFixture.info("anna", "c1"), HOUR);
        assertThat(broker.usage().presenceChannels()).isEqualTo(3);

        broker.removePresence("left", "c1");
        time.pass(Duration.ofMinutes(1));
        broker.sweep();

        assertThat(broker.usage().presenceChannels()).isEqualTo(1);
        assertThat(broker.presence("refreshed")).containsOnlyKeys("c1");
    }

    @Test
    void aTimeToLiveOfAgesIsFine() {
        EmbeddedBroker broker = brokerOfBytes(100_000);
        Duration ages = Duration.ofSeconds(Long.MAX_VALUE);
        broker.publish("a", KILOBYTE, new PublishOptions(10, ages, ages, "key", ages, 0, ""));
        broker.addPresence("a", BrokerFixture.info("anna", "c1"), ages);

        time.pass(Duration.ofDays(100_000));
        broker.sweep();

        assertThat(offsets(broker, "a", 0)).containsExactly(1L);
        assertThat(broker.presence("a")).containsOnlyKeys("c1");
    }
}
