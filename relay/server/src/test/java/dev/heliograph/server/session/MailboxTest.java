package dev.heliograph.server.session;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private final Mailbox mailbox = new Mailbox();

    @Test
    void tasksOfOneThreadRunInTheirOrder() throws InterruptedException {
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 10_000; i++) {
            int number = i;
            mailbox.post(() -> seen.add(number));
        }
        mailbox.post(done::countDown);
        assertThat(done.await(30, SECONDS)).isTrue();
        assertThat(seen)
                .containsExactlyElementsOf(IntStream.range(0, 10_000).boxed().toList());
    }

    @Test
    void noTwoTasksRunAtOnceWhoeverPostsThem() throws InterruptedException {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(4_000);
        List<Thread> posters = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            posters.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 1_000; i++) {
                    mailbox.post(() -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        Thread.yield();
                        inside.decrementAndGet();
                        done.countDown();
                    });
                }
            }));
        }
        for (Thread each : posters) {
            each.join();
        }
        assertThat(done.await(30, SECONDS)).isTrue();
        assertThat(most).hasValue(1);
    }

    @Test
    void aTaskThatBlocksHoldsUpTheNextAndNotThePoster() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(2);
        mailbox.post(() -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            done.countDown();
        });
        mailbox.post(done::countDown);
        assertThat(done.getCount()).isEqualTo(2);
        go.countDown();
        assertThat(done.await(30, SECONDS)).isTrue();
    }

    @Test
    void aTaskThatFailsDoesNotStopTheOthers() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        mailbox.post(() -> {
            throw new IllegalStateException("on purpose");
        });
        mailbox.post(done::countDown);
        assertThat(done.await(30, SECONDS)).isTrue();
    }
}
