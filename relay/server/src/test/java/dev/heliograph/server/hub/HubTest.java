package dev.heliograph.server.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.BrokerException;
import dev.heliograph.server.broker.EmbeddedBroker;
import dev.heliograph.server.config.SlowConsumer;
import dev.heliograph.server.observe.Instruments;
import dev.heliograph.server.observe.Tracer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The hub and a shard on a loop that the test turns by hand.
class HubTest {

    private final EmbeddedBroker broker = new EmbeddedBroker();
    private final Hub hub = new Hub(broker, Duration.ofMillis(20));
    private final HandLoop loop = new HandLoop();
    private final Recorder recorder = new Recorder();
    private final List<String> gaps = new ArrayList<>();

    /// A loop whose queue is worked on when the test says so.
    private static final class HandLoop implements Loop {
        private final Deque<Runnable> queue = new ArrayDeque<>();
        private final Deque<Integer> backlogs = new ArrayDeque<>();
        private long now;
        private final Shard shard =
                new Shard(new ShardMeter(Instruments.off(), new Tracer(Clock.systemUTC())), () -> now);

        @Override
        public void deliver(Delivery delivery) {
            queue.add(() -> shard.deliver(delivery));
        }

        @Override
        public void execute(Runnable task) {
            queue.add(task);
        }

        @Override
        public void run(Runnable task) {
            task.run();
        }

        @Override
        public int backlog() {
            return backlogs.size() > 1 ? backlogs.remove() : backlogs.isEmpty() ? 0 : backlogs.element();
        }

        @Override
        public Shard shard() {
            return shard;
        }

        void turn() {
            while (!queue.isEmpty()) {
                queue.remove().run();
            }
            shard.flushIfDue();
        }

        void pass(long nanos) {
            now += nanos;
        }
    }

    /// A connection that notes what is written to it.
    private static final class Recorder implements Sink {
        private final List<String> written = new ArrayList<>();
        private int batches;

        /// Called with each batch.
        private Runnable onBatch = () -> {};

        @Override
        public Encoding encoding() {
            return Encoding.JSON;
        }

        @Override
        public void write(Batch batch, int from, Subscription subscription) {
            batches++;
            onBatch.run();
            for (int i = from; i < batch.frames(); i++) {
                write(batch.frame(i), batch.publications(), subscription);
            }
        }

        @Override
        public void write(byte[] frame, boolean publication, Subscription subscription) {
            written.add(new String(frame, 2, frame.length - 2, UTF_8));
        }
    }

