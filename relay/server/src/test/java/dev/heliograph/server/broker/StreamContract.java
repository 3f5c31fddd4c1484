package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.Hearing.News;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How publications are numbered, kept, read and forgotten.
abstract class StreamContract extends BrokerFixture {

    @Test
    void publicationsAreNumberedFromOneInOneEpoch() {
        StreamPosition first = publish("a");
        StreamPosition second = publish("b");
        StreamPosition third = publish("c");

        assertThat(List.of(first.offset(), second.offset(), third.offset())).containsExactly(1L, 2L, 3L);
        assertThat(first.epoch()).isNotEmpty().isEqualTo(second.epoch()).isEqualTo(third.epoch());
        assertThat(broker.history(CHANNEL, HistoryQuery.TOP, HOUR).top()).isEqualTo(third);
    }

    @Test
    void channelsAreNumberedIndependently() {
        publish("a");
        publish("b");

        PublishResult other = broker.publish("news:other", text("a"), KEPT);

        assertThat(other.position().offset()).isEqualTo(1);
        assertThat(other.position().epoch()).isNotEqualTo(top().epoch());
    }

    @Test
    void anOffsetThatThePublisherMadeUpIsIgnored() {
        broker.subscribe(CHANNEL);

        broker.publish(CHANNEL, text("kept").at(77), KEPT);
        broker.publish(CHANNEL, text("passing").at(78), PublishOptions.NO_HISTORY);

        await().until(() -> heard.publications(CHANNEL).size() == 2);
        assertThat(heard.publications(CHANNEL)).containsExactly(text("kept").at(1), text("passing"));
    }

    @Test
    void readingAChannelWithoutStreamCreatesOne() {
        HistoryPage page = broker.history(CHANNEL, HistoryQuery.after(0, 10), HOUR);

        assertThat(page.publications()).isEmpty();
        assertThat(page.top().offset()).isZero();
        assertThat(page.top().epoch()).isNotEmpty();
        assertThat(publish("a")).isEqualTo(new StreamPosition(1, page.top().epoch()));
    }

    @Test
    void publishingWithoutHistoryLeavesTheStreamAlone() {
        StreamPosition before = publish("a");
        broker.subscribe(CHANNEL);

        PublishResult result = broker.publish(CHANNEL, text("passing"), PublishOptions.NO_HISTORY);

        assertThat(result.position()).isEqualTo(StreamPosition.START);
        awaitHeard(new News.Published(CHANNEL, "", text("passing")));
        assertThat(top()).isEqualTo(before);
        assertThat(texts(HistoryQuery.after(0, 10))).containsExactly("a");
    }

    @Test
    void historyWithoutTimeToLiveKeepsNothing() {
        PublishResult result = broker.publish(CHANNEL, text("a"), PublishOptions.history(10, Duration.ZERO));

        assertThat(result.position()).isEqualTo(StreamPosition.START);
        assertThat(top().offset()).isZero();
    }

    @Test
    void historyIsReadForwardFromAnOffset() {
        publishNumbers(5);

        assertThat(texts(HistoryQuery.after(0, 10))).containsExactly("1", "2", "3", "4", "5");
        assertThat(texts(HistoryQuery.after(0, 2))).containsExactly("1", "2");
        assertThat(texts(HistoryQuery.after(2, 2))).containsExactly("3", "4");
        assertThat(texts(HistoryQuery.after(4, 10))).containsExactly("5");
        assertThat(texts(HistoryQuery.after(5, 10))).isEmpty();
        assertThat(texts(HistoryQuery.after(6, 10))).isEmpty();
        assertThat(texts(HistoryQuery.after(Long.MAX_VALUE, 10))).isEmpty();
        assertThat(texts(HistoryQuery.after(-1, 10))).as("unsigned").isEmpty();
    }

    @Test
    void historyIsReadBackwardFromAnOffset() {
        publishNumbers(5);

        assertThat(texts(new HistoryQuery(0, 10, true))).containsExactly("5", "4", "3", "2", "1");
        assertThat(texts(new HistoryQuery(0, 2, true))).containsExactly("5", "4");
        assertThat(texts(new HistoryQuery(4, 2, true))).containsExactly("3", "2");
        assertThat(texts(new HistoryQuery(5, 1, true))).containsExactly("4");
        assertThat(texts(new HistoryQuery(6, 1, true))).containsExactly("5");
        assertThat(texts(new HistoryQuery(1, 10, true))).isEmpty();
        assertThat(texts(new HistoryQuery(Long.MAX_VALUE, 1, true))).containsExactly("5");
    }

    @Test
    void aLimitOfZeroReadsOnlyThePosition() {
        publishNumbers(5);

        assertThat(texts(HistoryQuery.TOP)).isEmpty();
        assertThat(texts(new HistoryQuery(0, 0, true))).isEmpty();
        assertThat(top().offset()).isEqualTo(5);
    }

