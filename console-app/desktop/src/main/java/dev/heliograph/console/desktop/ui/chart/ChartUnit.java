package dev.heliograph.console.desktop.ui.chart;

import dev.heliograph.console.text.Formats;
import java.util.function.DoubleFunction;

/// What a chart's values are counted in.
public enum ChartUnit {
    COUNT(Formats::number, Formats::compact),
    PER_SECOND(Formats::rate, value -> Formats.compact(value) + "/s"),
    BYTES(Formats::bytes, Formats::bytes),
    BYTES_PER_SECOND(Formats::byteRate, Formats::byteRate),
    /// 100 is the whole.
    PERCENT(value -> Formats.percent(value / 100), value -> Formats.percent(value / 100)),
    MILLISECONDS(Formats::millis, Formats::millis);

    @SuppressWarnings("ImmutableEnumChecker") // without state
    private final DoubleFunction<String> value;

    @SuppressWarnings("ImmutableEnumChecker") // without state
    private final DoubleFunction<String> tick;

    ChartUnit(DoubleFunction<String> value, DoubleFunction<String> tick) {
        this.value = value;
        this.tick = tick;
    }

    /// A value as it is read: `1,234/s`; a dash if it is none.
    public String format(double number) {
        return value.apply(number);
    }

    /// A value as it stands at an axis: `1.2 k/s`.
    String tick(double number) {
        return tick.apply(number);
    }

    boolean binary() {
        return this == BYTES || this == BYTES_PER_SECOND;
    }
}
