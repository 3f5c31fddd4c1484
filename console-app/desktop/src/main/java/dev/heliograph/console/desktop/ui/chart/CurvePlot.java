package dev.heliograph.console.desktop.ui.chart;

import dev.heliograph.console.desktop.ui.chart.CurveData.Mark;
import dev.heliograph.console.desktop.ui.chart.CurveData.Point;
import dev.heliograph.console.text.Formats;
import java.util.List;
import java.util.Optional;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/// The drawn part of a curve: axes, the line, its two marks, and the cursor.
final class CurvePlot extends Inked {

    private static final double TOP = 24;
    private static final double GAP = 6;
    private static final double DOT = 9;

    private CurveData data = CurveData.NONE;
    private Optional<Point> cursor = Optional.empty();

    CurvePlot(ChartUnit unit) {
        super(unit, TOP);
        setPrefSize(480, 200);
    }

    void show(CurveData next) {
        data = next;
        requestLayout();
    }

    void cursor(Optional<Point> next) {
        cursor = next;
        drawOver();
    }

    /// The number of the point that is nearest to this place.
    int indexAt(double x) {
        int nearest = 0;
        for (int i = 1; i < data.points().size(); i++) {
            if (Math.abs(xOf(data.points().get(i).x()) - x)
                    < Math.abs(xOf(data.points().get(nearest).x()) - x)) {
                nearest = i;
            }
        }
        return nearest;
    }

    double xOf(double value) {
        double span = Math.log(data.to() / data.from());
        double share = span > 0 ? Math.log(value / data.from()) / span : 0.5;
        return left() + share * inner();
    }

    @Override
    boolean hasData() {
        return !data.isEmpty();
    }

    @Override
    void draw(GraphicsContext g) {
        if (data.isEmpty()) {
            return;
        }
        drawNumbers(g);
        drawLine(g);
        data.now().ifPresent(mark -> drawMark(g, mark, Ink.CURSOR, false));
        data.next().filter(mark -> mark.at().x() <= data.to()).ifPresent(mark -> drawMark(g, mark, Ink.ALERT, true));
    }

    @Override
    Scale scale(int room) {
        double greatest = data.points().stream().mapToDouble(Point::y).max().orElse(0);
        // There is no half of what is counted.
        int ticks = unit == ChartUnit.COUNT ? (int) Math.min(room, Math.max(1, greatest)) : room;
        return Scale.of(0, greatest, unit.binary(), ticks);
    }

    private void drawNumbers(GraphicsContext g) {
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.BOTTOM);
        double free = 0;
        for (double tick : RatioTicks.of(data.from(), data.to())) {
            String label = Formats.compact(tick);
            double half = width(label) / 2;
            double x = Math.floor(xOf(tick)) + 0.5;
            g.setStroke(ink(Ink.GRID));
            g.strokeLine(x, getHeight() - BOTTOM, x, getHeight() - BOTTOM + 4);
            if (x - half >= free && x + half <= getWidth()) {
                g.setFill(ink(Ink.TEXT));
                g.fillText(label, x, getHeight());
                free = x + half + GAP;
            }
        }
    }

    private void drawLine(GraphicsContext g) {
        Color colour = colour(Ink.ONE);
        List<Point> points = data.points();
        g.setFill(colour.deriveColor(0, 1, 1, 0.14));
        g.beginPath();
        g.moveTo(xOf(data.from()), yOf(0));
        points.forEach(point -> g.lineTo(xOf(point.x()), yOf(point.y())));
        g.lineTo(xOf(data.to()), yOf(0));
        g.closePath();
        g.fill();
        g.setStroke(colour);
        g.setLineWidth(1.75);
        g.beginPath();
        g.moveTo(xOf(data.from()), yOf(points.getFirst().y()));
        points.forEach(point -> g.lineTo(xOf(point.x()), yOf(point.y())));
        g.stroke();
    }

    /// A line from the label to the point. The label of what is to come is right of it, that of now is left
    /// of it: so neither lies on the other, however near they are.
    private void drawMark(GraphicsContext g, Mark mark, Ink ink, boolean toCome) {
        double x = Math.floor(xOf(mark.at().x())) + 0.5;
        double y = yOf(mark.at().y());
        g.setStroke(ink(ink));
        g.setFill(ink(ink));
        g.setLineWidth(1);
        g.setLineDashes(3, 3);
        g.strokeLine(x, 2, x, getHeight() - BOTTOM);
        g.setLineDashes();
        if (toCome) {
            g.strokeRect(x - DOT / 2, y - DOT / 2, DOT, DOT);
        } else {
            g.fillOval(x - DOT / 2, y - DOT / 2, DOT, DOT);
        }
        g.setTextBaseline(VPos.TOP);
        boolean room = toCome ? x + GAP + width(mark.label()) <= getWidth() : x - GAP - width(mark.label()) >= left();
        boolean right = toCome == room;
        g.setTextAlign(right ? TextAlignment.LEFT : TextAlignment.RIGHT);
        g.fillText(mark.label(), right ? x + GAP : x - GAP, 2);
    }

    @Override
    void drawCursor(GraphicsContext g) {
        cursor.ifPresent(point -> {
            drawCursor(g, xOf(point.x()));
            drawDot(g, Ink.ONE, xOf(point.x()), point.y());
        });
    }
}