    @Test
    void historyKeepsTheLatestUpToItsSize() {
        for (int i = 1; i <= 7; i++) {
            broker.publish(CHANNEL, text("" + i), PublishOptions.history(3, HOUR));
        }

        assertThat(read(HistoryQuery.after(0, 10)))
                .containsExactly(text("5").at(5), text("6").at(6), text("7").at(7));
        assertThat(texts(HistoryQuery.after(3, 2))).containsExactly("5", "6");
        assertThat(texts(new HistoryQuery(0, 10, true))).containsExactly("7", "6", "5");
        assertThat(texts(new HistoryQuery(5, 10, true))).isEmpty();
        assertThat(texts(new HistoryQuery(6, 10, true))).containsExactly("5");
    }

    @Test
    void aSmallerSizeAppliesFromTheNextPublication() {
        publishNumbers(5);

        broker.publish(CHANNEL, text("6"), PublishOptions.history(2, HOUR));

        assertThat(texts(HistoryQuery.after(0, 10))).containsExactly("5", "6");
    }

    @Test
    void expiredHistoryIsGoneAndThePositionStays() {
        StreamPosition before = broker.publish(
                        CHANNEL,
                        text("a"),
                        PublishOptions.history(10, underTest().shortTtl()))
                .position();

        underTest().pass(underTest().shortTtl());

        HistoryPage page = broker.history(CHANNEL, HistoryQuery.after(0, 10), HOUR);
        assertThat(page.publications()).isEmpty();
        assertThat(page.top()).isEqualTo(before);
        assertThat(publish("b")).isEqualTo(new StreamPosition(2, before.epoch()));
        assertThat(texts(HistoryQuery.after(0, 10))).containsExactly("b");
    }

    @Test
    void aPublicationPutsOffTheExpiryOfAllHistory() {
        PublishOptions shortLived = PublishOptions.history(10, underTest().shortTtl());
        broker.publish(CHANNEL, text("a"), shortLived);
        underTest().pass(underTest().shortTtl().dividedBy(2));
        broker.publish(CHANNEL, text("b"), shortLived);
        underTest().pass(underTest().shortTtl().dividedBy(2));

        // One ttl after "a" at the least: without the second publication it would be gone.
        broker.publish(CHANNEL, text("c"), KEPT);

        assertThat(texts(HistoryQuery.after(0, 10))).containsExactly("a", "b", "c");
    }

    @Test
    void aForgottenStreamBeginsANewEpoch() {
        StreamPosition before = broker.publish(
                        CHANNEL, text("a"), withMetaTtl(underTest().shortTtl()))
                .position();

        underTest().pass(underTest().shortTtl());

        HistoryPage page = broker.history(CHANNEL, HistoryQuery.after(0, 10), HOUR);
        assertThat(page.publications()).isEmpty();
        assertThat(page.top().offset()).isZero();
        assertThat(page.top().epoch()).isNotEmpty().isNotEqualTo(before.epoch());
    }

    @Test
    void publishingIntoAForgottenStreamBeginsANewEpoch() {
        StreamPosition before = broker.publish(
                        CHANNEL, text("a"), withMetaTtl(underTest().shortTtl()))
                .position();

        underTest().pass(underTest().shortTtl());

        StreamPosition after = publish("b");
        assertThat(after.offset()).isEqualTo(1);
        assertThat(after.epoch()).isNotEqualTo(before.epoch());
        assertThat(texts(HistoryQuery.after(0, 10))).containsExactly("b");
    }

    @Test
    void readingPutsOffTheEndOfTheEpoch() {
        StreamPosition before = broker.publish(
                        CHANNEL, text("a"), withMetaTtl(underTest().shortTtl()))
                .position();

        broker.history(CHANNEL, HistoryQuery.TOP, HOUR);
        underTest().pass(underTest().shortTtl());

        assertThat(top()).isEqualTo(before);
    }

    @Test
    void removedHistoryIsGoneAndThePositionStays() {
        publishNumbers(3);
        StreamPosition before = top();

        broker.removeHistory(CHANNEL);

        HistoryPage page = broker.history(CHANNEL, HistoryQuery.after(0, 10), HOUR);
        assertThat(page.publications()).isEmpty();
        assertThat(page.top()).isEqualTo(before);
        assertThat(publish("4")).isEqualTo(new StreamPosition(4, before.epoch()));
        assertThat(texts(HistoryQuery.after(0, 10))).containsExactly("4");
    }

    @Test
    void removingTheHistoryOfAnUnknownChannelDoesNothing() {
        broker.removeHistory(CHANNEL);

        assertThat(top().offset()).isZero();
    }
}
