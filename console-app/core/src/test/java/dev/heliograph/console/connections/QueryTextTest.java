package dev.heliograph.console.connections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.testing.Samples;
import dev.heliograph.console.wire.ConnectionRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTextTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        user = alice                           | id       | false
        order by rtt                           | rtt      | false
        user = x ORDER BY Queue DESC           | queue    | true
        user = "order by rtt desc"             | id       | false
        order by nonsense desc                 | id       | false
        order by                               | id       | false
        """)
    void theOrderOfAQueryIsRead(String query, String field, boolean descending) {
        assertThat(QueryText.order(query))
                .isEqualTo(new QueryText.Order(QueryField.of(field).orElseThrow(), descending));
    }

    @Test
    void theOrderIsReplacedAndTheConditionStays() {
        QueryText.Order queue = new QueryText.Order(QueryField.QUEUE, true);

        assertThat(QueryText.ordered("user = alice order by rtt", queue)).isEqualTo("user = alice order by queue desc");
        assertThat(QueryText.ordered("", queue)).isEqualTo("order by queue desc");
    }

    @Test
    void aConditionIsAddedSoThatBothHold() {
        assertThat(QueryText.narrowed("", "ip in 10.0.0.0/24")).isEqualTo("ip in 10.0.0.0/24");
        assertThat(QueryText.narrowed("tls = true order by rtt", "user = a"))
                .isEqualTo("tls = true and user = a order by rtt");
        assertThat(QueryText.narrowed("user = a or user = b", "tls = true"))
                .isEqualTo("(user = a or user = b) and tls = true");
        assertThat(QueryText.narrowed("user = \"a or b\"", "tls = true")).isEqualTo("user = \"a or b\" and tls = true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        user    | alice        | user = alice
        user    | `in`         | user = "in"
        user    | `a b`        | user = "a b"
        user    | ``           | user = ""
        user    | `x*[1]`      | user = x\\*\\[1\\]
        client  | `say "hi"`   | client = "say \\"hi\\""
        ip      | 10.0.0.1     | ip = 10.0.0.1
        ip      | 10.0.0.0/24  | ip in 10.0.0.0/24
        """)
    void aValueIsWrittenSoThatItMeansItself(String field, String value, String comparison) {
        assertThat(QueryText.equal(QueryField.of(field).orElseThrow(), value)).isEqualTo(comparison);
    }

    @Test
    void thePlaceOfAProblemIsReadFromTheAnswer() {
        assertThat(QueryProblem.of("there is no field 'usr'; did you mean user? (at character 1)"))
                .isEqualTo(new QueryProblem("there is no field 'usr'; did you mean user?", Optional.of(0)));
        assertThat(QueryProblem.of("something else")).isEqualTo(new QueryProblem("something else", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({"5.9, 5.10", "5.0.0-rc.1, 5.0.0", "v5.2.0, 5.2.1", "5.2, 5.2.1", "'', 1", "5.0.0-rc.2, 5.0.0-rc.10"})
    void versionsAreComparedPartByPart(String lower, String higher) {
        assertThat(Versions.compare(lower, higher)).isNegative();
        assertThat(Versions.compare(higher, lower)).isPositive();
    }

    @Test
    void rowsAreOrderedAsTheRelayDoes() {
        List<ConnectionRow> rows = new ArrayList<>(List.of(
                Samples.connection("a", "u", "10.0.0.10", 3),
                Samples.connection("b", "u", "10.0.0.9", 5),
                Samples.connection("c", "u", "2001:db8::1", 3)));
        Collections.shuffle(rows, new Random(1));

        rows.sort(QueryField.OUT_RATE.order(true));
        assertThat(rows).extracting(ConnectionRow::id).containsExactly("b", "a", "c");
        rows.sort(QueryField.IP.order(false));
        assertThat(rows).extracting(ConnectionRow::id).containsExactly("b", "a", "c");
        rows.sort(QueryField.USER.order(true));
        assertThat(rows).extracting(ConnectionRow::id).containsExactly("a", "b", "c");
    }
}
