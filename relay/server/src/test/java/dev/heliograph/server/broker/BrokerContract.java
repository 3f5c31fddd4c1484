package dev.heliograph.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.Hearing.News;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [Broker] does. An implementation's test extends this and says how to make a broker and how time passes.
abstract class BrokerContract {

    static final String CHANNEL = "news:contract";
    static final Duration HOUR = Duration.ofHours(1);

    private static final PublishOptions KEPT = PublishOptions.history(100, HOUR);

    Broker broker;
    Hearing heard;

    /// A broker with nothing in it, not started.
    abstract Broker create();

    /// A time to live that is short enough to be waited for, and more than twice what the implementation can tell
    /// apart.
    abstract Duration shortTtl();

    /// Returns when at least so much time has passed for the broker, and not much more.
    abstract void pass(Duration time);

    @BeforeEach
    void startBroker() {
        broker = create();
        heard = new Hearing();
        broker.start(heard);
    }

    @AfterEach
    void closeBroker() {
        broker.close();
    }

    // Delivery

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
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, (long) publishers * each).boxed().toList());
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

    // Content

    @Test
    void everythingInAPublicationSurvives() {
        Publication publication = new Publication(
                Bytes.utf8("{\"text\":\"grüße 🎉\"}"),
                Optional.of(new ClientInfo("anna", "c1", Bytes.utf8("{\"name\":\"Anna\"}"), Bytes.utf8("[1]"))),
                0,
                Map.of("lang", "de", "room", "", "kéy", "välue"),
                true,
                1_790_000_000_123L);
        broker.subscribe(CHANNEL);

        broker.publish(CHANNEL, publication, KEPT);

        await().until(() -> heard.publications(CHANNEL).equals(List.of(publication.at(1))));
        assertThat(read(HistoryQuery.after(0, 10))).containsExactly(publication.at(1));
    }

    @Test
    void anAnonymousPublisherWithoutInfoSurvives() {
        Publication publication = new Publication(Bytes.EMPTY, Optional.of(info("", "c1")), 0, Map.of(), false, 0);
        broker.subscribe(CHANNEL);

        broker.publish(CHANNEL, publication, KEPT);

        await().until(() -> heard.publications(CHANNEL).equals(List.of(publication.at(1))));
        assertThat(read(HistoryQuery.after(0, 10))).containsExactly(publication.at(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 65_536, 1 << 20})
    void binaryPayloadsOfAnySizeSurvive(int size) {
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        Publication publication = Publication.of(Bytes.of(payload));
        broker.subscribe(CHANNEL);

        broker.publish(CHANNEL, publication, KEPT);

        await().until(() -> heard.publications(CHANNEL).equals(List.of(publication.at(1))));
        assertThat(read(HistoryQuery.after(0, 1))).containsExactly(publication.at(1));
    }

    @Test
    void everyByteValueSurvives() {
        byte[] payload = new byte[256];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) i;
        }
        Publication publication = Publication.of(Bytes.of(payload));
        broker.subscribe(CHANNEL);

        broker.publish(CHANNEL, publication, PublishOptions.NO_HISTORY);

        await().until(() -> heard.publications(CHANNEL).equals(List.of(publication)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "$private:room#42,43", "with space\n{tag}:*?[]", "grüße:🎉"})
    void anyChannelNameWorks(String channel) {
        worksOn(channel);
    }

    @Test
    void longChannelNamesWork() {
        worksOn("long:" + "x".repeat(4_096));
    }

    private void worksOn(String channel) {
        broker.subscribe(channel);
        ClientInfo anna = info("anna", "c1");

        broker.publish(channel, text("hello"), KEPT.idempotent("key"));
        broker.addPresence(channel, anna, HOUR);

        await().until(() ->
                heard.publications(channel).equals(List.of(text("hello").at(1))));
        assertThat(broker.history(channel, HistoryQuery.after(0, 1), HOUR).publications())
                .containsExactly(text("hello").at(1));
        assertThat(broker.presence(channel)).containsExactly(Map.entry("c1", anna));
    }

    // Streams

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
        StreamPosition before = broker.publish(CHANNEL, text("a"), PublishOptions.history(10, shortTtl()))
                .position();

        pass(shortTtl());

        HistoryPage page = broker.history(CHANNEL, HistoryQuery.after(0, 10), HOUR);
        assertThat(page.publications()).isEmpty();
        assertThat(page.top()).isEqualTo(before);
        assertThat(publish("b")).isEqualTo(new StreamPosition(2, before.epoch()));
        assertThat(texts(HistoryQuery.after(0, 10))).containsExactly("b");
    }

    @Test
    void aPublicationPutsOffTheExpiryOfAllHistory() {
        PublishOptions shortLived = PublishOptions.history(10, shortTtl());
        broker.publish(CHANNEL, text("a"), shortLived);
        pass(shortTtl().dividedBy(2));
        broker.publish(CHANNEL, text("b"), shortLived);
        pass(shortTtl().dividedBy(2));

        // One ttl after "a" at the least: without the second publication it would be gone.
        broker.publish(CHANNEL, text("c"), KEPT);

        assertThat(texts(HistoryQuery.after(0, 10))).containsExactly("a", "b", "c");
    }

    @Test
    void aForgottenStreamBeginsANewEpoch() {
        StreamPosition before =
                broker.publish(CHANNEL, text("a"), withMetaTtl(shortTtl())).position();

        pass(shortTtl());

        HistoryPage page = broker.history(CHANNEL, HistoryQuery.after(0, 10), HOUR);
        assertThat(page.publications()).isEmpty();
        assertThat(page.top().offset()).isZero();
        assertThat(page.top().epoch()).isNotEmpty().isNotEqualTo(before.epoch());
    }

    @Test
    void publishingIntoAForgottenStreamBeginsANewEpoch() {
        StreamPosition before =
                broker.publish(CHANNEL, text("a"), withMetaTtl(shortTtl())).position();

        pass(shortTtl());

        StreamPosition after = publish("b");
        assertThat(after.offset()).isEqualTo(1);
        assertThat(after.epoch()).isNotEqualTo(before.epoch());
        assertThat(texts(HistoryQuery.after(0, 10))).containsExactly("b");
    }

    @Test
    void readingPutsOffTheEndOfTheEpoch() {
        StreamPosition before =
                broker.publish(CHANNEL, text("a"), withMetaTtl(shortTtl())).position();

        broker.history(CHANNEL, HistoryQuery.TOP, HOUR);
        pass(shortTtl());

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

    // Idempotency

    @Test
    void aRepeatGetsTheFirstResultAndPublishesNothing() {
        broker.subscribe(CHANNEL);
        PublishResult first = broker.publish(CHANNEL, text("once"), KEPT.idempotent("key"));
        publish("between");

        PublishResult repeat = broker.publish(CHANNEL, text("twice"), KEPT.idempotent("key"));

        assertThat(first.suppressed()).isFalse();
        assertThat(repeat).isEqualTo(new PublishResult(first.position(), true));
        publish("end");
        await().until(() -> heard.texts(CHANNEL).contains("end"));
        assertThat(heard.texts(CHANNEL)).containsExactly("once", "between", "end");
        assertThat(texts(HistoryQuery.after(0, 10))).containsExactly("once", "between", "end");
    }

    @Test
    void aRepeatWithoutHistoryPublishesNothing() {
        broker.subscribe(CHANNEL);
        PublishOptions options = PublishOptions.NO_HISTORY.idempotent("key");

        PublishResult first = broker.publish(CHANNEL, text("once"), options);
        PublishResult repeat = broker.publish(CHANNEL, text("twice"), options);

        assertThat(first).isEqualTo(new PublishResult(StreamPosition.START, false));
        assertThat(repeat).isEqualTo(new PublishResult(StreamPosition.START, true));
        broker.publish(CHANNEL, text("end"), PublishOptions.NO_HISTORY);
        await().until(() -> heard.texts(CHANNEL).contains("end"));
        assertThat(heard.texts(CHANNEL)).containsExactly("once", "end");
    }

    @Test
    void idempotencyKeysAreOfOneChannel() {
        PublishResult here = broker.publish(CHANNEL, text("a"), KEPT.idempotent("key"));
        PublishResult there = broker.publish("news:other", text("a"), KEPT.idempotent("key"));

        assertThat(here.suppressed()).isFalse();
        assertThat(there.suppressed()).isFalse();
    }

    @Test
    void idempotencyKeysAreForgottenAfterTheirTime() {
        PublishOptions options = new PublishOptions(10, HOUR, HOUR, "key", shortTtl(), 0, "");
        broker.publish(CHANNEL, text("a"), options);

        pass(shortTtl());

        PublishResult later = broker.publish(CHANNEL, text("b"), options);
        assertThat(later.suppressed()).isFalse();
        assertThat(later.position().offset()).isEqualTo(2);
    }

    @Test
    void concurrentRepeatsPublishOnce() throws Exception {
        broker.subscribe(CHANNEL);

        List<PublishResult> results =
                inParallel(50, i -> broker.publish(CHANNEL, text("" + i), KEPT.idempotent("key")));

        assertThat(results).extracting(PublishResult::position).containsOnly(top());
        assertThat(results).filteredOn(result -> !result.suppressed()).hasSize(1);
        assertThat(top().offset()).isEqualTo(1);
        publish("end");
        await().until(() -> heard.texts(CHANNEL).contains("end"));
        assertThat(heard.texts(CHANNEL)).hasSize(2);
    }

    // Versions

    @Test
    void olderAndEqualVersionsAreSuppressed() {
        broker.subscribe(CHANNEL);
        StreamPosition newest = publishVersion(5, "e", "five").position();

        assertThat(publishVersion(5, "e", "again")).isEqualTo(new PublishResult(newest, true));
        assertThat(publishVersion(4, "e", "older")).isEqualTo(new PublishResult(newest, true));
        PublishResult next = publishVersion(6, "e", "six");

        assertThat(next).isEqualTo(new PublishResult(new StreamPosition(2, newest.epoch()), false));
        await().until(() -> heard.texts(CHANNEL).contains("six"));
        assertThat(heard.texts(CHANNEL)).containsExactly("five", "six");
        assertThat(texts(HistoryQuery.after(0, 10))).containsExactly("five", "six");
    }

    @Test
    void versionsOfDifferentEpochsAreNotCompared() {
        publishVersion(5, "e", "five");

        assertThat(publishVersion(1, "f", "one").suppressed()).isFalse();
        assertThat(publishVersion(1, "f", "one again").suppressed()).isTrue();
        assertThat(publishVersion(2, "e", "back").suppressed()).isFalse();
    }

    @Test
    void publicationsWithoutVersionAreNeverSuppressed() {
        publishVersion(5, "", "five");

        assertThat(publish("unversioned").offset()).isEqualTo(2);
        assertThat(publishVersion(5, "", "five again").suppressed()).isTrue();
    }

    @Test
    void versionsOutliveThePublications() {
        publishVersion(5, "", "five");

        broker.removeHistory(CHANNEL);

        assertThat(publishVersion(5, "", "five again").suppressed()).isTrue();
    }

    // Presence

    @Test
    void membersArePresentUntilRemoved() {
        ClientInfo anna = new ClientInfo("anna", "c1", Bytes.utf8("{\"name\":\"Anna\"}"), Bytes.utf8("{}"));
        ClientInfo ben = info("ben", "c2");
        broker.addPresence(CHANNEL, anna, HOUR);
        broker.addPresence(CHANNEL, ben, HOUR);

        assertThat(broker.presence(CHANNEL)).isEqualTo(Map.of("c1", anna, "c2", ben));
        assertThat(broker.presence("news:other")).isEmpty();

        broker.removePresence(CHANNEL, "c1");

        assertThat(broker.presence(CHANNEL)).isEqualTo(Map.of("c2", ben));
    }

    @Test
    void removingAnUnknownMemberDoesNothing() {
        broker.removePresence(CHANNEL, "c1");
        broker.addPresence(CHANNEL, info("anna", "c1"), HOUR);
        broker.removePresence(CHANNEL, "c2");

        assertThat(broker.presence(CHANNEL)).containsOnlyKeys("c1");
    }

    @Test
    void aRefreshedMemberIsPresentWithItsLatestInfo() {
        ClientInfo newer = new ClientInfo("anna", "c1", Bytes.utf8("2"), Bytes.EMPTY);
        broker.addPresence(CHANNEL, info("anna", "c1"), HOUR);

        broker.addPresence(CHANNEL, newer, HOUR);

        assertThat(broker.presence(CHANNEL)).isEqualTo(Map.of("c1", newer));
        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(1, 1));
    }

    @Test
    void aMemberThatIsNotRefreshedIsGone() {
        broker.addPresence(CHANNEL, info("anna", "c1"), shortTtl());
        broker.addPresence(CHANNEL, info("ben", "c2"), shortTtl());
        broker.addPresence(CHANNEL, info("cleo", "c3"), HOUR);
        broker.addPresence(CHANNEL, info("ben", "c2"), HOUR);

        pass(shortTtl());

        assertThat(broker.presence(CHANNEL)).containsOnlyKeys("c2", "c3");
        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(2, 2));
    }

    @Test
    void connectionsAndUsersAreCounted() {
        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(0, 0));

        broker.addPresence(CHANNEL, info("anna", "c1"), HOUR);
        broker.addPresence(CHANNEL, info("anna", "c2"), HOUR);
        broker.addPresence(CHANNEL, info("ben", "c3"), HOUR);
        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(3, 2));

        broker.removePresence(CHANNEL, "c1");
        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(2, 2));

        broker.removePresence(CHANNEL, "c2");
        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(1, 1));

        broker.removePresence(CHANNEL, "c3");
        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(0, 0));
    }

    @Test
    void aConnectionThatBecomesAnotherUserIsCountedOnce() {
        broker.addPresence(CHANNEL, info("", "c1"), HOUR);
        broker.addPresence(CHANNEL, info("anna", "c1"), HOUR);

        assertThat(broker.presenceStats(CHANNEL)).isEqualTo(new PresenceCount(1, 1));
    }

    // End

    @Test
    void aClosedBrokerRefusesEverything() {
        broker.close();

        List<Runnable> calls = List.of(
                () -> broker.subscribe(CHANNEL),
                () -> broker.unsubscribe(CHANNEL),
                () -> publish("late"),
                () -> broker.publish(CHANNEL, text("late"), PublishOptions.NO_HISTORY),
                () -> broker.publishJoin(CHANNEL, info("anna", "c1")),
                () -> broker.publishLeave(CHANNEL, info("anna", "c1")),
                this::top,
                () -> broker.removeHistory(CHANNEL),
                () -> broker.addPresence(CHANNEL, info("anna", "c1"), HOUR),
                () -> broker.removePresence(CHANNEL, "c1"),
                () -> broker.presence(CHANNEL),
                () -> broker.presenceStats(CHANNEL),
                () -> broker.start(heard));
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call::run).isInstanceOf(BrokerException.class));
    }

    @Test
    void closingTwiceIsFine() {
        broker.close();
        broker.close();
    }

    // Words

    static Publication text(String text) {
        return Publication.of(Bytes.of(text.getBytes(UTF_8)));
    }

    static ClientInfo info(String user, String client) {
        return new ClientInfo(user, client, Bytes.EMPTY, Bytes.EMPTY);
    }

    static PublishOptions withMetaTtl(Duration metaTtl) {
        return new PublishOptions(100, HOUR, metaTtl, "", PublishOptions.IDEMPOTENCY_TTL, 0, "");
    }

    StreamPosition publish(String text) {
        return broker.publish(CHANNEL, text(text), KEPT).position();
    }

    private void publishNumbers(int count) {
        for (int i = 1; i <= count; i++) {
            publish("" + i);
        }
    }

    private PublishResult publishVersion(long version, String versionEpoch, String text) {
        return broker.publish(
                CHANNEL, text(text), new PublishOptions(100, HOUR, HOUR, "", HOUR, version, versionEpoch));
    }

    StreamPosition top() {
        return broker.history(CHANNEL, HistoryQuery.TOP, HOUR).top();
    }

    private List<Publication> read(HistoryQuery query) {
        return broker.history(CHANNEL, query, HOUR).publications();
    }

    private List<String> texts(HistoryQuery query) {
        return read(query).stream()
                .map(publication -> publication.data().text())
                .toList();
    }

    private void awaitHeard(News news) {
        await().untilAsserted(() -> assertThat(heard.of(news.channel())).containsExactly(news));
    }

    /// Waits until a publication that came after everything else was heard on a channel of its own.
    private void awaitFence() {
        String fence = "fence:" + heard.of("fence").size();
        broker.subscribe(fence);
        int before = heard.of(fence).size();
        broker.publish(fence, text("fence"), PublishOptions.NO_HISTORY);
        await().until(() -> heard.of(fence).size() > before);
    }

    interface Task<T> {
        T run(int number) throws Exception;
    }

    /// Runs the tasks at the same moment and returns their results in the order of their numbers.
    static <T> List<T> inParallel(int count, Task<T> task) throws Exception {
        CountDownLatch ready = new CountDownLatch(count);
        List<Callable<T>> tasks = IntStream.range(0, count)
                .<Callable<T>>mapToObj(number -> () -> {
                    ready.countDown();
                    ready.await();
                    return task.run(number);
                })
                .toList();
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(count)) {
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
        }
        return results;
    }
}
