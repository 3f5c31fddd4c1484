package dev.heliograph.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 49, 50, 51, 99, 100, 151})
    void theLastEventsAreKeptInTheirOrder(int count) {
        Timeline timeline = new Timeline();
        for (int i = 1; i <= count; i++) {
            timeline.add(i, Event.Kind.ERROR, i, "e" + i, "client");
        }
        List<Event> events = timeline.events(-2, -1);
        assertThat(events.subList(0, 2))
                .containsExactly(
                        new Event(-2, Event.Kind.HANDSHAKE, 0, "", "client"),
                        new Event(-1, Event.Kind.CONNECT, 0, "", "client"));
        List<Long> expected = LongStream.rangeClosed(Math.max(1, count - Timeline.CAPACITY + 1), count)
                .boxed()
                .toList();
        assertThat(events.subList(2, events.size()).stream().map(Event::at)).isEqualTo(expected);
    }

    @Test
    void whatIsToldIsKept() {
        Timeline timeline = new Timeline();
        timeline.add(7, Event.Kind.DISCONNECT, 4_999, "why", "olga");
        assertThat(timeline.events(0, 0).getLast())
                .isEqualTo(new Event(7, Event.Kind.DISCONNECT, 4_999, "why", "olga"));
    }
}
