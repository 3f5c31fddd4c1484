package dev.heliograph.console.desktop.ui.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.testing.GoldenPicture;
import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.live.Points;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;

class TimeChartTest extends UiTest {

    private static final Instant END = Instant.parse("2026-03-04T03:10:00Z");
    private static final Instant START = END.minus(Duration.ofMinutes(10));

    private final List<Optional<Instant>> cursors = new CopyOnWriteArrayList<>();

    private static Points points(IntToDoubleFunction value) {
        List<Points.Point> list = IntStream.rangeClosed(0, 120)
                .mapToObj(i -> {
                    double mean = value.applyAsDouble(i);
                    return new Points.Point(START.plusSeconds(5L * i), mean * 0.8, mean, mean * 1.3);
                })
                .toList();
        return new Points(Duration.ofSeconds(5), list);
    }

    private static ChartData data() {
        return new ChartData(
                START,
                END,
                List.of(
                        ChartSeries.line("p50", points(i -> 2 + Math.sin(i / 9.0))),
                        ChartSeries.line("p95", points(i -> i > 50 && i < 62 ? Double.NaN : 8 + 3 * Math.sin(i / 7.0))),
                        ChartSeries.line("p99", points(i -> i == 80 ? 45 : 16 + 4 * Math.cos(i / 5.0)))),
                List.of(
                        new ChartMark(START.plusSeconds(120), ChartMark.Kind.ACTION, "ann: ban 203.0.113.0/24", "1 h"),
                        new ChartMark(START.plusSeconds(300), ChartMark.Kind.DEPLOY, "relay-2 is 0.9.1", ""),
                        new ChartMark(START.plusSeconds(302), ChartMark.Kind.NODE, "relay-2 came", ""),
                        new ChartMark(START.plusSeconds(480), ChartMark.Kind.ALERT, "HeliographSlow", "relay-1")));
    }

    private TimeChart chart() {
        TimeChart chart = new TimeChart("Latency", ChartUnit.MILLISECONDS);
        chart.setId("chart");
        chart.onCursor(cursors::add);
        chart.show(data());
        return chart;
    }

    @Test
    void looksSo() {
        GoldenPicture.check("controls-charts", 900, 640, () -> {
            TimeChart area = new TimeChart("Connections", ChartUnit.COUNT);
            area.show(new ChartData(
                    START, END, List.of(ChartSeries.area("connections", points(i -> 11_000 + 60 * i))), List.of()));
            TimeChart cursor = chart();
            cursor.cursor(Optional.of(START.plusSeconds(200)));
            TimeChart empty = new TimeChart("Bytes", ChartUnit.BYTES_PER_SECOND);
            empty.show(new ChartData(START, END, List.of(), List.of()));
            return new VBox(12, cursor, area, empty);
        });
    }

    @Test
    void whoCannotSeeItHearsTheNewestValuesAndWhatHappened() {
        show(this::chart);

        assertThat(find("chart").getAccessibleText())
                .startsWith("Latency: p50 ")
                .contains("p99 ")
                .contains("03:08:00 Alert: HeliographSlow");
    }

    @Test
    void theKeyboardReadsValues() {
        show(this::chart);
        Node chart = find("chart");
        runOnFx(chart::requestFocus);
        press(KeyCode.END);
        press(KeyCode.LEFT);

        assertThat(cursors).containsExactly(Optional.of(END), Optional.of(END.minusSeconds(5)));
        assertThat(isTextShown("at 03:09:55 UTC")).isTrue();

        press(KeyCode.ESCAPE);
        assertThat(cursors.getLast()).isEmpty();
        assertThat(isTextShown("UTC")).isFalse();
    }

    @Test
    void aGapReadsAsADash() {
        show(this::chart);
        TimeChart chart = find("chart", TimeChart.class);
        runOnFx(() -> chart.cursor(Optional.of(START.plusSeconds(5 * 55))));

        assertThat(isTextShown("–")).isTrue();
    }

    @Test
    void thePointerOnAFlagTellsWhatHappened() {
        show(this::chart);
        Node chart = find("chart");
        Plot plot = onFx(() -> (Plot) chart.lookup(".plot"));
        Plot.Flag flag = onFx(() -> plot.flags().get(1));
        assertThat(flag.marks()).extracting(ChartMark::title).containsExactly("relay-2 is 0.9.1", "relay-2 came");
        var place = onFx(() -> plot.localToScreen(flag.x(), 9));
        robot().moveTo(place);
        settle();

        awaitText("03:05:00 Deploy: relay-2 is 0.9.1");
        assertThat(cursors).isNotEmpty();
    }

    @Test
    void aLineKeepsItsColourWhileOthersGo() {
        show(this::chart);
        TimeChart chart = find("chart", TimeChart.class);
        List<ChartSeries> series = new ArrayList<>(data().series());
        series.removeFirst();
        runOnFx(() -> chart.show(new ChartData(START, END, series, List.of())));
        settle();

        assertThat(onFx(() -> chart.lookupAll(".chart-sample").stream()
                        .map(node -> node.getStyleClass().get(1))
                        .toList()))
                .containsExactly("chart-line-1", "chart-line-2");
    }

    @Test
    void saysThatNothingIsKnown() {
        show(() -> {
            TimeChart chart = new TimeChart("Bytes", ChartUnit.BYTES);
            chart.setId("chart");
            chart.show(new ChartData(START, END, List.of(), List.of()));
            return chart;
        });

        awaitText("Nothing is known of this time");
    }
}