    @BeforeEach
    void start() {
        broker.start(hub);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private Subscription subscription(boolean positioned, boolean joinLeave) {
        Subscription subscription = new Subscription(
                "news", recorder, positioned, joinLeave, SlowConsumer.DISCONNECT, () -> gaps.add("news"));
        hub.join("news", loop);
        loop.execute(() -> loop.shard().add(subscription));
        return subscription;
    }

    private Subscription live(Subscription subscription) {
        loop.execute(() -> loop.shard().activate(subscription, new StreamPosition(0, "epoch")));
        loop.turn();
        return subscription;
    }

    private void publish(long offset) {
        hub.onPublication(
                "news",
                "epoch",
                Publication.of(Bytes.utf8(Long.toString(offset))).at(offset),
                System.nanoTime());
    }

    private static String frame(long offset) {
        return "{\"push\":{\"channel\":\"news\",\"pub\":{\"data\":%d,\"offset\":%d}}}".formatted(offset, offset);
    }

    @Test
    void publicationsThatComeWhileHistoryIsReadFollowTheActivationWithoutDuplicates() {
        Subscription subscription = subscription(true, false);
        publish(5);
        publish(6);
        loop.turn();
        assertThat(recorder.written).isEmpty();
        publish(7);
        loop.execute(() -> loop.shard().activate(subscription, new StreamPosition(5, "epoch")));
        publish(8);
        loop.turn();
        assertThat(recorder.written).containsExactly(frame(6), frame(7), frame(8));
        assertThat(gaps).isEmpty();
    }

    @Test
    void whatIsPendingForAChannelIsOneBatch() {
        Subscription subscription = subscription(true, false);
        loop.execute(() -> loop.shard().activate(subscription, new StreamPosition(0, "epoch")));
        loop.turn();
        publish(1);
        publish(2);
        publish(3);
        loop.turn();
        assertThat(recorder.batches).isEqualTo(1);
        assertThat(recorder.written).containsExactly(frame(1), frame(2), frame(3));
    }

    @Test
    void aPositionedSubscriptionEndsAtAGapAndHearsNoMore() {
        Subscription subscription = subscription(true, false);
        loop.execute(() -> loop.shard().activate(subscription, new StreamPosition(0, "epoch")));
        publish(1);
        publish(3);
        publish(4);
        loop.turn();
        assertThat(recorder.written).containsExactly(frame(1));
        assertThat(gaps).containsExactly("news");
        publish(5);
        loop.turn();
        assertThat(recorder.written).hasSize(1);
    }

    @Test
    void anotherEpochIsAGap() {
        Subscription subscription = subscription(true, false);
        loop.execute(() -> loop.shard().activate(subscription, new StreamPosition(0, "other")));
        publish(1);
        loop.turn();
        assertThat(recorder.written).isEmpty();
        assertThat(gaps).containsExactly("news");
    }

    @Test
    void joinsGoOnlyToThoseWhoAskedForThem() {
        Subscription deaf = subscription(false, false);
        Subscription curious = subscription(false, true);
        loop.execute(() -> {
            loop.shard().activate(deaf, StreamPosition.START);
            loop.shard().activate(curious, StreamPosition.START);
        });
        hub.onJoin("news", new ClientInfo("ann", "c1", Bytes.EMPTY, Bytes.EMPTY));
        loop.turn();
        assertThat(recorder.written).hasSize(1).first().asString().contains("\"join\"");
    }

    @Test
    void theBrokerIsAskedForAChannelOnlyWhileItHasSubscribers() {
        Subscription first = subscription(false, false);
        hub.join("news", loop);
        assertThat(hub.channels(_ -> true)).containsEntry("news", 2);
        loop.turn();
        loop.shard().remove(first);
        hub.leave("news", loop);
        hub.leave("news", loop);
        assertThat(hub.channels(_ -> true)).isEmpty();
        hub.leave("news", loop);
        assertThat(hub.channelCount()).isZero();
    }

    @Test
    void publishersWaitForALoopThatHasTooMuchToWriteButNotForEver() {
        subscription(false, false);
        loop.backlogs.addAll(List.of(20_000, 20_000, 0));
        hub.awaitCapacity("news");
        assertThat(loop.backlogs).containsExactly(0);
        loop.backlogs.clear();
        loop.backlogs.add(20_000);
        assertThatThrownBy(() -> hub.awaitCapacity("news")).isInstanceOf(BrokerException.class);
        hub.awaitCapacity("elsewhere");
    }

    @Test
    void afterAFlushThatTookLongTheNextOneWaitsAsLongForMore() {
        live(subscription(false, false));
        recorder.onBatch = () -> loop.pass(2_000_000);
        publish(0);
        loop.turn();
        assertThat(recorder.batches).isEqualTo(1);
        assertThat(loop.shard().waitNanos()).isNegative();

        publish(0);
        loop.turn();
        assertThat(recorder.batches).isEqualTo(1);
        assertThat(loop.shard().waitNanos()).isEqualTo(2_000_000);
        loop.pass(1_999_999);
        publish(0);
        loop.turn();
        assertThat(recorder.batches).isEqualTo(1);
        loop.pass(1);
        loop.turn();
        assertThat(recorder.batches).isEqualTo(2);
        assertThat(recorder.written).hasSize(3);
    }

    @Test
    void noPauseIsLongerThanItsBoundAndAFullShardTakesNone() {
        live(subscription(false, false));
        recorder.onBatch = () -> loop.pass(1_000_000_000);
        publish(0);
        loop.turn();
        publish(0);
        loop.turn();
        assertThat(loop.shard().waitNanos()).isEqualTo(Shard.MAX_PAUSE_NANOS);
        for (int i = 1; i < Shard.FULL; i++) {
            publish(0);
        }
        loop.turn();
        assertThat(recorder.written).hasSize(1 + Shard.FULL);
    }

    @Test
    void afterAFlushThatTookNoTimeTheNextOneDoesNotWait() {
        live(subscription(false, false));
        for (int i = 1; i <= 3; i++) {
            publish(0);
            loop.turn();
            assertThat(recorder.written).hasSize(i);
        }
    }

    @Test
    void whoLeavesStillGetsWhatWasPublishedBefore() {
        Subscription subscription = live(subscription(false, false));
        recorder.onBatch = () -> loop.pass(2_000_000);
        publish(0);
        loop.turn();
        publish(0);
        loop.execute(() -> loop.shard().remove(subscription));
        publish(0);
        loop.turn();
        assertThat(recorder.written).hasSize(2);
    }

    @Test
    void whoLeavesWhereItHasAGapIsToldOfIt() {
        Subscription subscription = live(subscription(true, false));
        recorder.onBatch = () -> loop.pass(2_000_000);
        publish(1);
        loop.turn();
        publish(3);
        loop.execute(() -> loop.shard().remove(subscription));
        loop.turn();
        assertThat(recorder.written).containsExactly(frame(1));
        assertThat(gaps).containsExactly("news");
    }

    @Test
    void whoHasNotComeAsFarAsTheStreamWasHasMissedSomething() {
        live(subscription(true, false));
        publish(1);
        loop.turn();
        hub.onPosition("news", new StreamPosition(1, "epoch"));
        hub.onPosition("elsewhere", new StreamPosition(9, "epoch"));
        loop.turn();
        assertThat(gaps).isEmpty();
        hub.onPosition("news", new StreamPosition(2, "epoch"));
        loop.turn();
        assertThat(gaps).containsExactly("news");
        publish(3);
        loop.turn();
        assertThat(recorder.written).containsExactly(frame(1));
    }

    @Test
    void aPositionThatIsReachedByWhatIsPendingIsNoGap() {
        live(subscription(true, false));
        recorder.onBatch = () -> loop.pass(2_000_000);
        publish(1);
        loop.turn();
        publish(2);
        hub.onPosition("news", new StreamPosition(2, "epoch"));
        loop.turn();
        assertThat(gaps).isEmpty();
        assertThat(recorder.written).containsExactly(frame(1), frame(2));
    }

    @Test
    void aPositionMeansNothingToWhoKeepsNoneOrHasNotBegun() {
        live(subscription(false, false));
        subscription(true, false);
        loop.turn();
        hub.onPosition("news", new StreamPosition(9, "another"));
        loop.turn();
        assertThat(gaps).isEmpty();
    }

    @Test
    void aSubscriptionThatLostSomethingHearsNothingMoreAndItsOwnerIsToldOnce() {
        Subscription subscription = live(subscription(true, false));
        recorder.onBatch = () -> assertThat(subscription.lost()).isEqualTo(recorder.batches == 1);
        publish(1);
        loop.turn();
        publish(2);
        loop.turn();

        assertThat(gaps).containsExactly("news");
        assertThat(recorder.written).containsExactly(frame(1));
        loop.shard().remove(subscription);
        live(subscription(true, false));
    }
}
