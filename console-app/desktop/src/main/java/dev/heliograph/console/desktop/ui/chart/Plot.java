package dev.heliograph.console.desktop.ui.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/// The drawn part of a chart: axes, lines, flags, and the cursor.
final class Plot extends Inked {

    private static final double TOP = 22;
    private static final double TICK_WIDTH = 76;
    private static final double FLAG = 16;

    /// A band of least and greatest values under more lines than these would be a brown soup.
    private static final int BANDS = 2;

    /// One or several marks that are too near to each other for a flag each.
    record Flag(double x, List<ChartMark> marks) {}

    private ChartData data = ChartData.NONE;
    private List<Integer> numbers = List.of();
    private Optional<Instant> cursor = Optional.empty();
    private List<Flag> flags = List.of();

    Plot(ChartUnit unit) {
        super(unit, TOP);
        setPrefSize(480, 180);
    }

    /// @param order the number of each series, for colour and dashes
    void show(ChartData next, List<Integer> order) {
        data = next;
        numbers = List.copyOf(order);
        requestLayout();
    }

    void cursor(Optional<Instant> next) {
        cursor = next;
        drawOver();
    }

    /// The flags as they are drawn, from left to right.
    List<Flag> flags() {
        return flags;
    }

    Optional<Flag> flagAt(double x, double y) {
        return y > TOP
                ? Optional.empty()
                : flags.stream()
                        .filter(flag -> Math.abs(flag.x() - x) <= FLAG / 2 + 1)
                        .findFirst();
    }

    Instant timeAt(double x) {
        double share = Math.clamp((x - left()) / Math.max(1, inner()), 0, 1);
        return data.from().plusMillis(Math.round(share * data.span().toMillis()));
    }

    double xOf(Instant at) {
        long span = Math.max(1, data.span().toMillis());
        return left() + (double) Duration.between(data.from(), at).toMillis() / span * inner();
    }

    @Override
    boolean hasData() {
        return !data.isEmpty();
    }

    @Override
    void draw(GraphicsContext g) {
        drawTimes(g);
        g.save();
        g.beginPath();
        g.rect(left(), 0, inner(), getHeight());
        g.clip();
        for (int i = data.series().size() - 1; i >= 0; i--) {
            drawSeries(g, data.series().get(i), numbers.get(i));
        }
        g.restore();
        drawFlags(g);
    }

    @Override
    Scale scale(int room) {
        double least = 0;
        double greatest = 0;
        for (ChartSeries series : data.series()) {
            for (var point : series.points().list()) {
                if (!point.isGap()) {
                    least = Math.min(least, bands() ? point.min() : point.mean());
                    greatest = Math.max(greatest, bands() ? point.max() : point.mean());
                }
            }
        }
        return Scale.of(least, greatest, unit.binary(), room);
    }

    private boolean bands() {
        return data.series().size() <= BANDS;
    }

    private void drawTimes(GraphicsContext g) {
        TimeTicks ticks = TimeTicks.of(data.from(), data.to(), (int) (inner() / TICK_WIDTH));
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.BOTTOM);
        for (Instant at : ticks.times()) {
            String label = ticks.label(at);
            double half = width(label) / 2;
            double x = Math.floor(xOf(at)) + 0.5;
            g.setStroke(ink(Ink.GRID));
            g.strokeLine(x, getHeight() - BOTTOM, x, getHeight() - BOTTOM + 4);
            if (x - half >= 0 && x + half <= getWidth()) {
                g.setFill(ink(Ink.TEXT));
                g.fillText(label, x, getHeight());
            }
        }
    }

    private void drawSeries(GraphicsContext g, ChartSeries series, int number) {
        var points = series.points().list();
        Color colour = colour(Ink.line(number));
        Line line = new Line(index -> xOf(points.get(index).at()), this::yOf);
        if (series.area()) {
            line.fill(g, points, colour.deriveColor(0, 1, 1, 0.14), yOf(Math.max(0, scale().low())));
        }
        if (bands()) {
            line.band(g, points, colour.deriveColor(0, 1, 1, 0.16));
        }
        g.setStroke(colour);
        g.setLineWidth(1.75);
        g.setLineDashes(Dashes.of(number));
        line.stroke(g, points);
        g.setLineDashes();
    }

    private void drawFlags(GraphicsContext g) {
        flags = flagsOf();
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.CENTER);
        g.setLineWidth(1);
        for (Flag flag : flags) {
            Ink ink = Ink.of(flag.marks().getLast().kind());
            double x = Math.floor(flag.x()) + 0.5;
            g.setStroke(ink(ink));
            g.setLineDashes(3, 3);
            g.strokeLine(x, FLAG + 2, x, getHeight() - BOTTOM);
            g.setLineDashes();
            g.setFill(ink(ink));
            g.fillRoundRect(x - FLAG / 2, 1, FLAG, FLAG, 5, 5);
            g.setFill(ink(Ink.BACKGROUND));
            boolean one = flag.marks().size() == 1;
            g.fillText(one ? flag.marks().getFirst().kind().sign() : several(flag), x, 1 + FLAG / 2);
        }
    }

    private static String several(Flag flag) {
        return flag.marks().size() > 9 ? "9+" : Integer.toString(flag.marks().size());
    }

    private List<Flag> flagsOf() {
        List<Flag> all = new ArrayList<>();
        for (ChartMark mark : data.marks()) {
            if (mark.at().isBefore(data.from()) || mark.at().isAfter(data.to())) {
                continue;
            }
            double x = xOf(mark.at());
            if (!all.isEmpty() && x - all.getLast().x() < FLAG) {
                all.getLast().marks().add(mark);
            } else {
                all.add(new Flag(x, new ArrayList<>(List.of(mark))));
            }
        }
        return List.copyOf(all);
    }

    @Override
    void drawCursor(GraphicsContext g) {
        cursor.ifPresent(at -> {
            drawCursor(g, xOf(at));
            for (int i = 0; i < data.series().size(); i++) {
                Ink ink = Ink.line(numbers.get(i));
                Readings.at(data.series().get(i).points(), at).ifPresent(value -> drawDot(g, ink, xOf(at), value));
            }
        });
    }
}
