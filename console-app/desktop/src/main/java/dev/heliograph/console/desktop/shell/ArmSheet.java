package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.action.Gate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Toggle;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;

/// Asks for how long changes can be made.
final class ArmSheet implements Sheets.Sheet {

    private static final List<Integer> MINUTES = List.of(5, 15, 60, 240);
    private static final Integer USUAL = 15;

    private final SheetFrame frame;
    private final ToggleGroup choices = new ToggleGroup();

    /// @param wanted what cannot be done while it is read-only, if that is why it is asked
    /// @param armed  goes on afterwards
    ArmSheet(Sheets sheets, Gate gate, String cluster, Optional<String> wanted, Runnable armed) {
        frame = new SheetFrame("arm", Feather.UNLOCK, text("shell.arm.title", cluster));
        frame.add(SheetFrame.sentence(
                wanted.map(w -> text("shell.arm.wanted", w)).orElseGet(() -> text("shell.arm.why"))));
        HBox row = new HBox();
        for (Integer minutes : MINUTES) {
            ToggleButton button = new ToggleButton(text("shell.arm.minutes", minutes.toString()));
            button.setId("arm-" + minutes);
            button.setToggleGroup(choices);
            button.setUserData(minutes);
            button.setSelected(minutes.equals(USUAL));
            button.getStyleClass()
                    .add(
                            minutes.equals(MINUTES.getFirst())
                                    ? Styles.LEFT_PILL
                                    : minutes.equals(MINUTES.getLast()) ? Styles.RIGHT_PILL : Styles.CENTER_PILL);
            row.getChildren().add(button);
        }
        // A choice cannot be taken back, only changed.
        choices.selectedToggleProperty().addListener((_, before, now) -> {
            if (now == null) {
                choices.selectToggle(before);
            }
        });
        frame.add(row, SheetFrame.sentence(text("shell.arm.ends"), Styles.TEXT_MUTED));
        frame.button("cancel", text("shell.cancel"), () -> sheets.close(this));
        Button arm = frame.button("do-arm", text("shell.arm.do"), () -> {
            gate.arm(Duration.ofMinutes((Integer) choices.getSelectedToggle().getUserData()));
            sheets.close(this);
            armed.run();
        });
        arm.getStyleClass().add(Styles.ACCENT);
        arm.setDefaultButton(true);
    }

    @Override
    public Region view() {
        return frame;
    }

    @Override
    public void focus() {
        Toggle chosen = choices.getSelectedToggle();
        ((ToggleButton) chosen).requestFocus();
    }
}
