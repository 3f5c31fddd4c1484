package dev.heliograph.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.chaos.HistoryChecker.Message;
import dev.heliograph.chaos.HistoryChecker.Place;
import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.Broker;
import dev.heliograph.server.broker.EmbeddedBroker;
import dev.heliograph.server.broker.PublishOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// A real broker that is broken on purpose makes the [HistoryChecker] speak up; one that works does not.
class BrokenBrokerTest {

    private static final int MESSAGES = 25_000;

    private static final PublishOptions KEPT = PublishOptions.history(MESSAGES, Duration.ofHours(1));

    private record Told(String epoch, Publication publication) {}

    /// Hands on what a broker tells as a fault would have it: gets each delivery and what delivers it.
    private static final class Faulty implements Broker.Listener {
        private final BiConsumer<Told, List<Told>> fault;
        private final List<Told> told = new ArrayList<>();

        Faulty(BiConsumer<Told, List<Told>> fault) {
            this.fault = fault;
        }

        @Override
        public synchronized void onPublication(String channel, String epoch, Publication publication, long since) {
            fault.accept(new Told(epoch, publication), told);
        }

        synchronized List<Told> told() {
            return List.copyOf(told);
        }

        @Override
        public void onJoin(String channel, ClientInfo info) {}

        @Override
        public void onLeave(String channel, ClientInfo info) {}

        @Override
        public void onPosition(String channel, StreamPosition position) {}

        @Override
        public void awaitCapacity(String channel) {}
    }

    /// @param expected how many deliveries the fault leaves
    private static List<String> faults(int expected, boolean publishedTwice, BiConsumer<Told, List<Told>> fault) {
        HistoryChecker checker = new HistoryChecker();
        Faulty listener = new Faulty(fault);
        try (Broker broker = new EmbeddedBroker()) {
            broker.start(listener);
            broker.subscribe("log:a");
            for (int number = 1; number <= MESSAGES; number++) {
                Publication publication = Publication.of(Bytes.utf8(Integer.toString(number)));
                StreamPosition position =
                        broker.publish("log:a", publication, KEPT).position();
                checker.acknowledged(new Message(0, number), new Place(position.epoch(), position.offset()));
                if (publishedTwice && number % 10_000 == 0) {
                    // As a retry without an idempotency key would.
                    broker.publish("log:a", publication, KEPT);
                }
            }
            await().until(() -> listener.told().size() >= expected);
        }
        HistoryChecker.Reader reader = checker.reader("reader");
        reader.began(new Place(listener.told().getFirst().epoch(), 0));
        for (Told each : listener.told()) {
            reader.heard(
                    new Place(each.epoch(), each.publication().offset()),
                    new Message(0, Integer.parseInt(each.publication().data().text())));
        }
        return checker.faults();
    }

    @Test
    void aBrokerThatWorksHasNoFaults() {
        assertThat(faults(MESSAGES, false, (told, to) -> to.add(told))).isEmpty();
    }

    @Test
    void aBrokerThatDropsEveryTenThousandthMessageIsFound() {
        AtomicInteger count = new AtomicInteger();
        assertThat(faults(MESSAGES - 2, false, (told, to) -> {
                    if (count.incrementAndGet() % 10_000 != 0) {
                        to.add(told);
                    }
                }))
                .filteredOn(each -> each.contains("is lost"))
                .hasSize(2);
    }

    @Test
    void aBrokerThatReordersIsFound() {
        assertThat(faults(MESSAGES, false, (told, to) -> {
                    to.add(told);
                    if (to.size() % 10_000 == 0) {
                        to.add(to.size() - 2, to.removeLast());
                    }
                }))
                .isNotEmpty();
    }

    @Test
    void aBrokerThatStoresAMessageTwiceIsFound() {
        assertThat(faults(MESSAGES + 2, true, (told, to) -> to.add(told)))
                .filteredOn(each -> each.contains("was published before"))
                .hasSize(2);
    }
}
