package dev.heliograph.console.desktop.ui.chart;

import java.util.Locale;

/// The colours of a chart, by the names that they have in the stylesheet: `-chart-one`, `-chart-grid`.
enum Ink {
    ONE,
    TWO,
    THREE,
    FOUR,
    FIVE,
    SIX,
    SEVEN,
    EIGHT,
    GRID,
    TEXT,
    CURSOR,
    ACTION,
    ALERT,
    DEPLOY,
    NODE,
    BACKGROUND;

    /// So many lines have a colour of their own.
    static final int LINES = 8;

    static Ink line(int number) {
        return values()[Math.floorMod(number, LINES)];
    }

    static Ink of(ChartMark.Kind kind) {
        return switch (kind) {
            case ACTION -> ACTION;
            case ALERT -> ALERT;
            case DEPLOY -> DEPLOY;
            case NODE -> NODE;
        };
    }

    String property() {
        return "-chart-" + name().toLowerCase(Locale.ROOT);
    }
}
