package dev.heliograph.server.guard;

import static dev.heliograph.server.guard.GuardFixture.Rule.count;
import static dev.heliograph.server.guard.GuardFixture.Rule.rate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.guard.LimitRule.Operation;
import dev.heliograph.server.guard.LimitRule.Scope;
import dev.heliograph.server.guard.Refusal.Cause;
import dev.heliograph.server.ip.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitsTest {

    private GuardFixture it = new GuardFixture();

    private static int admitted(int asking, Supplier<Optional<Refusal>> question) {
        int admitted = 0;
        for (int i = 0; i < asking; i++) {
            if (question.get().isEmpty()) {
                admitted++;
            }
        }
        return admitted;
    }

    // ---- handshakes ----

    @Test
    void withoutLimitsEverythingIsAdmitted() {
        GuardedConnection connection = it.connected("10.0.0.1", "ann");
        assertThat(it.handshake("10.0.0.1")).isEmpty();
        assertThat(connection.publish("news", "")).isEmpty();
        assertThat(connection.subscribe("news", "")).isEmpty();
        assertThat(connection.rpc()).isEmpty();
        assertThat(connection.message(1 << 30)).isTrue();
    }

    @Test
    void eachAddressHasItsRateOfHandshakes() {
        it.limit("handshakes", rate(Operation.HANDSHAKE, Scope.IP, 1, 3));
        assertThat(admitted(10, () -> it.handshake("10.0.0.1"))).isEqualTo(3);
        assertThat(admitted(10, () -> it.handshake("10.0.0.2"))).isEqualTo(3);
        assertThat(it.handshake("10.0.0.1")).contains(new Refusal(Cause.RATE, "handshakes", 1));
        it.pass(Duration.ofSeconds(2));
        assertThat(admitted(10, () -> it.handshake("10.0.0.1"))).isEqualTo(2);
        assertThat(it.use("handshakes").counters()).isEqualTo(new LimitUse.Counters(8, 23, 0, it.clock.millis()));
        assertThat(it.guard.refusals(Cause.RATE)).isEqualTo(23);
    }

    @Test
    void anIpv6NetworkOf64BitsIsOneAddress() {
        it.limit("handshakes", rate(Operation.HANDSHAKE, Scope.IP, 1, 1));
        assertThat(it.handshake("2001:db8::1")).isEmpty();
        assertThat(it.handshake("2001:db8::2:3:4:5")).isPresent();
        assertThat(it.handshake("2001:db8:0:1::1")).isEmpty();
    }

    @Test
    void aRateIsForANetworkOnly() {
        it.limit("handshakes", rate(Operation.HANDSHAKE, Scope.IP, 1, 1).cidr("10.0.0.0/8"));
        assertThat(admitted(5, () -> it.handshake("10.0.0.1"))).isEqualTo(1);
        assertThat(admitted(5, () -> it.handshake("11.0.0.1"))).isEqualTo(5);
    }

    @Test
    void itTellsWhenToComeAgain() {
        it.limit("handshakes", rate(Operation.HANDSHAKE, Scope.IP, 0.1, 1));
        assertThat(it.handshake("10.0.0.1")).isEmpty();
        assertThat(it.handshake("10.0.0.1").orElseThrow().retryAfter()).isEqualTo(10);
        it.pass(Duration.ofMillis(4_500));
        assertThat(it.handshake("10.0.0.1").orElseThrow().retryAfter()).isEqualTo(6);
    }

    /// All are cut at once, come within a third of a second, and then when they are told, in whole seconds: in
    /// bunches. They are admitted evenly all the same, hardly any is refused twice, and no second takes
    /// more than its share.
    @Test
    void aStormComesBackAtTheRateThatIsAdmitted() {
        it = new GuardFixture("connection_rate_limit: 100");
        long second = Duration.ofSeconds(1).toNanos();
        PriorityQueue<Long> arrivals = new PriorityQueue<>();
        for (int i = 0; i < 3_000; i++) {
            arrivals.add(i * second / 10_000);
        }
        List<Long> admitted = new ArrayList<>();
        long now = 0;
        while (!arrivals.isEmpty() && now < 60 * second) {
            long next = arrivals.remove();
            it.pass(Duration.ofNanos(next - now));
            now = next;
            Admission admission = it.admission("10.0.0.1");
            if (admission.refusal().isEmpty()) {
                admitted.add(now + admission.waitNanos());
            } else {
                assertThat(admission.refusal().get().cause()).isEqualTo(Cause.NODE_RATE);
                arrivals.add(now + admission.refusal().get().retryAfter() * second);
            }
        }
        assertThat(admitted).hasSize(3_000);
        Collections.sort(admitted);
        for (int i = 125; i < admitted.size(); i++) {
            assertThat(admitted.get(i) - admitted.get(i - 125))
                    .as("the time of 126 admissions, up to number %d", i)
                    .isGreaterThanOrEqualTo(second);
        }
        // 30 seconds would be without a gap.
        assertThat(admitted.getLast()).isLessThan(34 * second);
        assertThat(it.guard.refusals(Cause.NODE_RATE)).isBetween(2_700L, 3_300L);
    }

    @Test
    void aHandshakeWaitsForItsTurnUpToASecond() {
        it = new GuardFixture("connection_rate_limit: 4");
        // A burst of a quarter of a second, which is one.
        assertThat(it.admission("10.0.0.1").waitNanos()).isZero();
        assertThat(it.admission("10.0.0.1").waitNanos()).isEqualTo(250_000_000L);
        assertThat(it.admission("10.0.0.1").waitNanos()).isEqualTo(500_000_000L);
        it.pass(Duration.ofMillis(250));
        assertThat(it.admission("10.0.0.1").waitNanos()).isEqualTo(500_000_000L);
        assertThat(it.admission("10.0.0.1").waitNanos()).isEqualTo(750_000_000L);
        assertThat(it.admission("10.0.0.1").waitNanos()).isEqualTo(1_000_000_000L);
        assertThat(it.handshake("10.0.0.1").orElseThrow().retryAfter()).isBetween(1, 2);
    }

    @Test
    void nobodyWaitsForADryRun() {
        it.limit("admitted", rate(Operation.HANDSHAKE, Scope.NODE, 1, 1).dryRun());
        assertThat(it.admission("10.0.0.1")).isEqualTo(Admission.NOW);
        assertThat(it.admission("10.0.0.1")).isEqualTo(Admission.NOW);
        assertThat(it.admission("10.0.0.1")).isEqualTo(Admission.NOW);
        assertThat(it.use("admitted").counters().wouldReject()).isEqualTo(1);
    }

    // ---- order ----

    @Test
    void theFirstRefusalWinsAndTakesNothingFromTheOthers() {
        it.limit("a", rate(Operation.HANDSHAKE, Scope.IP, 1, 5).order(1));
        it.limit("b", rate(Operation.HANDSHAKE, Scope.IP, 1, 2).order(2));
        it.limit("c", rate(Operation.HANDSHAKE, Scope.NODE, 1, 100).order(3));
        assertThat(admitted(10, () -> it.handshake("10.0.0.1"))).isEqualTo(2);
        assertThat(it.handshake("10.0.0.1").orElseThrow().rule()).isEqualTo("b");
        assertThat(it.use("a").counters().admitted()).isEqualTo(2);
        assertThat(it.use("c").counters().admitted()).isEqualTo(2);
        // What "a" has left is what only two have taken from.
        it.guard.limitRuleListener().removed("b");
        assertThat(admitted(10, () -> it.handshake("10.0.0.1"))).isEqualTo(3);
        assertThat(it.handshake("10.0.0.1").orElseThrow().rule()).isEqualTo("a");
    }

    @Test
    void limitsOfOneOrderAreAskedByName() {
        it.limit("z", rate(Operation.HANDSHAKE, Scope.IP, 1, 1));
        it.limit("a", rate(Operation.HANDSHAKE, Scope.IP, 1, 1));
        it.handshake("10.0.0.1");
        assertThat(it.handshake("10.0.0.1").orElseThrow().rule()).isEqualTo("a");
    }

    @Test
    void aDryRunCountsWhatItWouldRefuseAndAdmits() {
        it.limit("dry", rate(Operation.HANDSHAKE, Scope.IP, 1, 2).dryRun());
        assertThat(admitted(10, () -> it.handshake("10.0.0.1"))).isEqualTo(10);
        assertThat(it.use("dry").counters()).isEqualTo(new LimitUse.Counters(2, 0, 8, it.clock.millis()));
    }

    @Test
    void aLimitChangesWhileItIsInForce() {
        GuardedConnection connection = it.connected("10.0.0.1", "ann");
        it.limit("publish", rate(Operation.PUBLISH, Scope.CONNECTION, 1, 1));
        assertThat(admitted(5, () -> connection.publish("news", ""))).isEqualTo(1);
        it.limit("publish", rate(Operation.PUBLISH, Scope.CONNECTION, 1, 3));
        assertThat(admitted(5, () -> connection.publish("news", ""))).isEqualTo(3);
        it.guard.limitRuleListener().removed("publish");
        assertThat(admitted(5, () -> connection.publish("news", ""))).isEqualTo(5);
    }

    // ---- operations ----

    @ParameterizedTest
    @EnumSource(
            value = Operation.class,
            names = {"PUBLISH", "SUBSCRIBE", "RPC"})
    void aLimitIsForOneKindOfOperation(Operation limited) {
        GuardedConnection connection = it.connected("10.0.0.1", "ann");
        it.limit("one", rate(limited, Scope.CONNECTION, 1, 1));
        assertThat(admitted(5, () -> connection.publish("news", ""))).isEqualTo(limited == Operation.PUBLISH ? 1 : 5);
        assertThat(admitted(5, () -> connection.subscribe("news", "")))
                .isEqualTo(limited == Operation.SUBSCRIBE ? 1 : 5);
        assertThat(admitted(5, connection::rpc)).isEqualTo(limited == Operation.RPC ? 1 : 5);
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void aScopeSaysWhoSharesABucket(Scope scope) {
        it.limit("publish", rate(Operation.PUBLISH, scope, 1, 1));
        GuardedConnection first = it.connected("10.0.0.1", "ann");
        assertThat(first.publish("a:1", "a")).isEmpty();
        assertThat(first.publish("a:1", "a")).isPresent();
        assertThat(first.publish("b:1", "b").isEmpty()).isEqualTo(scope == Scope.NAMESPACE);
        assertThat(it.connected("10.0.0.2", "bob").publish("a:2", "a").isEmpty())
                .isEqualTo(scope != Scope.NAMESPACE && scope != Scope.NODE);
        assertThat(it.connected("10.0.0.1", "cat").publish("c:1", "c").isEmpty())
                .isEqualTo(scope != Scope.IP && scope != Scope.NODE);
        assertThat(it.connected("10.0.0.3", "ann").publish("d:1", "d").isEmpty())
                .isEqualTo(scope != Scope.USER && scope != Scope.NODE);
    }

    @Test
    void aLimitIsForItsUsersNetworksNamespacesAndChannels() {
        it.limit("users", rate(Operation.PUBLISH, Scope.CONNECTION, 1, 1).user("bot-*"));
        it.limit("network", rate(Operation.PUBLISH, Scope.CONNECTION, 1, 2).cidr("10.0.0.0/8"));
        it.limit("namespace", rate(Operation.PUBLISH, Scope.CONNECTION, 1, 3).namespace("chat"));
        it.limit("channel", rate(Operation.PUBLISH, Scope.CONNECTION, 1, 4).channel("*:lobby"));
        it.limit("none", rate(Operation.PUBLISH, Scope.CONNECTION, 1, 5).namespace(""));
        assertThat(admitted(9, () -> it.connected("11.0.0.1", "bot-1").publish("a", "x")))
                .isEqualTo(9);
        GuardedConnection bot = it.connected("11.0.0.1", "bot-1");
        assertThat(admitted(9, () -> bot.publish("x:a", "x"))).isEqualTo(1);
        GuardedConnection near = it.connected("10.0.0.1", "ann");
        assertThat(admitted(9, () -> near.publish("x:a", "x"))).isEqualTo(2);
        GuardedConnection far = it.connected("11.0.0.1", "ann");
        assertThat(admitted(9, () -> far.publish("chat:a", "chat"))).isEqualTo(3);
        assertThat(admitted(9, () -> far.publish("x:lobby", "x"))).isEqualTo(4);
        assertThat(admitted(9, () -> far.publish("a", ""))).isEqualTo(5);
        assertThat(admitted(9, () -> far.publish("x:a", "x"))).isEqualTo(9);
    }

    @Test
    void anonymousUsersShareNoBucket() {
        it.limit("publish", rate(Operation.PUBLISH, Scope.USER, 1, 1));
        GuardedConnection connection = it.connected("10.0.0.1", "");
        assertThat(admitted(5, () -> connection.publish("news", ""))).isEqualTo(5);
    }

    @Test
    void connectRequestsHaveALimit() {
        it.limit("connect", rate(Operation.CONNECT, Scope.USER, 1, 1));
        assertThat(it.connection("10.0.0.1").identify("ann", "", 0)).isEmpty();
        assertThat(it.connection("10.0.0.2").identify("ann", "", 0)).contains(new Refusal(Cause.RATE, "connect", 1));
        assertThat(it.connection("10.0.0.2").identify("bob", "", 0)).isEmpty();
    }

    @Test
    void aMessageMayOverdrawABucketOfBytesOnce() {
        it.limit("bytes", rate(Operation.BYTES_IN, Scope.CONNECTION, 100, 1_000));
        GuardedConnection connection = it.connected("10.0.0.1", "ann");
        assertThat(connection.message(900)).isTrue();
        assertThat(connection.message(2_000)).isTrue();
        assertThat(connection.message(1)).isFalse();
        it.pass(Duration.ofSeconds(19));
        assertThat(connection.message(1)).isFalse();
        it.pass(Duration.ofMillis(10));
        assertThat(connection.message(1)).isTrue();
    }

    // ---- connections ----

    @Test
    void connectionsOfAnAddressAreCounted() {
        it.limit("connections", count(Scope.IP, 2));
        GuardedConnection first = it.connected("10.0.0.1", "");
        it.connected("10.0.0.1", "");
        assertThat(it.handshake("10.0.0.1").orElseThrow())
                .extracting(Refusal::cause, Refusal::rule)
                .containsExactly(Cause.COUNT, "connections");
        assertThat(it.connection("10.0.0.1").open()).isPresent();
        assertThat(it.handshake("10.0.0.2")).isEmpty();
        first.close();
        assertThat(it.handshake("10.0.0.1")).isEmpty();
        assertThat(it.connection("10.0.0.1").open()).isEmpty();
        assertThat(it.connection("10.0.0.1").open()).isPresent();
    }

    @Test
    void whoIsRefusedOrClosedTwiceCountsForNothing() {
        it.limit("connections", count(Scope.IP, 1));
        GuardedConnection first = it.connected("10.0.0.1", "");
        GuardedConnection refused = it.connection("10.0.0.1");
        assertThat(refused.open()).isPresent();
        refused.close();
        refused.close();
        assertThat(it.handshake("10.0.0.1")).isPresent();
        first.close();
        first.close();
        assertThat(it.connection("10.0.0.1").open()).isEmpty();
        assertThat(it.connection("10.0.0.1").open()).isPresent();
    }

    @Test
    void theConfiguredLimitsAreLimitsLikeOthers() {
        it = new GuardFixture("connection_limit: 3, user_connection_limit: 1");
        GuardedConnection first = it.connected("10.0.0.1", "ann");
        GuardedConnection second = it.connection("10.0.0.1");
        assertThat(second.open()).isEmpty();
        assertThat(second.identify("ann", "", 0).orElseThrow())
                .extracting(Refusal::cause, Refusal::rule)
                .containsExactly(Cause.COUNT, "client.user_connection_limit");
        second.close();
        it.connected("10.0.0.1", "");
        it.connected("10.0.0.1", "");
        assertThat(it.handshake("10.0.0.9").orElseThrow())
                .extracting(Refusal::cause, Refusal::rule)
                .containsExactly(Cause.NODE_COUNT, "client.connection_limit");
        first.close();
        it.connected("10.0.0.1", "ann");
    }

    @Test
    void aNewConfigurationHoldsForThoseWhoAreConnected() {
        it.connected("10.0.0.1", "");
        it.connected("10.0.0.1", "");
        it.guard.configure(RelayConfig.parse("client: {connection_limit: 2}").client());
        assertThat(it.handshake("10.0.0.1")).isPresent();
        it.guard.configure(RelayConfig.parse("client: {connection_limit: 3}").client());
        assertThat(it.handshake("10.0.0.1")).isEmpty();
        it.guard.configure(RelayConfig.defaults().client());
        assertThat(it.guard.limitUses()).isEmpty();
    }

    @Test
    void aUserWhoDidNotComeInAfterAllCountsNoMore() {
        it.limit("connections", count(Scope.USER, 1));
        GuardedConnection connection = it.connected("10.0.0.1", "ann");
        assertThat(it.connection("10.0.0.1").identify("ann", "", 0)).isPresent();
        connection.forget();
        it.connected("10.0.0.1", "ann");
    }

    @Test
    void aNewLimitCountsThoseWhoAreConnected() {
        GuardedConnection first = it.connected("10.0.0.1", "ann");
        it.connected("10.0.0.2", "ann");
        it.connected("10.0.0.2", "bob");
        it.limit("connections", count(Scope.USER, 2));
        GuardedConnection third = it.connection("10.0.0.3");
        assertThat(third.open()).isEmpty();
        assertThat(third.identify("ann", "", 0)).isPresent();
        assertThat(it.use("connections").fullest())
                .containsExactly(new LimitUse.Use("ann", 1), new LimitUse.Use("bob", 0.5));
        first.close();
        it.connected("10.0.0.4", "ann");
    }

    @Test
    void aDryRunOfConnectionsCountsAll() {
        it.limit("dry", count(Scope.IP, 1).dryRun());
        GuardedConnection first = it.connected("10.0.0.1", "");
        GuardedConnection second = it.connected("10.0.0.1", "");
        assertThat(it.use("dry").counters()).isEqualTo(new LimitUse.Counters(1, 0, 1, it.clock.millis()));
        assertThat(it.use("dry").fullest()).containsExactly(new LimitUse.Use("10.0.0.1", 2));
        first.close();
        second.close();
        assertThat(it.use("dry").fullest()).isEmpty();
    }

    @Test
    void aLimitIsNeverExceededHoweverManyComeAtOnce() throws InterruptedException {
        it.limit("connections", count(Scope.IP, 100));
        AtomicInteger open = new AtomicInteger();
        CountDownLatch together = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    together.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
                for (int n = 0; n < 50; n++) {
                    if (it.guard
                            .connection("c", IpAddress.parse("10.0.0.1"), new GuardFixture.Client())
                            .open()
                            .isEmpty()) {
                        open.incrementAndGet();
                    }
                }
            }));
        }
        together.countDown();
        for (Thread each : threads) {
            each.join();
        }
        assertThat(open).hasValue(100);
    }

    @Test
    void whoHasCountedItselfIsNotCountedAgain() {
        it.limit("connections", count(Scope.IP, 10));
        GuardedConnection connection = it.connected("10.0.0.1", "");
        Limit limit = it.guard.limits().current().all().getFirst();
        connection.countIn(limit);
        assertThat(it.use("connections").fullest()).containsExactly(new LimitUse.Use("10.0.0.1", 0.1));
        connection.close();
        connection.countIn(limit);
        assertThat(it.use("connections").fullest()).isEmpty();
    }

    /// Connections come and go while a limit of them is put down again and again: in the end it counts who is
    /// there.
    @Test
    void aLimitThatChangesCountsEachOnce() throws InterruptedException {
        CountDownLatch together = new CountDownLatch(1);
        List<GuardedConnection> stay = new ArrayList<>();
        Thread visitors = Thread.startVirtualThread(() -> {
            together.countDown();
            for (int n = 0; n < 2_000; n++) {
                GuardedConnection connection = it.connected("10.0.0.1", "ann");
                if (n % 100 == 0) {
                    stay.add(connection);
                } else {
                    connection.close();
                }
            }
        });
        together.await();
        for (int n = 0; n < 500; n++) {
            it.limit("connections", count(n % 2 == 0 ? Scope.USER : Scope.IP, 1_000_000 + n));
        }
        visitors.join();
        assertThat(stay).hasSize(20);
        assertThat(it.use("connections").fullest())
                .singleElement()
                .satisfies(use -> assertThat(use.used() * 1_000_499).isCloseTo(20, offset(1e-6)));
    }

    @Test
    void theFullestBucketsAreShown() {
        it.limit("publish", rate(Operation.PUBLISH, Scope.CONNECTION, 1, 10));
        for (int i = 1; i <= 12; i++) {
            GuardedConnection connection = it.connected("10.0.0.1", "ann");
            admitted(i, () -> connection.publish("news", ""));
        }
        assertThat(it.use("publish").fullest())
                .hasSize(LimitUse.SHOWN)
                .first()
                .satisfies(use -> assertThat(use.used()).isEqualTo(1));
        assertThat(it.use("publish").fullest().getLast().used()).isEqualTo(0.3);
    }

    /// The buckets of a limit are bounded in time: one that was left alone until it was full is forgotten.
    @Test
    void aBucketIsForgottenWhenItIsFull() {
        it.limit("handshakes", rate(Operation.HANDSHAKE, Scope.IP, 1, 1));
        it.handshake("10.0.0.1");
        assertThat(it.use("handshakes").fullest()).hasSize(1);
        it.pass(Duration.ofSeconds(3));
        assertThat(it.use("handshakes").fullest()).isEmpty();
    }
}
