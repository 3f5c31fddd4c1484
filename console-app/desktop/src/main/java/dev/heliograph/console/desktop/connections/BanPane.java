package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.bans.Expiry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/// Whom to keep out, and for how long; whom that would hit is shown before it is done. On JavaFX's thread.
final class BanPane extends VBox {

    /// Somebody who can be kept out.
    ///
    /// @param by  as [BanProposals#bansGroupsBy] has it
    /// @param key the network or the user
    record Target(String by, String key) {

        String title() {
            return text(by.equals("user") ? "connections.ban.user" : "connections.ban.network", key);
        }
    }

    private final VBox targets = new VBox(8);
    private final ToggleGroup choice = new ToggleGroup();
    private final ComboBox<Expiry> expiry = new ComboBox<>();
    private final Label nobody = Drawer.sentence(text("connections.ban.nobody"), Styles.TEXT_MUTED);
    private final Button preview = new Button(text("connections.ban.preview"));

    /// @param offer is given whom, and when it ends
    BanPane(Clock clock, BiConsumer<Target, Optional<Instant>> offer) {
        setId("ban-form");
        setSpacing(12);
        setPadding(new Insets(4, 16, 16, 16));
        expiry.setId("ban-expiry");
        expiry.getItems().setAll(Expiry.values());
        expiry.setConverter(new StringConverter<>() {
            @Override
            public String toString(Expiry value) {
                return value == null ? "" : value.title();
            }

            @Override
            public Expiry fromString(String title) {
                throw new UnsupportedOperationException("not editable");
            }
        });
        preview.setId("ban-preview");
        preview.getStyleClass().add(Styles.ACCENT);
        preview.setDefaultButton(true);
        preview.setOnAction(_ -> {
            if (choice.getSelectedToggle() != null
                    && choice.getSelectedToggle().getUserData() instanceof Target target) {
                offer.accept(target, Expiry.parse(expiry.getValue().text(), clock.instant()));
            }
        });
        getChildren()
                .addAll(
                        targets,
                        nobody,
                        Drawer.field(text("connections.ban.expiry"), expiry),
                        preview,
                        Drawer.sentence(text("connections.ban.note"), Styles.TEXT_MUTED, Styles.TEXT_SMALL));
    }

    /// Begins anew, with others to choose from.
    void begin(List<Target> from) {
        choice.getToggles().clear();
        targets.getChildren().clear();
        for (Target each : from) {
            RadioButton button = new RadioButton(each.title());
            button.setId("ban-target-" + targets.getChildren().size());
            button.setUserData(each);
            button.setToggleGroup(choice);
            button.setWrapText(true);
            targets.getChildren().add(button);
        }
        choice.getToggles().stream().findFirst().ifPresent(choice::selectToggle);
        expiry.setValue(Expiry.HOUR);
        nobody.setVisible(from.isEmpty());
        nobody.setManaged(from.isEmpty());
        preview.setDisable(from.isEmpty());
    }
}
