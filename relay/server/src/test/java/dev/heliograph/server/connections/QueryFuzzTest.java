package dev.heliograph.server.connections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QueryFuzzTest {

    private static final long SEED = 4_711;
    private static final List<String> WORDS = List.of(
            "user",
            "ip",
            "queue",
            "connected",
            "version",
            "channel",
            "tls",
            "rtt",
            "order",
            "by",
            "desc",
            "asc",
            "and",
            "or",
            "not",
            "in",
            "(",
            ")",
            ",",
            "=",
            "!=",
            "<",
            "<=",
            ">",
            ">=",
            "\"al*\"",
            "10.0.0.0/8",
            "::1/64",
            "64KiB",
            "5m",
            "1h30m",
            "1.5",
            "true",
            "a{b,c}",
            "[",
            "\\",
            "\"",
            "'",
            "!",
            "==",
            "\u0000",
            "\ud800",
            "ﬀ",
            "99999999999999999999",
            "::ffff:1.2.3.4/97");
    private static final List<String> COMPARISONS = List.of(
            "user = alice",
            "user != \"a b*\"",
            "user in (a, \"b\\\"\", c\\*)",
            "ip in 10.0.0.0/8",
            "ip != 2001:db8::1",
            "ip in (1.2.3.4, ::ffff:1.2.3.4/100)",
            "queue > 64KiB",
            "queue in (1, 1.5MB)",
            "connected <= 1h30m",
            "rtt = 0.1ms",
            "version >= 5.2-rc.1",
            "version = 5.*",
            "version != 6",
            "tls = true",
            "channel = \"chat:?\"",
            "out_rate > 0.3",
            "in_bytes_rate < 123456789GiB");

    /// Whatever the text: a query, or the one exception that says where it is wrong.
    @Test
    void nothingElseThanItsErrorIsEverThrown() {
        Random random = new Random(SEED);
        int read = 0;
        for (int i = 0; i < 50_000; i++) {
            String text = i % 2 == 0 ? words(random) : characters(random);
            try {
                Query query = Query.parse(text);
                assertThat(Query.parse(query.toString())).as(text).isEqualTo(query);
                read++;
            } catch (QueryException e) {
                assertThat(e.position()).as(text).isBetween(0, text.length());
            }
        }
        assertThat(read).isGreaterThan(50);
    }

    private static String words(Random random) {
        return String.join(
                random.nextInt(10) == 0 ? "" : " ",
                IntStream.range(0, random.nextInt(9))
                        .mapToObj(_ -> WORDS.get(random.nextInt(WORDS.size())))
                        .toList());
    }

    private static String characters(Random random) {
        StringBuilder text = new StringBuilder("user = a and queue > 64KiB order by ip");
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            int at = random.nextInt(text.length() + 1);
            if (random.nextBoolean() && at < text.length()) {
                text.deleteCharAt(at);
            } else {
                text.insert(at, (char) (random.nextInt(10) == 0 ? random.nextInt(65_536) : 32 + random.nextInt(95)));
            }
        }
        return text.toString();
    }

    @Test
    void aQueryThatIsWrittenReadsAsAnEqualOne() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            String text = expression(random, 3);
            Query query = Query.parse(text + " order by rtt desc");
            assertThat(Query.parse(query.toString())).as(text).isEqualTo(query);
        }
    }

    private static String expression(Random random, int depth) {
        return switch (depth == 0 ? 0 : random.nextInt(4)) {
            case 1 -> "not (" + expression(random, depth - 1) + ")";
            case 2 -> "(" + expression(random, depth - 1) + ") or " + expression(random, depth - 1);
            case 3 -> expression(random, depth - 1) + " AND (" + expression(random, depth - 1) + ")";
            default -> COMPARISONS.get(random.nextInt(COMPARISONS.size()));
        };
    }
}
