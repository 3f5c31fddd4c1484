package dev.heliograph.server.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.broker.LazyQueue.Place;
import dev.heliograph.server.broker.LazyQueue.Taken;
import org.junit.jupiter.api.Test;

class LazyQueueTest {

    private final LazyQueue<String> queue = new LazyQueue<>();
    private final Place<String> a = new Place<>("a");
    private final Place<String> b = new Place<>("b");

    @Test
    void theSmallestKeyComesFirst() {
        queue.offer(a, 20);
        queue.offer(b, 10);

        assertThat(queue.poll(100)).contains(new Taken<>("b", 10));
        assertThat(queue.poll(100)).contains(new Taken<>("a", 20));
        assertThat(queue.poll(100)).isEmpty();
    }

    @Test
    void equalKeysComeInTheOrderOfTheirFiling() {
        queue.offer(b, 10);
        queue.offer(a, 10);

        assertThat(queue.poll(10)).contains(new Taken<>("b", 10));
        assertThat(queue.poll(10)).contains(new Taken<>("a", 10));
    }

    @Test
    void nothingAboveTheBoundIsTaken() {
        queue.offer(a, 10);

        assertThat(queue.poll(9)).isEmpty();
        assertThat(queue.poll(10)).isPresent();
    }

    @Test
    void aGrowingKeyStaysFiledUnderTheOldOne() {
        queue.offer(a, 10);
        queue.offer(a, 30);

        assertThat(queue.poll(10)).contains(new Taken<>("a", 10));
        assertThat(queue.poll(100)).as("once only").isEmpty();
    }

    @Test
    void aShrinkingKeyIsFiledAnew() {
        queue.offer(a, 10);
        queue.offer(a, 5);

        assertThat(queue.poll(5)).contains(new Taken<>("a", 5));
        assertThat(queue.poll(100)).as("once only").isEmpty();
    }

    @Test
    void aTakenItemCanBeFiledAgain() {
        queue.offer(a, 10);
        assertThat(queue.poll(10)).isPresent();

        queue.offer(a, 30);

        assertThat(queue.poll(100)).contains(new Taken<>("a", 30));
    }

    @Test
    void aRemovedItemDoesNotComeUp() {
        queue.offer(a, 10);

        queue.remove(a);
        queue.remove(a);

        assertThat(queue.poll(100)).isEmpty();
    }
}
