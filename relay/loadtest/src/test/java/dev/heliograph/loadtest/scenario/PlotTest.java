package dev.heliograph.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PlotTest {

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static Plot.Line line(double... xy) {
        List<double[]> points = new java.util.ArrayList<>();
        for (int i = 0; i < xy.length; i += 2) {
            points.add(new double[] {xy[i], xy[i + 1]});
        }
        return new Plot.Line("a", points);
    }

    @ParameterizedTest
    @CsvSource({"0.3, 0.5", "1, 1", "1.01, 2", "4, 5", "7, 10", "2300, 5000", "0, 1", "-3, 1"})
    void stepsOfAnAxisAreRound(double value, double nice) {
        assertThat(Plot.nice(value)).isEqualTo(nice);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "5, 5", "0.25, 0.25", "9999, 9999", "250000, 250k", "1500000, 1.5M", "100, 100"})
    void numbersOfAnAxisAreShort(double value, String text) {
        assertThat(Plot.shorten(value)).isEqualTo(text);
    }

    @Test
    void theHighestPointIsAtTheTopAndTheLastAtTheRight() throws Exception {
        Document svg = parse(new Plot("t", List.of(line(0, 0, 5, 50, 10, 100))).svg());
        assertThat(((org.w3c.dom.Element) svg.getElementsByTagName("path").item(0)).getAttribute("d"))
                .isEqualTo("M64.0 230.0L384.0 132.0L704.0 34.0");
    }

    @Test
    void aLineIsInterruptedWhereThereIsNoValue() {
        assertThat(new Plot("t", List.of(line(0, 1, 1, Double.NaN, 2, 1))).svg())
                .containsPattern("d=\"M[\\d.]+ [\\d.]+M[\\d.]+ [\\d.]+\"");
    }

    @Test
    void withoutDataItSaysSo() throws Exception {
        String svg = new Plot("t", List.of(line())).svg();
        assertThat(parse(svg).getElementsByTagName("path").getLength()).isZero();
        assertThat(svg).contains("no data").doesNotContain("NaN", "Infinity");
    }

    @Test
    void textsAreEscaped() throws Exception {
        String svg = new Plot(
                        "<script> & \"more\"",
                        List.of(line(0, 1, 1, 1)),
                        List.of(new Result.Mark(0.5, "a<b")),
                        List.of())
                .svg();
        assertThat(svg).doesNotContain("<script>").contains("a&lt;b");
        assertThat(parse(svg).getDocumentElement().getAttribute("aria-label")).isEqualTo("<script> & \"more\"");
    }
}
