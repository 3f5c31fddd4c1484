package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.Hearing.News;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Who hears what, and in which order.
abstract class DeliveryContract extends BrokerFixture {

    @Test
    void aSubscribedChannelIsHeard() {
        broker.subscribe(CHANNEL);

        PublishResult result = broker.publish(CHANNEL, text("hello"), PublishOptions.NO_HISTORY);

        assertThat(result).isEqualTo(new PublishResult(StreamPosition.START, false));
        awaitHeard(new News.Published(CHANNEL, "", text("hello")));
    }

    @Test
    void theEpochAndOffsetOfAKeptPublicationAreHeard() {
        broker.subscribe(CHANNEL);

        PublishResult result = broker.publish(CHANNEL, text("hello"), KEPT);

        awaitHeard(new News.Published(
                CHANNEL, result.position().epoch(), text("hello").at(1)));
    }

    @Test
    void otherChannelsAreNotHeard() {
        broker.subscribe(CHANNEL);

        broker.publish("news:other", text("not for us"), KEPT);
        broker.publishJoin("news:other", info("anna", "c1"));
        awaitFence();

        assertThat(heard.of("news:other")).isEmpty();
    }

    @Test
    void anUnsubscribedChannelIsSoonNotHeard() {
        broker.subscribe(CHANNEL);
        broker.publish(CHANNEL, text("first"), PublishOptions.NO_HISTORY);
        await().until(() -> heard.texts(CHANNEL).contains("first"));

        broker.unsubscribe(CHANNEL);

        await().untilAsserted(() -> {
            int before = heard.of(CHANNEL).size();
            broker.publish(CHANNEL, text("late"), PublishOptions.NO_HISTORY);
            awaitFence();
            assertThat(heard.of(CHANNEL)).hasSize(before);
        });
    }

    @Test
    void aChannelCanBeSubscribedAgain() {
        broker.subscribe(CHANNEL);
        broker.unsubscribe(CHANNEL);
        broker.subscribe(CHANNEL);

        broker.publish(CHANNEL, text("again"), PublishOptions.NO_HISTORY);

        await().until(() -> heard.texts(CHANNEL).equals(List.of("again")));
    }

    @Test
    void subscribingTwiceDeliversOnce() {
        broker.subscribe(CHANNEL);
        broker.subscribe(CHANNEL);

        broker.publish(CHANNEL, text("once"), PublishOptions.NO_HISTORY);
        broker.publish(CHANNEL, text("end"), PublishOptions.NO_HISTORY);

        await().until(() -> heard.texts(CHANNEL).contains("end"));
        assertThat(heard.texts(CHANNEL)).containsExactly("once", "end");
    }

    @Test
    void unsubscribingAChannelThatIsNotSubscribedDoesNothing() {
        broker.unsubscribe(CHANNEL);
    }

    @Test
    void joinAndLeaveAreHeardInOrder() {
        broker.subscribe(CHANNEL);
        ClientInfo anna = info("anna", "c1");

        broker.publishJoin(CHANNEL, anna);
        broker.publish(CHANNEL, text("hello"), PublishOptions.NO_HISTORY);
        broker.publishLeave(CHANNEL, anna);

        await().until(() -> heard.of(CHANNEL).size() == 3);
        assertThat(heard.of(CHANNEL))
                .containsExactly(
                        new News.Joined(CHANNEL, anna),
                        new News.Published(CHANNEL, "", text("hello")),
                        new News.Left(CHANNEL, anna));
    }

    @Test
    void concurrentPublicationsAreHeardInTheOrderOfTheirOffsets() throws Exception {
        int publishers = 8;
        int each = 5_000;
        broker.subscribe(CHANNEL);
        PublishOptions options = PublishOptions.history(publishers * each, HOUR);

        List<List<Long>> offsets = inParallel(publishers, publisher -> {
            List<Long> mine = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                mine.add(broker.publish(CHANNEL, text(publisher + ":" + i), options)
                        .position()
                        .offset());
            }
            return mine;
        });

        await().atMost(Duration.ofSeconds(60)).until(() -> heard.of(CHANNEL).size() >= publishers * each);
        List<Publication> publications = heard.publications(CHANNEL);
        assertThat(publications)
                .extracting(Publication::offset)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, (long) publishers * each)
                        .boxed()
                        .toList());
        assertThat(offsets).allSatisfy(mine -> assertThat(mine).isSorted());
        for (int publisher = 0; publisher < publishers; publisher++) {
            for (int i = 0; i < each; i++) {
                int offset = offsets.get(publisher).get(i).intValue();
                assertThat(publications.get(offset - 1).data().text()).isEqualTo(publisher + ":" + i);
            }
        }
        assertThat(broker.history(CHANNEL, HistoryQuery.after(0, publishers * each), HOUR)
                        .publications())
                .isEqualTo(publications);
    }

    @Test
    void aSubscriberThatReadsAfterSubscribingMissesNothing() throws Exception {
        int count = 2_000;
        PublishOptions options = PublishOptions.history(count, HOUR);
        CountDownLatch halfway = new CountDownLatch(1);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> publisher = threads.submit(() -> {
                for (int i = 1; i <= count; i++) {
                    broker.publish(CHANNEL, text("" + i), options);
                    if (i == count / 2) {
                        halfway.countDown();
                    }
                }
            });
            halfway.await();
            broker.subscribe(CHANNEL);
            long top = broker.history(CHANNEL, HistoryQuery.TOP, HOUR).top().offset();
            publisher.get();

            await().until(() -> heard.publications(CHANNEL).stream()
                            .map(Publication::offset)
                            .filter(offset -> offset > top)
                            .count()
                    == count - top);
        }
    }
}
