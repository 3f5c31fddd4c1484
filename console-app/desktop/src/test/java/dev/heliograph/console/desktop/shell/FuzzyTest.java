package dev.heliograph.console.desktop.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FuzzyTest {

    private static final List<String> TITLES = List.of(
            "Go to Connections", "Go to Bans", "Ban an address", "Disconnect the selected ones", "Show all keys");

    @Test
    void beginningsOfWordsWin() {
        assertThat(best("ba")).isEqualTo("Ban an address");
        assertThat(best("gb")).isEqualTo("Go to Bans");
        assertThat(best("conn")).isEqualTo("Go to Connections");
        assertThat(best("dis sel")).isEqualTo("Disconnect the selected ones");
    }

    @Test
    void lettersThatAreNotThereDoNotMatch() {
        assertThat(Fuzzy.score("xyz", "Show all keys")).isEmpty();
        assertThat(Fuzzy.score("syek", "Show all keys")).isEmpty();
    }

    @Test
    void nothingTypedMatchesAll() {
        assertThat(TITLES).allMatch(title -> Fuzzy.score("", title).isPresent());
    }

    private static String best(String typed) {
        return TITLES.stream()
                .filter(title -> Fuzzy.score(typed, title).isPresent())
                .max(Comparator.comparingInt(title -> Fuzzy.score(typed, title).orElseThrow()))
                .orElseThrow();
    }
}
