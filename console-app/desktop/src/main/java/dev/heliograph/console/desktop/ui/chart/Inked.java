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
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.text.Font;

/// Something that is drawn on a canvas, with the colours and the font of the stylesheet. Is drawn anew in the next
/// layout after something has changed, however much has.
abstract class Inked extends Region {

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

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return FACTORY.getCssMetaData();
    }

    @Override
    public String getUserAgentStylesheet() {
        return Controls.stylesheet();
    }
}
