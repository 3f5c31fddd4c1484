package dev.heliograph.console.desktop.connect;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.cluster.Environment;
import dev.heliograph.console.cluster.Profile;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A cluster in the list: its colour, name, environment, and where it is.
final class ClusterCell extends ListCell<Profile> {

    /// @param open at a double click
    ClusterCell(Consumer<Profile> open) {
        getStyleClass().add("cluster-cell");
        setPadding(new Insets(8, 12, 8, 12));
        setOnMouseClicked(event -> {
            Profile profile = getItem();
            if (profile != null && event.getButton() == MouseButton.PRIMARY && event.getClickCount() == 2) {
                open.accept(profile);
            }
        });
    }

    @Override
    protected void updateItem(@Nullable Profile profile, boolean empty) {
        super.updateItem(profile, empty);
        setText(null);
        if (profile == null || empty) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        Label name = new Label(profile.name());
        name.getStyleClass().add("cluster-name");
        name.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(name, Priority.ALWAYS);
        Label environment = new Label(profile.environment().label());
        environment.getStyleClass().add("pill");
        if (profile.environment() == Environment.PRODUCTION) {
            environment.getStyleClass().add("production");
        }
        environment.setMinWidth(USE_PREF_SIZE);
        Label where = new Label(
                profile.addresses().size() == 1
                        ? profile.addresses().getFirst().toString()
                        : text(
                                "connect.addresses",
                                profile.addresses().getFirst().toString(),
                                Integer.toString(profile.addresses().size() - 1)));
        where.getStyleClass().addAll(Styles.TEXT_SMALL, Styles.TEXT_MUTED);
        HBox first = new HBox(8, name, environment);
        first.setAlignment(Pos.CENTER_LEFT);
        VBox lines = new VBox(4, first, where);
        HBox.setHgrow(lines, Priority.ALWAYS);
        HBox row = new HBox(12, Parts.spot(profile.colour()), lines);
        row.setAlignment(Pos.CENTER_LEFT);
        // As wide as the list, not as wide as a long address wants to be.
        row.setPrefWidth(0);
        setGraphic(row);
        setAccessibleText(profile.name() + ", " + profile.environment().label());
    }
}
