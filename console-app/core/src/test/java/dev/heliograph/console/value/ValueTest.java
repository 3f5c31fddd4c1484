package dev.heliograph.console.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ValueTest {

    @Test
    void whoListensHearsThePresentValueAndEachLaterOne() {
        Value<Integer> value = new Value<>(1);
        List<Integer> heard = new ArrayList<>();
        Watch watch = value.listen(heard::add);
        value.set(2);
        value.update(now -> now + 1);
        watch.close();
        watch.close();
        value.set(4);
        assertThat(heard).containsExactly(1, 2, 3);
        assertThat(value.get()).isEqualTo(4);
    }

    @Test
    void somethingEqualIsNoChange() {
        Value<List<String>> value = new Value<>(List.of("a"));
        List<Object> heard = new ArrayList<>();
        value.listen(heard::add);
        value.set(new ArrayList<>(List.of("a")));
        assertThat(heard).hasSize(1);
    }

    @Test
    void aListenerThatThrowsDoesNotKeepOthersFromHearing() {
        Value<Integer> value = new Value<>(1);
        List<Integer> heard = new ArrayList<>();
        value.listen(now -> {
            if (now > 1) {
                throw new IllegalStateException("broken");
            }
        });
        value.listen(heard::add);
        assertThatThrownBy(() -> value.set(2)).hasMessage("broken");
        assertThat(heard).containsExactly(1, 2);
        assertThat(value.get()).isEqualTo(2);
    }

    @Test
    void changesOfManyThreadsAreHeardInTheirOrder() throws Exception {
        Value<Integer> value = new Value<>(0);
        List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
        value.listen(heard::add);
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    go.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                for (int k = 0; k < 500; k++) {
                    value.update(now -> now + 1);
                }
            }));
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(heard).hasSize(4001).isSorted();
        assertThat(value.get()).isEqualTo(4000);
    }
}
