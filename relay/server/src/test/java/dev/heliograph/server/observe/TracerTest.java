package dev.heliograph.server.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.server.observe.FollowSpec.Target;
import dev.heliograph.server.observe.TraceEvent.Kind;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracerTest {

    private static final About ALICE = Log.about("client-1", "alice", "192.0.2.1");
    private static final About BOB = Log.about("client-2", "bob", "2001:db8:0:0:0:0:0:2");

    private final Tracer tracer = new Tracer(Clock.systemUTC());
    private final BlockingQueue<TraceEvent> told = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        tracer.close();
    }

    private static FollowSpec spec(Target target, String value, int sampling) {
        return new FollowSpec(target, value, Duration.ofMinutes(1), sampling, false);
    }

    private TraceEvent next() throws InterruptedException {
        TraceEvent event = told.poll(20, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event;
    }

    @ParameterizedTest
    @CsvSource({
        "USER, alice, client-1",
        "CLIENT, client-2, client-2",
        "IP, 192.0.2.1, client-1",
        "IP, 2001:DB8::2, client-2",
        "CHANNEL, chat:1, client-2"
    })
    void onlyWhatIsFollowedIsTold(Target target, String value, String client) throws Exception {
        try (AutoCloseable _ = tracer.follow(spec(target, value, 1), told::add)) {
            tracer.event(Kind.COMMAND, ALICE, "chat:2", "publish 7");
            tracer.event(Kind.COMMAND, BOB, "chat:1", "publish 7");
            assertThat(next().client()).isEqualTo(client);
        }
        TraceEvent last = next();
        assertThat(last.kind()).isEqualTo(Kind.ENDED);
        assertThat(last.bytes()).isZero();
    }

    @Test
    void nobodyIsActiveBeforeAndAfter() throws Exception {
        assertThat(tracer.active()).isFalse();
        AutoCloseable follow = tracer.follow(spec(Target.USER, "alice", 1), told::add);
        assertThat(tracer.active()).isTrue();
        assertThat(tracer.follows())
                .singleElement()
                .satisfies(each -> assertThat(each.left()).isBetween(Duration.ZERO, Duration.ofMinutes(1)));
        follow.close();
        await().until(() -> !tracer.active());
        assertThat(tracer.follows()).isEmpty();
    }

    @Test
    void itEndsByItselfWhenItsTimeIsOver() throws Exception {
        var _ = tracer.follow(new FollowSpec(Target.USER, "alice", Duration.ofMillis(1), 1, false), told::add);
        TraceEvent last = next();
        assertThat(last.kind()).isEqualTo(Kind.ENDED);
        assertThat(last.detail()).isEqualTo("its time is over");
        assertThat(tracer.active()).isFalse();
    }

    @Test
    void aPayloadIsToldBySizeAndShapeOnly() throws Exception {
        var _ = tracer.follow(spec(Target.USER, "alice", 1), told::add);
        tracer.event(Kind.COMMAND, ALICE, "chat:1", "publish 7", Bytes.utf8("{\"text\":\"Söcret 42\"}"));
        TraceEvent event = next();
        assertThat(event.preview()).isEqualTo("{\"xxxx\":\"x??xxxx 00\"}");
        assertThat(event.bytes()).isEqualTo(21);
        tracer.event(Kind.COMMAND, ALICE, "chat:1", "publish 8", Bytes.utf8("a".repeat(10_000)));
        assertThat(next().preview()).isEqualTo("x".repeat(96) + "...");
    }

    @Test
    void deliveriesAreSampled() throws Exception {
        AutoCloseable follow = tracer.follow(spec(Target.CHANNEL, "chat:1", 10), told::add);
        for (int i = 0; i < 100; i++) {
            tracer.delivered(ALICE, "chat:1", 2, 100);
        }
        // An event of another kind is always told, and comes last.
        tracer.event(Kind.DISCONNECTED, ALICE, "chat:1", "3001 shutdown");
        List<TraceEvent> events = new ArrayList<>();
        while (events.isEmpty() || events.getLast().kind() != Kind.DISCONNECTED) {
            events.add(next());
        }
        assertThat(events).hasSize(11);
        assertThat(events.getFirst().detail()).isEqualTo("2 messages");
        follow.close();
    }

    @Test
    void whoDoesNotTakeEventsHoldsNobodyUpAndIsToldHowManyAreLost() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AutoCloseable follow = tracer.follow(spec(Target.USER, "alice", 1), event -> {
            if (told.isEmpty() && event.kind() != Kind.ENDED) {
                entered.countDown();
                boolean interrupted = false;
                while (release.getCount() > 0) {
                    try {
                        release.await();
                    } catch (InterruptedException _) {
                        interrupted = true;
                    }
                }
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            told.add(event);
        });
        tracer.event(Kind.COMMAND, ALICE, "", "ping 1");
        assertThat(entered.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < Follow.CAPACITY + 7; i++) {
            tracer.event(Kind.COMMAND, ALICE, "", "ping");
        }
        follow.close();
        release.countDown();
        // Those that did not fit, and those that waited when it ended.
        await().until(() ->
                told.stream().anyMatch(event -> event.kind() == Kind.ENDED && event.bytes() == Follow.CAPACITY + 7));
    }

    @Test
    void oneThatThrowsEndsItsOwnFollowOnly() throws Exception {
        var _ = tracer.follow(spec(Target.USER, "alice", 1), _ -> {
            throw new IllegalStateException("on purpose");
        });
        var _ = tracer.follow(spec(Target.USER, "alice", 1), told::add);
        tracer.event(Kind.COMMAND, ALICE, "", "ping 1");
        await().until(() -> tracer.follows().size() == 1);
        tracer.event(Kind.COMMAND, ALICE, "", "ping 2");
        assertThat(next().detail()).isEqualTo("ping 1");
        assertThat(next().detail()).isEqualTo("ping 2");
    }

    @Test
    void theirNumberAndTimeAreBounded() {
        for (int i = 0; i < Tracer.MAX_FOLLOWS; i++) {
            var _ = tracer.follow(spec(Target.USER, "alice", 1), told::add);
        }
        assertThatThrownBy(() -> tracer.follow(spec(Target.USER, "alice", 1), told::add))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new FollowSpec(Target.USER, "alice", Duration.ofMinutes(61), 1, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> spec(Target.USER, "", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> spec(Target.USER, "alice", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> spec(Target.IP, "no address", 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
