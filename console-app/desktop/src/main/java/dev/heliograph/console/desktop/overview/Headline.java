package dev.heliograph.console.desktop.overview;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.overview.Figure;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The figures of the cluster now, large. On JavaFX's thread.
final class Headline extends HBox {

    private static final List<Figure> SHOWN = List.of(
            Figure.CONNECTIONS,
            Figure.DELIVERIES,
            Figure.PUBLICATIONS,
            Figure.LATENCY_P99,
            Figure.ERRORS,
            Figure.REJECTED,
            Figure.REFUSED);

    private final Map<Figure, Label> values = new EnumMap<>(Figure.class);

    Headline() {
        super(12);
        setId("headline");
        for (Figure figure : SHOWN) {
            Label value = new Label();
            value.getStyleClass().addAll(Styles.TITLE_3, "overview-value");
            value.setId("now-" + figure.name().toLowerCase(java.util.Locale.ROOT));
            value.setMinWidth(USE_PREF_SIZE);
            Label name = new Label(FigureTexts.fullName(figure));
            name.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
            name.setWrapText(true);
            VBox tile = new VBox(2, value, name);
            tile.getStyleClass().add("overview-tile");
            tile.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(tile, Priority.ALWAYS);
            tile.setPrefWidth(140);
            values.put(figure, value);
            getChildren().add(tile);
        }
    }

    void show(Map<Figure, Double> figures) {
        values.forEach((figure, label) -> label.setText(FigureTexts.value(figures, figure)));
    }
}
