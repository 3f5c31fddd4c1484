package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Asks for another token, after the one of before was not accepted any more.
final class TokenSheet implements Sheets.Sheet {

    private final SheetFrame frame;
    private final PasswordField field = new PasswordField();

    TokenSheet(Sheets sheets, String cluster, Consumer<String> given) {
        frame = new SheetFrame("token", Feather.KEY, text("shell.token.title", cluster));
        Label label = new Label(text("shell.token.label"));
        label.setLabelFor(field);
        field.setId("token-field");
        field.setAccessibleText(text("shell.token.label"));
        frame.add(new VBox(4, label, field), SheetFrame.sentence(text("shell.token.how"), Styles.TEXT_MUTED));
        frame.button("cancel", text("shell.cancel"), () -> sheets.close(this));
        Button go = frame.button("sign-in-again", text("shell.token.do"), () -> {
            sheets.close(this);
            given.accept(field.getText().strip());
        });
        go.getStyleClass().add(Styles.ACCENT);
        go.setDefaultButton(true);
        field.textProperty().subscribe(text -> go.setDisable(text == null || text.isBlank()));
    }

    @Override
    public Region view() {
        return frame;
    }

    @Override
    public void focus() {
        field.requestFocus();
    }
}
