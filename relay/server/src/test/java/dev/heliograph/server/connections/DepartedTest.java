package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.session.Event;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DepartedTest {

    private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);
    private final Departed departed = new Departed(3, time::get);

    private void add(String client) {
        departed.add(new ConnectionDetail(Rows.row().client(client).make(), 1, List.of(), List.of()));
    }

    @Test
    void theLastOnesAreKept() {
        for (String client : List.of("a", "b", "c", "d", "e")) {
            add(client);
            // Whatever is asked for often: the last ones stay.
            departed.find("a");
        }
        assertThat(departed.find("b")).isEmpty();
        assertThat(departed.find("c")).isPresent();
        assertThat(departed.find("e")).isPresent();
        assertThat(departed.size()).isEqualTo(3);
    }

    @Test
    void theirEventsAreBounded() {
        Departed many = new Departed(Departed.CAPACITY, time::get);
        List<Event> events = Collections.nCopies(52, new Event(0, Event.Kind.ERROR, 0, "", ""));
        for (int i = 0; i < Departed.CAPACITY; i++) {
            many.add(new ConnectionDetail(Rows.row().client("c" + i).make(), 1, List.of(), events));
        }
        assertThat(many.size()).isEqualTo(Departed.MAX_PARTS / 52);
        assertThat(many.find("c" + (Departed.CAPACITY - 1))).isPresent();
    }

    @Test
    void nobodyIsKeptForever() {
        add("a");
        time.addAndGet(Departed.KEPT.toNanos() - 1);
        add("b");
        assertThat(departed.find("a")).isPresent();
        time.addAndGet(1);
        assertThat(departed.find("a")).isEmpty();
        assertThat(departed.find("b")).isPresent();
    }
}
