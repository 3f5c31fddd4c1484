package dev.heliograph.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The comparison itself takes an hour; this is what becomes of its figures.
class ReportTest {

    @TempDir
    Path folder;

    private Results results() {
        return new Results(folder.resolve("results"));
    }

    private static Sheet sheet(double own, double other) {
        return sheet("some_per_s", own, other);
    }

    private static Sheet sheet(String figure, double own, double other) {
        Sheet sheet = new Sheet();
        sheet.add(figure, Peer.HELIOGRAPH, own);
        sheet.add(figure, Peer.REFERENCE, other);
        sheet.atLeast(figure, Peer.REFERENCE, 2);
        return sheet;
    }

    private Path page(String text) throws IOException {
        return Files.writeString(folder.resolve("page.md"), text);
    }

    @Test
    void theRatioOfATargetIsTheMedianOfRatiosWithinRounds() {
        Sheet sheet = new Sheet();
        for (double[] round : new double[][] {{30, 10}, {10, 10}, {200, 100}}) {
            sheet.add("some_per_s", Peer.HELIOGRAPH, round[0]);
            sheet.add("some_per_s", Peer.REFERENCE, round[1]);
        }

        assertThat(sheet.ratio("some_per_s", Peer.REFERENCE)).containsExactly(1, 2, 3);
        assertThat(sheet.ratio("some_per_s", Peer.TUNED)).isNull();
    }

    @Test
    void aTargetThatIsMissedOrWasNotMeasuredDoesNotHold() {
        Sheet sheet = new Sheet();
        sheet.add("figure", Peer.HELIOGRAPH, 1);
        sheet.ownAtLeast("figure", 1);
        sheet.ownAtMost("figure", 1);
        sheet.ownAtLeast("figure", 1.01);
        sheet.ownAtMost("figure", 0.99);
        sheet.ownAtMost("other", 5);

        assertThat(sheet.targets().stream().map(sheet::holds)).containsExactly(true, true, false, false, false);
    }

    @Test
    void theResultIsOnlyGoodIfAllHoldsAndNothingFailed() throws IOException {
        results().save("good", sheet(20, 10));
        results().save("bad", sheet("others_per_s", 19, 10));

        assertThat(new Report(results().read(List.of("good"))).result(List.of()))
                .isTrue();
        assertThat(new Report(results().read(List.of("good"))).result(List.of("idle")))
                .isFalse();
        assertThat(new Report(results().read(List.of("good", "bad"))).result(List.of()))
                .isFalse();
    }

    @Test
    void aPartThatIsMeasuredAgainLeavesTheOthers() throws IOException {
        results().save("one", sheet(1, 1));
        results().save("two", sheet(2, 1));
        results().save("one", sheet(3, 1));

        List<Results.Kept> kept = results().read(List.of("two", "one", "three"));
        assertThat(kept).extracting(Results.Kept::part).containsExactly("two", "one");
        assertThat(kept.getLast().figures().get("some_per_s")).containsEntry("heliograph", List.of(3.0));
    }

    @Test
    void aPageGetsWhatItsMarksAskFor() throws IOException {
        results().save("one", sheet(2_000, 1_000));
        Path page = page("before\n<!-- compare: targets -->\nstale\n<!-- compare: end -->\nafter\n");

        new Report(results().read(List.of("one"))).replaceIn(page);

        assertThat(page)
                .content()
                .startsWith("before\n<!-- compare: targets -->\n| figure |")
                .contains("| some_per_s | reference | at least 2.00 x | 2.00 | 2.00 to 2.00 | holds |")
                .endsWith("<!-- compare: end -->\nafter\n")
                .doesNotContain("stale", "median of rounds");
    }

    @Test
    void aPageWithoutMarksIsLeftAlone() throws IOException {
        Path page = page("no marks\n");
        Report report = new Report(List.of());

        assertThatThrownBy(() -> report.replaceIn(page))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("page.md");
        Path open = page("<!-- compare: targets -->\n");
        assertThatThrownBy(() -> report.replaceIn(open)).hasMessageContaining("without <!-- compare: end -->");
        assertThat(open).hasContent("<!-- compare: targets -->\n");
    }

    @Test
    void plotsOfGrowthAreFilesBesideThePage() throws IOException {
        Sheet sheet = new Sheet();
        for (int subscribers : new int[] {100, 1_000, 10_000}) {
            sheet.add("growth_subscribers_%d_per_s".formatted(subscribers), Peer.HELIOGRAPH, 900_000);
            sheet.add("growth_subscribers_%d_per_s".formatted(subscribers), Peer.REFERENCE, 300_000);
        }
        results().save("growth", sheet);
        Path page = page("<!-- compare: plots -->\n<!-- compare: end -->\n");

        new Report(results().read(List.of("growth"))).replaceIn(page);

        assertThat(page).content().contains("](page/subscribers-per-s.svg)").doesNotContain("size-per-s");
        assertThat(folder.resolve("page/subscribers-per-s.svg"))
                .content()
                .startsWith("<svg xmlns=")
                .contains("class=\"heliograph\"", "class=\"reference\"", ">1k<", ">10k<");
    }

    @Test
    void sizesOfPublicationsAreInBytesAndKibibytes() throws IOException {
        Sheet sheet = new Sheet();
        for (int bytes : new int[] {64, 1_024, 65_536}) {
            sheet.add("growth_size_%d_per_s".formatted(bytes), Peer.HELIOGRAPH, 900_000);
            sheet.add("growth_size_%d_per_s".formatted(bytes), Peer.REFERENCE, 300_000);
        }
        results().save("growth", sheet);

        new Report(results().read(List.of("growth")))
                .replaceIn(page("<!-- compare: plots -->\n<!-- compare: end -->\n"));

        assertThat(folder.resolve("page/size-per-s.svg")).content().contains(">64 B<", ">1 KiB<", ">64 KiB<");
    }
}
