package dev.heliograph.console.desktop.nodes;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.nodes.ColourView;
import dev.heliograph.console.text.Formats;
import java.util.List;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;

/// How the connections are shared between the colours: one bar, a part for each.
final class SharesBar extends GridPane {

    /// Colours of deployments that look like what they are called; others take the rest in turn.
    private static final List<String> KNOWN = List.of("blue", "green");

    private static final int OTHERS = 3;

    /// Narrower parts have no room for a word.
    private static final double WORDS = 0.12;

    SharesBar() {
        getStyleClass().add("shares-bar");
    }

    void show(List<ColourView> colours) {
        List<ColourView> shown =
                colours.stream().filter(colour -> colour.share() > 0).toList();
        getChildren().clear();
        getColumnConstraints().clear();
        setVisible(!shown.isEmpty());
        setManaged(!shown.isEmpty());
        int other = 0;
        for (ColourView colour : shown) {
            ColumnConstraints width = new ColumnConstraints();
            width.setPercentWidth(100 * colour.share());
            getColumnConstraints().add(width);
            String name = colour.colour().isEmpty() ? text("nodes.no-colour") : colour.colour();
            String words = name + "  " + Formats.percent(colour.share());
            Label part = new Label(colour.share() < WORDS ? "" : words);
            part.setAccessibleText(words);
            part.setMaxWidth(Double.MAX_VALUE);
            part.getStyleClass().add("share-" + look(colour.colour(), other));
            other += KNOWN.contains(colour.colour()) ? 0 : 1;
            addRow(0, part);
        }
    }

    /// For the name of a style class.
    ///
    /// @param other how many colours were not known before this one
    static String look(String colour, int other) {
        return KNOWN.contains(colour) ? colour : "other-" + other % OTHERS;
    }
}
