package dev.heliograph.console.desktop.ui.chart;

import dev.heliograph.console.desktop.ui.Controls;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import javafx.css.CssMetaData;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.StyleablePropertyFactory;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.text.TextAlignment;

/// Something that is drawn on a canvas, with the colours and the font of the stylesheet. Is drawn anew in the next
/// layout after something has changed, however much has.
abstract class Inked extends Region {

    private static final double PAD = 8;

    private static final StyleablePropertyFactory<Inked> FACTORY =
            new StyleablePropertyFactory<>(Region.getClassCssMetaData());

    private final Map<Ink, StyleableProperty<Paint>> inks = new EnumMap<>(Ink.class);

    /// Has the font that text has here.
    private final Label sample = new Label();

    Inked() {
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
        getChildren().add(sample);
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
    /// @param up       where a value is
    /// @param labelled whether the values are written, too
    /// @return where the lines begin
    final double drawValues(
            GraphicsContext g, Scale scale, ChartUnit unit, DoubleUnaryOperator up, double right, boolean labelled) {
        List<String> labels = scale.ticks().stream().map(unit::tick).toList();
        double left = Math.ceil(labels.stream().mapToDouble(this::width).max().orElse(0)) + 2 * PAD;
        g.setTextAlign(TextAlignment.RIGHT);
        g.setTextBaseline(VPos.CENTER);
        g.setLineWidth(1);
        for (int i = 0; i < labels.size(); i++) {
            // On half pixels a line is one pixel wide, else two pale ones.
            double y = Math.floor(up.applyAsDouble(scale.ticks().get(i))) + 0.5;
            g.setStroke(ink(Ink.GRID));
            g.strokeLine(left, y, right, y);
            if (labelled) {
                g.setFill(ink(Ink.TEXT));
                g.fillText(labels.get(i), left - PAD, y);
            }
        }
        return left;
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
