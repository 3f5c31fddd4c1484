package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    private static final Row ALICE = Rows.row()
            .user("alice-7")
            .address("10.1.2.3")
            .software("js", "5.10.0")
            .queue(65_537)
            .outRate(12.5)
            .rtt(80)
            .age(400_000)
            .tls()
            .make();

    private static boolean holds(String query) {
        List<String> channels = List.of("chat:lobby", "news");
        return Query.parse(query).filter().test(ALICE, name -> channels.stream().anyMatch(name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "order by user",
                "ip in 10.0.0.0/8 and queue > 64KiB and user = \"alice*\" order by out_rate desc",
                "ip = 10.1.2.3",
                "ip != 10.1.2.4",
                "ip in (192.168.0.0/16, 10.1.2.3/32)",
                "ip in ::ffff:10.0.0.0/104",
                "ip not in 2001:db8::/32",
                "user = alice-7",
                "user = alice*",
                "user = \"*-7\"",
                "user in (bob, alice-?)",
                "user != bob",
                "not user = bob",
                "NOT (user = bob OR user = carol)",
                "channel = news",
                "channel = chat:*",
                "not channel = sport",
                "client = js and version >= 5.9",
                "version > v5.9.9",
                "version = 5.10",
                "version = 5.*",
                "version in (4.0, 5.10.0)",
                "version != 5.1",
                "queue = 65537",
                "queue >= 65.537KB",
                "queue <= 64.001KiB",
                "connected > 5m",
                "connected >= 6m40s",
                "connected < 1h",
                "out_rate = 12.5",
                "rtt < 100ms",
                "rtt in (79ms, 80ms)",
                "expires > 52w",
                "tls = true",
                "paused = FALSE",
                "node = n-1",
                "node = id-of-n-1",
                "colour = blue",
                "encoding = json",
                "user = bob or user = alice-7 and tls = true",
                "subscriptions = 1 and in_messages = 1 and out_messages = 2 and in_bytes = 30 and out_bytes = 40",
                "in_rate = 0.5 and in_bytes_rate = 10 and out_bytes_rate = 20 and idle = 5s",
                "id = c-1 and transport = websocket"
            })
    void theseHold(String query) {
        assertThat(holds(query)).as(query).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ip in 11.0.0.0/8",
                "ip in ::/0",
                "ip != 10.1.2.3",
                "user = alice",
                "user = Alice-7",
                "user != alice-7",
                "channel = chat",
                "channel in (a, b)",
                "version < 5.9",
                "version <= 5.10.0-rc.1",
                "version = 5.1",
                "queue > 64.5KiB",
                "queue > 1MiB",
                "connected < 5m",
                "out_rate < 12.5",
                "rtt not in (80ms)",
                "tls = false",
                "(user = bob or user = alice-7) and tls = false",
                "user = bob or user = alice-7 and tls = false"
            })
    void theseDoNot(String query) {
        assertThat(holds(query)).as(query).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtt = 80ms", "rtt != 80ms", "rtt < 80ms", "rtt > 80ms", "version < 5", "version != 5"})
    void whatIsNotKnownIsNeitherNorOtherwise(String query) {
        Row unknown = Rows.row().rtt(-1).software("", "").make();
        assertThat(Query.parse(query).filter().test(unknown, _ -> false)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "usr = alice                       | 0  | did you mean user?",
                "user = a and chanel = b           | 13 | did you mean channel?",
                "frobnicate = 1                    | 0  | there are id, node",
                "user                              | 4  | an operator (= != < <= > >= in) expected behind user",
                "user =                            | 6  | a value for user expected, not the end",
                "user = and tls = true             | 7  | put it in quotes",
                "user > alice                      | 5  | user has no order",
                "user = \"alice                    | 7  | a quote is missing",
                "user = 'alice'                    | 7  | double quotes",
                "queue > 64Kb/s                    | 8  | queue needs bytes like 512, 64KiB",
                "queue > many                      | 8  | queue needs bytes",
                "connected > 300                   | 12 | connected needs a duration like 500ms",
                "connected > 5 m                   | 12 | connected needs a duration",
                "connected > 5m m                  | 15 | 'and', 'or', 'order by' or the end expected",
                "out_rate > 5KiB                   | 11 | out_rate needs a number",
                "ip in 10.0.0.0/33                 | 6  | ip needs an address or a range",
                "ip = 10.1                         | 5  | ip needs an address",
                "ip in (10.0.0.1, )                | 17 | a value for ip expected",
                "ip in (10.0.0.1                   | 15 | ',' or ')' expected",
                "(user = alice                     | 13 | ')' expected",
                "user = alice)                     | 12 | 'and', 'or', 'order by' or the end expected",
                "user == alice                     | 5  | use =",
                "! user = alice                    | 0  | use != or not",
                "user not alice                    | 9  | 'in' expected behind 'not'",
                "order user                        | 6  | 'by' expected",
                "order by                          | 8  | a field expected, not the end",
                "order by user down                | 14 | the end expected",
                "order by channel                  | 9  | nothing can be sorted by channel",
                "tls = yes                         | 6  | tls is true or false",
                "version > 5.*                     | 10 | a version needs a number",
                "user = a[                         | 7  | bad pattern",
                "and user = a                      | 0  | a field expected"
            })
    void theseAreRefusedWithTheirPlace(String query, int position, String problem) {
        QueryException refused = catchThrowableOfType(QueryException.class, () -> Query.parse(query));
        assertThat(refused).as(query).hasMessageContaining(problem);
        assertThat(refused.position()).isEqualTo(position);
        assertThat(refused).hasMessageEndingWith("(at character %d)", position + 1);
    }

    @Test
    void whatIsTooMuchIsRefused() {
        List<String> tooMuch = List.of(
                "user = " + "a".repeat(Query.MAX_LENGTH),
                "(".repeat(Parser.MAX_DEPTH + 1) + "user = a" + ")".repeat(Parser.MAX_DEPTH + 1),
                "not ".repeat(Parser.MAX_DEPTH + 1) + "user = a",
                "user = a" + " and user = a".repeat(Parser.MAX_COMPARISONS),
                "user in (a" + ",a".repeat(Parser.MAX_VALUES) + ")");
        for (String query : tooMuch) {
            assertThat(catchThrowableOfType(QueryException.class, () -> Query.parse(query)))
                    .as(query)
                    .isNotNull();
        }
        assertThat(Query.parse("not ".repeat(Parser.MAX_DEPTH) + "user = a")).isNotNull();
    }

    @Test
    void quotesAndBackslashesAreForPatterns() {
        Row odd = Rows.row().user("a\"b*c").make();
        assertThat(Query.parse("user = \"a\\\"b\\*c\"").filter().test(odd, _ -> false))
                .isTrue();
        assertThat(Query.parse("user = \"a\\\"b\\*d\"").filter().test(odd, _ -> false))
                .isFalse();
        Row other = Rows.row().user("a\"bxc").make();
        assertThat(Query.parse("user = \"a\\\"b\\*c\"").filter().test(other, _ -> false))
                .isFalse();
    }
}
