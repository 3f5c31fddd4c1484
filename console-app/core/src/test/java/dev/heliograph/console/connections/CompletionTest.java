package dev.heliograph.console.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.testing.Samples;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionTest {

    private static final SeenValues SEEN = SeenValues.of(List.of(
            Samples.connection("a", "alice", "10.0.0.1", 1),
            Samples.connection("b", "bob smith", "10.0.0.1", 1),
            Samples.connection("c", "bob smith", "10.0.0.2", 1)));

    /// @param marked a query with `|` where the caret is
    private static Completion at(String marked) {
        int caret = marked.indexOf('|');
        return Completion.at(marked.replace("|", ""), caret, SEEN);
    }

    private static List<String> texts(String marked) {
        return at(marked).suggestions().stream().map(Suggestion::text).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
        |                              ; id
        us|                            ; user
        user = alice and q|            ; queue
        user |                         ; =
        user = |                       ; "bob smith"
        user = a|                      ; alice
        user = "bo|                    ; "bob smith"
        queue >|                       ; 64KiB
        ip in |                        ; (
        ip in (10|                     ; 10.0.0.1
        ip in (10.0.0.1 |              ; ,
        user not |                     ; in
        tls = |                        ; true
        idle > |                       ; 500ms
        user = alice |                 ; and
        (user = alice |                ; and
        user = alice order |           ; by
        user = alice order by ou|      ; out_rate
        order by rtt |                 ; desc
        version = |                    ; 5.3.0
        not |                          ; id
        """)
    void theFirstSuggestionFitsThePlace(String query, String first) {
        assertThat(texts(query)).first().isEqualTo(first);
    }

    @Test
    void aSuggestionTakesThePlaceOfTheWordAtTheCaret() {
        Completion completion = at("user = alice and qu|eu > 3");

        assertThat(completion.from()).isEqualTo(17);
        assertThat(completion.to()).isEqualTo(21);
        assertThat(completion.suggestions()).extracting(Suggestion::text).containsExactly("queue");
    }

    @Test
    void nothingIsSortedByChannelAndParenthesesAreClosed() {
        assertThat(texts("order by |")).doesNotContain("channel").contains("id");
        assertThat(texts("(user = a |")).contains(")").doesNotContain("order by");
        assertThat(texts("(user = a) |")).contains("order by").doesNotContain(")");
        assertThat(texts("order by rtt desc |")).isEmpty();
    }

    @Test
    void everySuggestionSaysWhatItMeans() {
        for (String query : List.of("|", "user |", "queue |", "user = |", "ip in |", "user = a |", "order by id |")) {
            assertThat(at(query).suggestions())
                    .isNotEmpty()
                    .allSatisfy(suggestion -> assertThat(suggestion.detail()).isNotEmpty());
        }
    }

    @Test
    void noTextWhateverBreaksIt() {
        String[] parts = {
            "user", "=", "\"", "(", ")", "order", "by", " ", "in", "not", ",", "!", "\\", "é", "10.0.0.0/8"
        };
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            StringBuilder query = new StringBuilder();
            for (int j = random.nextInt(12); j > 0; j--) {
                query.append(parts[random.nextInt(parts.length)]);
            }
            int caret = random.nextInt(query.length() + 1);
            Completion completion = Completion.at(query.toString(), caret, SEEN);
            assertThat(completion.from()).isBetween(0, query.length());
            assertThat(completion.to()).isBetween(completion.from(), query.length());
        }
    }
}
