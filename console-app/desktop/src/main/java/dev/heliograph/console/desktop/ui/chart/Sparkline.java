package dev.heliograph.console.desktop.ui.chart;

import dev.heliograph.console.live.Points;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/// A line without axes, as high as a line of text: which way something goes. From zero to its greatest value. On
/// JavaFX's thread.
public final class Sparkline extends Inked {

    private static final double WIDTH = 120;
    private static final double HEIGHT = 24;
    private static final double DOT = 4;

    private final Canvas canvas = new Canvas();
    private final ChartUnit unit;
    private final String name;
    private Points points = Points.NONE;

    /// @param name of the figure, for those who cannot see it
    public Sparkline(String name, ChartUnit unit) {
        this.name = name;
        this.unit = unit;
        getStyleClass().add("sparkline");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setPrefSize(WIDTH, HEIGHT);
        setMinSize(DOT * 4, DOT * 3);
        getChildren().add(canvas);
        show(points);
    }

    public void show(Points next) {
        points = next;
        setAccessibleText(name + ": " + unit.format(next.last().orElse(Double.NaN)));
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        canvas.setWidth(width);
        canvas.setHeight(height);
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, width, height);
        List<Points.Point> list = points.list();
        if (list.size() < 2) {
            return;
        }
        double top = points.max().filter(max -> max > 0).orElse(1.0);
        Line line = new Line(
                index -> DOT / 2 + index * (width - DOT) / (list.size() - 1),
                value -> height - DOT / 2 - value / top * (height - DOT));
        Color colour = colour(Ink.ONE);
        line.fill(g, list, colour.deriveColor(0, 1, 1, 0.15), height);
        g.setStroke(colour);
        g.setLineWidth(1.5);
        line.stroke(g, list);
        if (!list.getLast().isGap()) {
            g.setFill(colour);
            g.fillOval(line.x(list.size() - 1) - DOT / 2, line.y(list.getLast().mean()) - DOT / 2, DOT, DOT);
        }
    }
}
