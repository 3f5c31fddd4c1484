package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.EmbeddedBroker.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is evicted, expired or removed: whoever recovers gets all that was missed, or sees that it is lost.
class RecoveryPropertyTest {

    private static final List<String> CHANNELS = List.of("a", "b", "c", "d");
    private static final Duration DAY = Duration.ofDays(1);

    private final ManualTime time = new ManualTime();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void recoveryIsNeverSilentlyWrong(long seed) {
        Random random = new Random(seed);
        int recovered = 0;
        int lost = 0;
        try (EmbeddedBroker broker = new EmbeddedBroker(new Limits(8_000, 3, 10), time)) {
            broker.start(new Hearing());
            // What was ever published in an epoch, by its epoch.
            Map<String, List<Publication>> published = new HashMap<>();
            List<Seen> seen = new ArrayList<>();
            for (int step = 0; step < 5_000; step++) {
                String channel = CHANNELS.get(random.nextInt(CHANNELS.size()));
                switch (random.nextInt(40)) {
                    case 0 -> broker.removeHistory(channel);
                    case 1 -> time.pass(Duration.ofSeconds(random.nextInt(90)));
                    case 2 -> broker.sweep();
                    case 3, 4, 5 ->
                        seen.add(new Seen(
                                channel,
                                broker.history(channel, HistoryQuery.TOP, DAY).top()));
                    default -> {
                        Publication publication = Publication.of(Bytes.utf8("x".repeat(random.nextInt(600)) + step));
                        StreamPosition position = broker.publish(channel, publication, options(random))
                                .position();
                        published
                                .computeIfAbsent(position.epoch(), _ -> new ArrayList<>())
                                .add(publication.at(position.offset()));
                    }
                }
                time.pass(Duration.ofMillis(random.nextInt(50)));
                if (!seen.isEmpty() && random.nextInt(3) == 0) {
                    Seen from = seen.get(Math.max(0, seen.size() - 1 - random.nextInt(12)));
                    HistoryPage page = broker.history(
                            from.channel(), HistoryQuery.after(from.position().offset(), 1_000), DAY);
                    if (isRecovered(page, from.position())) {
                        recovered++;
                        List<Publication> all =
                                published.getOrDefault(from.position().epoch(), List.of());
                        assertThat(page.publications())
                                .isEqualTo(all.subList((int) from.position().offset(), all.size()));
                    } else {
                        lost++;
                    }
                }
                assertThat(broker.usage().historyBytes()).isBetween(0L, 8_000L);
                assertThat(broker.usage().streams()).isLessThanOrEqualTo(3);
            }
            time.pass(PublishOptions.META_TTL);
            broker.sweep();
            assertThat(broker.usage()).isEqualTo(new EmbeddedBroker.Usage(0, 0, 0, 0));
        }
        // Both ends are met often enough to mean something.
        assertThat(recovered).isGreaterThan(50);
        assertThat(lost).isGreaterThan(50);
    }

    private record Seen(String channel, StreamPosition position) {}

    private static PublishOptions options(Random random) {
        return PublishOptions.history(1 + random.nextInt(30), Duration.ofSeconds(1 + random.nextInt(60)));
    }

    /// The rule by which a subscriber is told that it has missed nothing.
    private static boolean isRecovered(HistoryPage page, StreamPosition from) {
        List<Publication> publications = page.publications();
        if (!page.top().epoch().equals(from.epoch())) {
            return false;
        }
        return publications.isEmpty()
                ? page.top().offset() == from.offset()
                : publications.getFirst().offset() == from.offset() + 1
                        && publications.getLast().offset() == page.top().offset();
    }

    @Test
    void theBoundsHoldUnderConcurrentPublishersAndReaders() throws Exception {
        int publishers = 4;
        int readers = 2;
        AtomicBoolean done = new AtomicBoolean();
        try (EmbeddedBroker broker = new EmbeddedBroker(new Limits(50_000, 40, 100), time)) {
            broker.start(new Hearing());
            BrokerFixture.inParallel(publishers + readers, number -> {
                Random random = new Random(number);
                if (number < publishers) {
                    for (int i = 0; i < 20_000; i++) {
                        String channel = "channel" + random.nextInt(60);
                        Publication publication = Publication.of(Bytes.of(new byte[random.nextInt(500)]));
                        broker.publish(channel, publication, options(random).idempotent("" + random.nextInt(1_000)));
                        if (i % 16 == 0) {
                            time.pass(Duration.ofMillis(20));
                        }
                        if (i % 512 == 0) {
                            broker.sweep();
                        }
                    }
                    done.set(true);
                } else {
                    while (!done.get()) {
                        String channel = "channel" + random.nextInt(60);
                        assertWithoutGaps(broker.history(channel, HistoryQuery.after(0, 1_000), DAY));
                    }
                }
                return number;
            });

            assertThat(broker.usage().historyBytes()).isBetween(0L, 50_000L);
            assertThat(broker.usage().streams()).isLessThanOrEqualTo(40);
            assertThat(broker.usage().idempotencyKeys()).isLessThanOrEqualTo(100);

            time.pass(PublishOptions.META_TTL);
            broker.sweep();
            assertThat(broker.usage()).isEqualTo(new EmbeddedBroker.Usage(0, 0, 0, 0));
        }
    }

    private static void assertWithoutGaps(HistoryPage page) {
        long top = page.top().offset();
        int size = page.publications().size();
        assertThat(page.publications())
                .extracting(Publication::offset)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(top - size + 1, top).boxed().toList());
    }
}
