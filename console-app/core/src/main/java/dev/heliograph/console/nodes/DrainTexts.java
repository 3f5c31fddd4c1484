package dev.heliograph.console.nodes;

import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.DrainRow;
import dev.heliograph.console.wire.DrainState;
import java.time.Duration;
import java.util.Locale;

/// What is said about a drain.
public final class DrainTexts {

    private DrainTexts() {}

    /// Whether it goes on or can go on.
    public static boolean active(DrainRow row) {
        return row.state() == DrainState.RUNNING || row.state() == DrainState.PAUSED;
    }

    /// How much of it is done, of 1.
    public static double progress(DrainRow row) {
        return row.total() == 0 ? 1 : Math.min(1, (double) row.moved() / row.total());
    }

    /// `2,500 of 10,000 moved, 166/s of 167/s, 45 s left`.
    public static String progressSentence(DrainRow row) {
        Long eta = row.etaMs();
        String moved = Messages.text("nodes.progress", number(row.moved()), number(row.total()));
        return switch (row.state()) {
            case RUNNING ->
                eta == null
                        ? Messages.text("nodes.progress.running", moved, rate(row.measured()), rate(row.setPoint()))
                        : Messages.text(
                                "nodes.progress.eta",
                                moved,
                                rate(row.measured()),
                                rate(row.setPoint()),
                                Times.span(Duration.ofMillis(eta)));
            case PAUSED -> Messages.text("nodes.progress.paused", moved, number(row.left()));
            case DONE -> Messages.text("nodes.progress.done", moved);
            case CANCELLED -> Messages.text("nodes.progress.cancelled", moved);
            case IDLE -> "";
            case UNKNOWN -> Messages.text("nodes.progress.unknown", moved);
        };
    }

    static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 10 ? "%,.1f/s" : "%,.0f/s", perSecond);
    }

    static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
