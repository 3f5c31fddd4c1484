package dev.heliograph.console.desktop.nodes;

import dev.heliograph.console.nodes.DeploymentView.Progress;
import dev.heliograph.console.nodes.DeploymentView.Step;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The phases of a deployment in a row, each with an icon for how it stands.
final class Stepper extends HBox {

    /// From the top to the middle of an icon.
    private static final double MIDDLE = 9;

    private List<Step> shown = List.of();

    Stepper() {
        getStyleClass().add("stepper");
        setAlignment(Pos.TOP_LEFT);
    }

    void show(List<Step> steps) {
        if (steps.equals(shown)) {
            return;
        }
        shown = List.copyOf(steps);
        getChildren().clear();
        for (Step step : steps) {
            if (!getChildren().isEmpty()) {
                getChildren().add(line(step));
            }
            getChildren().add(node(step));
        }
    }

    private static Node node(Step step) {
        Label word = new Label(step.word());
        word.setMinWidth(USE_PREF_SIZE);
        VBox box = new VBox(3, new FontIcon(icon(step.progress())), word);
        box.setAlignment(Pos.TOP_CENTER);
        box.setMinWidth(USE_PREF_SIZE);
        box.setId("step-" + name(step.phase()));
        box.setAccessibleText(step.sentence());
        box.getStyleClass().addAll("step", "step-" + name(step.progress()));
        return box;
    }

    private static Node line(Step to) {
        Region line = new Region();
        line.getStyleClass().addAll("step-line", "line-" + name(to.progress()));
        HBox.setHgrow(line, Priority.ALWAYS);
        HBox.setMargin(line, new Insets(MIDDLE, 0, 0, 0));
        return line;
    }

    private static Ikon icon(Progress progress) {
        return switch (progress) {
            case DONE -> Feather.CHECK_CIRCLE;
            case CURRENT -> Feather.PLAY_CIRCLE;
            case FAILED -> Feather.X_OCTAGON;
            case TO_COME -> Feather.CIRCLE;
            case LEFT_OUT -> Feather.MINUS;
            case TAKEN_BACK -> Feather.ROTATE_CCW;
        };
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
