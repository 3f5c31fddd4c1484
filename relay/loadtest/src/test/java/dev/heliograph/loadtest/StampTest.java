package dev.heliograph.loadtest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StampTest {

    private record Found(int topic, int number, long due) {}

    private final List<Found> found = new ArrayList<>();

    private int find(String text) {
        byte[] bytes = ("before" + text + "after").getBytes(UTF_8);
        return Stamp.find(
                bytes, 6, bytes.length - 11, (topic, number, due) -> found.add(new Found(topic, number, due)));
    }

    private static String payload(int topic, int number, long due, int size) {
        return new String(Stamp.payload(topic, number, due, size), UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 65, 256, 65_536})
    void hasTheSizeThatIsAskedFor(int size) {
        String payload = payload(3, 4, 5, size);

        assertThat(payload).hasSize(size).startsWith("{\"hg\":\"").endsWith("\"}");
        assertThat(find(payload)).isOne();
        assertThat(found).containsExactly(new Found(3, 4, 5));
    }

    @Test
    void findsAllThatAreInAMessageWhateverIsAroundThem() {
        String push = "{\"push\":{\"channel\":\"x\",\"pub\":{\"data\":%s,\"offset\":7}}}";

        assertThat(find(push.formatted(payload(0, 1, 2, 64)) + "\n{}\n"
                        + push.formatted(payload(1, 0, Long.MAX_VALUE, 100))))
                .isEqualTo(2);
        assertThat(found).containsExactly(new Found(0, 1, 2), new Found(1, 0, Long.MAX_VALUE));
    }

    @Test
    void saysAllThatNumbersCanBe() {
        assertThat(find(payload(Integer.MAX_VALUE, 0x1234_5678, Long.MIN_VALUE, 64)
                        + payload(0, Integer.MAX_VALUE, -1, 9_999)))
                .isEqualTo(2);
        assertThat(found)
                .containsExactly(
                        new Found(Integer.MAX_VALUE, 0x1234_5678, Long.MIN_VALUE), new Found(0, Integer.MAX_VALUE, -1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 7, 8, 9, 15, 16, 23, 64})
    void isFoundBehindAnyNumberOfBytes(int count) {
        // Among them bytes that differ from a brace by little, in either order.
        assertThat(find("z|}\u007f".repeat(20).substring(0, count) + payload(1, 2, 3, 64)))
                .isOne();
        assertThat(found).containsExactly(new Found(1, 2, 3));
    }

    @Test
    void tellsOfEachLineThatIsAnEmptyObject() {
        String stamp = payload(0, 1, 2, 64);
        byte[] bytes = ("{}\n" + stamp + "\n{}\n" + stamp + "\n{}").getBytes(UTF_8);
        List<String> seen = new ArrayList<>();
        Stamp.find(bytes, 0, bytes.length, new Stamp.Sink() {
            @Override
            public void found(int topic, int number, long due) {
                seen.add("stamp");
            }

            @Override
            public void emptyLine() {
                seen.add("empty");
            }
        });

        assertThat(seen).containsExactly("empty", "stamp", "empty", "stamp", "empty");
        assertThat(Stamp.hasEmptyLine(bytes, 0, bytes.length)).isTrue();
        byte[] within = "{\"id\":1,\"publish\":{}}".getBytes(UTF_8);
        assertThat(Stamp.hasEmptyLine(within, 0, within.length)).isFalse();
    }

    @Test
    void findsNoneInOtherMessagesAndNoneThatGoesBeyondTheEnd() {
        assertThat(find("{}")).isZero();
        assertThat(find("{\"hg\":\"")).isZero();
        assertThat(find("{\"id\":1,\"connect\":{\"client\":\"{{{h\"}}".repeat(9)))
                .isZero();
        assertThat(find(payload(1, 2, 3, 64).substring(0, 63))).isZero();
        assertThat(found).isEmpty();
    }
}
