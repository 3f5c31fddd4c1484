package dev.heliograph.server.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.server.follow.Questions.Kept;
import dev.heliograph.server.follow.Questions.Numbered;
import dev.heliograph.server.observe.TraceEvent.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTest {

    private static final FollowedEvent EVENT =
            new FollowedEvent(1, "one", Kind.COMMAND, "c", "u", "192.0.2.1", "", "ping 1", 0, "");

    @Test
    void whatHasNotArrivedIsToldAgain() {
        Events events = new Events(0);
        events.add(EVENT);
        events.add(EVENT);
        assertThat(events.after(0).events()).extracting(Numbered::number).containsExactly(1L, 2L);
        assertThat(events.after(0).events()).extracting(Numbered::number).containsExactly(1L, 2L);
        assertThat(events.after(1).events()).extracting(Numbered::number).containsExactly(2L);
        assertThat(events.after(2)).isEqualTo(new Kept(List.of(), 2, false, null));
    }

    @Test
    void whatDoesNotFitTakesANumber() {
        Events events = new Events(0);
        for (int i = 0; i < Events.CAPACITY + 10; i++) {
            events.add(EVENT);
        }
        Kept kept = events.after(0);
        assertThat(kept.events()).hasSize(Events.CAPACITY);
        assertThat(kept.last()).isEqualTo(Events.CAPACITY + 10);
        assertThat(events.after(kept.last()).events()).isEmpty();
        events.add(EVENT);
        assertThat(events.after(kept.last()).events())
                .extracting(Numbered::number)
                .containsExactly(Events.CAPACITY + 11L);
    }

    @Test
    void numbersGoOnWhereTheyWere() {
        Events events = new Events(41);
        events.add(EVENT);
        events.lost(2);
        assertThat(events.after(41).events()).extracting(Numbered::number).containsExactly(42L);
        assertThat(events.after(41).last()).isEqualTo(44);
    }
}
