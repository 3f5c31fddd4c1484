package dev.heliograph.server.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstrumentsTest {

    private enum Fruit {
        APPLE,
        PEAR_TREE
    }

    private final Instruments instruments = Instruments.on("1.2.3");

    @AfterEach
    void close() {
        instruments.close();
    }

    private String text() {
        return new String(instruments.expose("").body(), UTF_8);
    }

    @Test
    void aCounterHasAValueForEachConstantFromTheBeginning() {
        Counts<Fruit> fruit = instruments.counts("heliograph_fruit", "Fruit.", "kind", Fruit.class);
        fruit.add(Fruit.PEAR_TREE, 3);
        assertThat(text())
                .contains("# HELP heliograph_fruit_total Fruit.\n# TYPE heliograph_fruit_total counter\n")
                .contains("heliograph_fruit_total{kind=\"apple\"} 0.0\n")
                .contains("heliograph_fruit_total{kind=\"pear_tree\"} 3.0\n");
    }

    @Test
    void whoAsksAgainGetsTheSame() {
        LongAdder counter = instruments.counter("heliograph_things", "Things.", "use", "a");
        assertThat(instruments.counter("heliograph_things", "Things.", "use", "a"))
                .isSameAs(counter);
        assertThat(instruments.counter("heliograph_things", "Things.", "use", "b"))
                .isNotSameAs(counter);
        Histogram histogram = instruments.histogram("heliograph_x_seconds", "X.", Buckets.WAITING, "use", "a");
        assertThat(instruments.histogram("heliograph_x_seconds", "X.", Buckets.WAITING, "use", "a"))
                .isSameAs(histogram);
    }

    @Test
    void aHistogramCountsCumulativelyInSeconds() {
        Histogram histogram = instruments.histogram("heliograph_x_seconds", "X.", Buckets.WAITING);
        histogram.record(1_000_000); // on the bound of a bucket, which is in it
        histogram.record(1_000_001, 10);
        histogram.record(60_000_000_000L);
        histogram.record(-5);
        assertThat(histogram.count()).isEqualTo(13);
        assertThat(text())
                .contains("heliograph_x_seconds_bucket{le=\"5.0E-4\"} 1\n")
                .contains("heliograph_x_seconds_bucket{le=\"0.001\"} 2\n")
                .contains("heliograph_x_seconds_bucket{le=\"0.0025\"} 12\n")
                .contains("heliograph_x_seconds_bucket{le=\"10.0\"} 12\n")
                .contains("heliograph_x_seconds_bucket{le=\"+Inf\"} 13\n")
                .contains("heliograph_x_seconds_count 13\n")
                .containsPattern("heliograph_x_seconds_sum 60\\.01100001");
    }

    @Test
    void theFirstNamesAreToldApartAndTheRestIsOneAmongThem() {
        NamedCounts named = instruments.named("heliograph_named", "Named.", "name", 2, "kind", "a");
        named.of("other").increment();
        named.of("x").add(2);
        named.of("y").add(3);
        named.of("z").add(10);
        named.of("z2").add(20);
        named.of("x").increment();
        assertThat(instruments.named("heliograph_named", "Named.", "name", 2, "kind", "a"))
                .isSameAs(named);
        assertThat(text().lines().filter(line -> line.startsWith("heliograph_named")))
                .containsExactlyInAnyOrder(
                        "heliograph_named_total{kind=\"a\",name=\"other\"} 31.0",
                        "heliograph_named_total{kind=\"a\",name=\"x\"} 3.0",
                        "heliograph_named_total{kind=\"a\",name=\"y\"} 3.0");
    }

    @Test
    void suppliersAreAskedAtEachScrapeAndKept() {
        long[] value = {7};
        instruments.gauge("heliograph_g", "G.", () -> value[0]);
        instruments.counter("heliograph_c", "C.", () -> value[0]);
        System.gc();
        assertThat(text()).contains("heliograph_g 7.0\n", "heliograph_c_total 7.0\n");
        value[0] = 8;
        assertThat(text()).contains("heliograph_g 8.0\n", "heliograph_c_total 8.0\n");
    }

    @Test
    void openMetricsIsForWhoAcceptsIt() {
        Instruments.Exposition open =
                instruments.expose("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5");
        assertThat(open.contentType()).startsWith("application/openmetrics-text; version=1.0.0");
        assertThat(new String(open.body(), UTF_8)).endsWith("# EOF\n");
        assertThat(instruments.expose("text/html").contentType()).startsWith("text/plain; version=0.0.4");
    }

    @Test
    void theBuildSaysWhatItIs() {
        assertThat(text()).containsPattern("heliograph_build_info\\{java=\"25[^\"]*\",version=\"1\\.2\\.3\"\\} 1\n");
    }

    @Test
    void instrumentsThatNobodySeesCountAllTheSame() {
        Instruments off = Instruments.off();
        Counts<Fruit> fruit = off.counts("heliograph_fruit", "Fruit.", "kind", Fruit.class);
        fruit.add(Fruit.APPLE);
        assertThat(fruit.get(Fruit.APPLE)).isOne();
        assertThat(off.on()).isFalse();
        assertThatThrownBy(() -> off.expose("")).isInstanceOf(IllegalStateException.class);
        off.close();
    }
}
