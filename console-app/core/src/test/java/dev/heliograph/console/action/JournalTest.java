package dev.heliograph.console.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.testing.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JournalTest {

    private final TestClock clock = new TestClock();
    private final Journal journal = new Journal(clock);

    private static Proposal proposal(String title) {
        return new Proposal("x.y", title, Risk.READ, Role.VIEWER, List.of(), Optional.empty(), List.of(), _ -> done());
    }

    private static Proposal.Outcome done() {
        return new Proposal.Outcome("Done", Optional.empty());
    }

    @Test
    void theNewestIsTheFirst() {
        journal.add(proposal("one"), done());
        clock.pass(Duration.ofSeconds(1));
        journal.add(proposal("two"), done());
        assertThat(journal.entries().get())
                .extracting(entry -> entry.proposal().title())
                .containsExactly("two", "one");
        assertThat(journal.entries().get().getFirst().at()).isEqualTo(clock.instant());
    }

    @Test
    void itForgetsTheOldest() {
        for (int i = 0; i < Journal.CAPACITY + 5; i++) {
            journal.add(proposal("" + i), done());
        }
        assertThat(journal.entries().get()).hasSize(Journal.CAPACITY);
        assertThat(journal.entries().get().getLast().proposal().title()).isEqualTo("5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "312  | 10000 | 312 of 10,000 connections = 3.1 %",
                "0    | 10000 | 0 of 10,000 connections = 0.0 %",
                "1200 | 0     | 1,200 connections",
                "7    | 7     | 7 of 7 connections = 100.0 %"
            })
    void aBlastIsSaidWithItsShare(long touched, long total, String sentence) {
        assertThat(new Blast(touched, total, "connections").sentence()).isEqualTo(sentence);
    }
}
