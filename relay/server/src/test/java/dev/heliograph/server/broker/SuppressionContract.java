package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.StreamPosition;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which publications are suppressed: repeats of an idempotency key, and versions that are not newer.
abstract class SuppressionContract extends BrokerFixture {

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
        PublishOptions options =
                new PublishOptions(10, HOUR, HOUR, "key", underTest().shortTtl(), 0, "");
        broker.publish(CHANNEL, text("a"), options);

        underTest().pass(underTest().shortTtl());

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
}
