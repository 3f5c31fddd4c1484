package dev.heliograph.server.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long COST = SECOND / 10;

    /// Ten tokens a second, ten at most.
    private static int taken(Bucket bucket, long now, int asking) {
        int taken = 0;
        for (int i = 0; i < asking; i++) {
            if (bucket.take(COST, SECOND, false, now) == 0) {
                taken++;
            }
        }
        return taken;
    }

    /// The clock may begin anywhere and run over.
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000, -5 * SECOND, Long.MAX_VALUE - SECOND / 2})
    void aBurstThenTheRate(long start) {
        Bucket bucket = new Bucket(start);
        assertThat(taken(bucket, start, 100)).isEqualTo(10);
        assertThat(taken(bucket, start + SECOND / 10, 100)).isEqualTo(1);
        assertThat(taken(bucket, start + SECOND / 2, 100)).isEqualTo(4);
        assertThat(taken(bucket, start + 60 * SECOND, 100)).isEqualTo(10);
    }

    @Test
    void itTellsHowLongToWait() {
        Bucket bucket = new Bucket(0);
        taken(bucket, 0, 10);
        long wait = bucket.take(COST, SECOND, false, COST / 4);
        assertThat(wait).isEqualTo(COST * 3 / 4);
        assertThat(taken(bucket, COST / 4 + wait - 1, 1)).isZero();
        assertThat(taken(bucket, COST / 4 + wait, 1)).isEqualTo(1);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        Bucket bucket = new Bucket(0);
        taken(bucket, 0, 10);
        bucket.giveBack(COST);
        assertThat(taken(bucket, 0, 10)).isEqualTo(1);
    }

    @Test
    void anOverdrawnBucketMustFillFirst() {
        Bucket bucket = new Bucket(0);
        assertThat(bucket.take(3 * SECOND, SECOND, true, 0)).isZero();
        assertThat(bucket.used(SECOND, 0)).isEqualTo(3);
        assertThat(bucket.take(1, SECOND, true, SECOND)).isPositive();
        assertThat(bucket.take(1, SECOND, true, 2 * SECOND)).isPositive();
        assertThat(bucket.take(1, SECOND, true, 2 * SECOND + 1)).isZero();
    }

    @Test
    void threadsTakeNoMoreThanThereIs() throws InterruptedException {
        Bucket bucket = new Bucket(0);
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch together = new CountDownLatch(1);
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Thread.startVirtualThread(() -> {
                try {
                    together.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
                for (int n = 0; n < 5_000; n++) {
                    if (bucket.take(SECOND / 1_000, SECOND, false, 0) == 0) {
                        taken.incrementAndGet();
                    }
                }
            });
        }
        together.countDown();
        for (Thread each : threads) {
            each.join();
        }
        assertThat(taken).hasValue(1_000);
    }

    @Test
    void thoseWhoAreRefusedAreSpreadOverTheTimeTheyTake() {
        // Ten are admitted each second: of 200, about 10 come back in each of the next 20 seconds.
        Returns returns = new Returns(COST, 0);
        int[] bySecond = new int[30];
        for (int i = 0; i < 200; i++) {
            bySecond[returns.seconds(0)]++;
        }
        assertThat(bySecond[0]).isZero();
        for (int second = 2; second < 20; second++) {
            assertThat(bySecond[second]).as("second %d", second).isBetween(1, 20);
        }
        int first = 0;
        for (int second = 1; second <= 21; second++) {
            first += bySecond[second];
        }
        assertThat(first).isEqualTo(200);
    }

    @Test
    void nobodyIsSentAwayForMoreThanAMinute() {
        Returns returns = new Returns(COST, 0);
        for (int i = 0; i < 10_000; i++) {
            assertThat(returns.seconds(0)).isBetween(1, 60);
        }
        // Who comes much later finds the queue gone: a second and a tenth, which is rounded up once in ten times.
        assertThat(returns.seconds(600 * SECOND)).isBetween(1, 2);
    }
}
