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
        return Stamp.find(bytes, 6, bytes.length - 11, (topic, number, due) -> found.add(new Found(topic, number, due)));
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

        assertThat(find(push.formatted(payload(0, 1, 2, 64)) + "\n{}\n" + push.formatted(payload(1, 0, Long.MAX_VALUE, 100))))
                .isEqualTo(2);
        assertThat(found).containsExactly(new Found(0, 1, 2), new Found(1, 0, Long.MAX_VALUE));
    }

    @Test
    void findsNoneInOtherMessagesAndNoneThatGoesBeyondTheEnd() {
        assertThat(find("{}")).isZero();
        assertThat(find("{\"hg\":\"")).isZero();
        assertThat(find("{\"id\":1,\"connect\":{\"client\":\"{{{h\"}}".repeat(9))).isZero();
        assertThat(find(payload(1, 2, 3, 64).substring(0, 48))).isZero();
        assertThat(found).isEmpty();
    }
}
