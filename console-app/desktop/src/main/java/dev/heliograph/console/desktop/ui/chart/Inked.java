package dev.heliograph.console.desktop.ui.chart;

import dev.heliograph.console.desktop.ui.Controls;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.geometry.VPos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/// The drawn part of a chart, with the colours and the font of the stylesheet: values at the left, and a cursor on a
/// canvas of its own. Is drawn anew in the next layout after something has changed, however much has.
abstract class Inked extends Region {

    static final double BOTTOM = 20;
    static final double RIGHT = 16;
    private static final double PAD = 8;
    private static final double TICK_HEIGHT = 36;

    private static final StyleablePropertyFactory<Inked> FACTORY =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());

    private final Map<Ink, StyleableProperty<Paint>> inks = new EnumMap<>(Ink.class);

    /// Has the font that text has here.
    private final Label sample = new Label();

    final ChartUnit unit;
    private final Canvas canvas = new Canvas();
    private final Canvas over = new Canvas();
    private final double top;
    private Scale scale = Scale.of(0, 1, false, 4);
    private double left = 40;

    /// @param top where the highest value is; above it is room for marks
    Inked(ChartUnit unit, double top) {
        this.unit = unit;
        this.top = top;
        getStyleClass().add("plot");
        for (Ink ink : Ink.values()) {
            inks.put(
                    ink,
                    FACTORY.createStyleablePaintProperty(
                            this, ink.name(), ink.property(), inked -> inked.property(ink), Color.GRAY));
        }
        inks.values().forEach(property -> {
            if (property instanceof javafx.beans.Observable observable) {
                observable.addListener(_ -> requestLayout());
            }
        });
        sample.setVisible(false);
        sample.setManaged(false);
        sample.fontProperty().subscribe(_ -> requestLayout());
        getChildren().addAll(sample, canvas, over);
        setMinSize(160, 90);
    }

    /// The axis of the values that there are.
    ///
    /// @param room for how many of its values there is room
    abstract Scale scale(int room);

    /// Draws all but the axis of values and the cursor.
    abstract void draw(GraphicsContext g);

    abstract void drawCursor(GraphicsContext g);

    /// Whether there is something to draw: without a value the axis has no measure either.
    abstract boolean hasData();

    final Scale scale() {
        return scale;
    }

    /// Where the axis of values is.
    final double left() {
        return left;
    }

    /// The width of what is right of it.
    final double inner() {
        return getWidth() - left - RIGHT;
    }

    final double yOf(double value) {
        double bottom = getHeight() - BOTTOM;
        return bottom - scale.place(value) * (bottom - top);
    }

    @Override
    protected final void layoutChildren() {
        for (Canvas each : List.of(canvas, over)) {
            each.setWidth(getWidth());
            each.setHeight(getHeight());
        }
        GraphicsContext g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, getWidth(), getHeight());
        g.setFont(font());
        scale = scale((int) ((getHeight() - top - BOTTOM) / TICK_HEIGHT));
        left = drawValues(g);
        draw(g);
        drawOver();
    }

    /// Draws the cursor anew.
    final void drawOver() {
        GraphicsContext g = over.getGraphicsContext2D();
        g.clearRect(0, 0, over.getWidth(), over.getHeight());
        drawCursor(g);
    }

    /// A vertical line of the cursor.
    final void drawCursor(GraphicsContext g, double at) {
        double x = Math.floor(at) + 0.5;
        g.setStroke(ink(Ink.CURSOR));
        g.setLineWidth(1);
        g.strokeLine(x, top, x, getHeight() - BOTTOM);
    }

    /// The dot of the cursor on a line.
    final void drawDot(GraphicsContext g, Ink ink, double at, double value) {
        g.setFill(ink(ink));
        g.fillOval(Math.floor(at) + 0.5 - 3.5, yOf(value) - 3.5, 7, 7);
    }

    private StyleableProperty<Paint> property(Ink ink) {
        return Objects.requireNonNull(inks.get(ink), ink.name());
    }

    final Paint ink(Ink ink) {
        return property(ink).getValue();
    }

    final Color colour(Ink ink) {
        return ink(ink) instanceof Color colour ? colour : Color.GRAY;
    }

    final Font font() {
        return sample.getFont();
    }

    final double width(String label) {
        Text text = new Text(label);
        text.setFont(font());
        return text.getLayoutBounds().getWidth();
    }

    /// Draws the values of the axis at the left, each with a line as far as the right edge.
    ///
    /// @return where the lines begin
    private double drawValues(GraphicsContext g) {
        double right = getWidth() - RIGHT;
        boolean labelled = hasData();
        List<String> labels = scale.ticks().stream().map(unit::tick).toList();
        double begin = Math.ceil(labels.stream().mapToDouble(this::width).max().orElse(0)) + 2 * PAD;
        g.setTextAlign(TextAlignment.RIGHT);
        g.setTextBaseline(VPos.CENTER);
        g.setLineWidth(1);
        for (int i = 0; i < labels.size(); i++) {
            // On half pixels a line is one pixel wide, else two pale ones.
            double y = Math.floor(yOf(scale.ticks().get(i))) + 0.5;
            g.setStroke(ink(Ink.GRID));
            g.strokeLine(begin, y, right, y);
            if (labelled) {
                g.setFill(ink(Ink.TEXT));
                g.fillText(labels.get(i), begin - PAD, y);
            }
        }
        return begin;
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return FACTORY.getCssMetaData();
    }

    @Override
    public String getUserAgentStylesheet() {
        return Controls.stylesheet();
    }
}
