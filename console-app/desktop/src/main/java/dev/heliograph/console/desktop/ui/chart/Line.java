package dev.heliograph.console.desktop.ui.chart;

import dev.heliograph.console.live.Points.Point;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Paint;

/// Draws points with their gaps. A point between two gaps would be no line, and so is a dot.
///
/// @param across where a point is, by its number
/// @param up     where a value is
record Line(IntToDoubleFunction across, DoubleUnaryOperator up) {

    private static final double DOT = 3;

    double x(int index) {
        return across.applyAsDouble(index);
    }

    double y(double value) {
        return up.applyAsDouble(value);
    }

    void stroke(GraphicsContext g, List<Point> points) {
        for (int from = next(points, 0); from < points.size(); ) {
            int to = end(points, from);
            if (to - from == 1) {
                g.setFill(g.getStroke());
                g.fillOval(x(from) - DOT / 2, y(points.get(from).mean()) - DOT / 2, DOT, DOT);
            } else {
                g.beginPath();
                g.moveTo(x(from), y(points.get(from).mean()));
                for (int i = from + 1; i < to; i++) {
                    g.lineTo(x(i), y(points.get(i).mean()));
                }
                g.stroke();
            }
            from = next(points, to);
        }
    }

    /// Between the mean and the base.
    void fill(GraphicsContext g, List<Point> points, Paint paint, double base) {
        g.setFill(paint);
        for (int from = next(points, 0); from < points.size(); ) {
            int to = end(points, from);
            g.beginPath();
            g.moveTo(x(from), base);
            for (int i = from; i < to; i++) {
                g.lineTo(x(i), y(points.get(i).mean()));
            }
            g.lineTo(x(to - 1), base);
            g.closePath();
            g.fill();
            from = next(points, to);
        }
    }

    /// Between the least and the greatest value.
    void band(GraphicsContext g, List<Point> points, Paint paint) {
        g.setFill(paint);
        for (int from = next(points, 0); from < points.size(); ) {
            int to = end(points, from);
            g.beginPath();
            g.moveTo(x(from), y(points.get(from).max()));
            for (int i = from + 1; i < to; i++) {
                g.lineTo(x(i), y(points.get(i).max()));
            }
            for (int i = to - 1; i >= from; i--) {
                g.lineTo(x(i), y(points.get(i).min()));
            }
            g.closePath();
            g.fill();
            from = next(points, to);
        }
    }

    private static int next(List<Point> points, int from) {
        int i = from;
        while (i < points.size() && points.get(i).isGap()) {
            i++;
        }
        return i;
    }

    private static int end(List<Point> points, int from) {
        int i = from;
        while (i < points.size() && !points.get(i).isGap()) {
            i++;
        }
        return i;
    }
}
