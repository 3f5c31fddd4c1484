package dev.heliograph.console.desktop.limits;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.table.LiveColumn;
import dev.heliograph.console.limits.LimitTexts;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.wire.LimitMode;
import dev.heliograph.console.wire.LimitRate;
import dev.heliograph.console.wire.LimitRow;
import java.util.List;

/// A row of the table: a limit, and what it does now.
record LimitLine(LimitRow row, LimitRate rate) {

    String name() {
        return row.name();
    }

    static List<LiveColumn<LimitLine, ?>> columns() {
        return List.of(
                LiveColumn.<LimitLine, Integer>measure(
                                "order",
                                text("limits.column.order"),
                                line -> line.row().rule().order(),
                                String::valueOf)
                        .width(56),
                LiveColumn.<LimitLine>text("name", text("limits.column.name"), LimitLine::name)
                        .width(163),
                LiveColumn.<LimitLine>text(
                                "operation",
                                text("limits.column.operation"),
                                line -> LimitTexts.operation(line.row().rule().operation()))
                        .width(96),
                LiveColumn.<LimitLine>text(
                                "amount",
                                text("limits.column.amount"),
                                line -> LimitTexts.amount(line.row().rule()))
                        .width(124),
                LiveColumn.<LimitLine>text(
                                "whom",
                                text("limits.column.whom"),
                                line -> LimitTexts.whom(line.row().rule()))
                        .width(159)
                        .growing(),
                LiveColumn.<LimitLine>status("mode", text("limits.column.mode"), LimitLine::mode)
                        .width(106),
                rate("admitted", 92, line -> line.rate().admitted()),
                rate("rejected", 90, line -> line.rate().rejected()),
                rate("would", 84, line -> line.rate().wouldReject()),
                LiveColumn.<LimitLine, Long>measure(
                                "total", text("limits.column.total"), LimitLine::hits, Formats::count)
                        .width(58),
                LiveColumn.<LimitLine>text("source", text("limits.column.source"), LimitLine::source)
                        .width(58));
    }

    private static LiveColumn<LimitLine, Double> rate(
            String id, double width, java.util.function.Function<LimitLine, Double> value) {
        return LiveColumn.<LimitLine, Double>measure(id, text("limits.column." + id), value, Formats::number)
                .width(width);
    }

    private Status mode() {
        String word = LimitTexts.mode(row.rule().mode());
        return Status.of(word, row.rule().mode() == LimitMode.ENFORCE ? Tone.GOOD : Tone.INFO);
    }

    private long hits() {
        return row.rejected() + row.wouldReject();
    }

    private String source() {
        return row.configured() ? text("limits.configured") : row.rule().author();
    }
}
