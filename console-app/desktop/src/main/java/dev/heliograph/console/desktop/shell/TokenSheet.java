package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.connect.ConnectState.Keeping;
import dev.heliograph.console.text.Formats;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// Asks for another token, after the one of before was not accepted any more, and says where it will be kept.
final class TokenSheet implements Sheets.Sheet {

    private final SheetFrame frame;
    private final PasswordField field = new PasswordField();

    /// @param why     the one of before is not accepted, if that is so
    /// @param keeping where tokens are kept, if that is known
    TokenSheet(
            Sheets sheets, String cluster, Optional<String> why, Optional<Keeping> keeping, AppShell.TokenTaker given) {
        frame = new SheetFrame("token", Feather.KEY, text("shell.token.title", cluster));
        why.ifPresent(sentence -> frame.add(SheetFrame.sentence(text("shell.token.why", Formats.sentence(sentence)))));
        Label label = new Label(text("shell.token.label"));
        label.setLabelFor(field);
        field.setId("token-field");
        field.setAccessibleText(text("shell.token.label"));
        CheckBox remember = new CheckBox(text("shell.token.remember"));
        remember.setId("token-remember");
        remember.setVisible(keeping.filter(Keeping::keyring).isPresent());
        remember.managedProperty().bind(remember.visibleProperty());
        Label where = SheetFrame.sentence("", Styles.TEXT_MUTED);
        where.setId("token-where");
        remember.selectedProperty()
                .subscribe(chosen -> where.setText(
                        keeping.map(each -> each.where(chosen)).orElseGet(() -> text("shell.token.memory"))));
        frame.add(
                new VBox(4, label, field, SheetFrame.sentence(text("shell.token.how"), Styles.TEXT_MUTED)),
                new VBox(4, remember, where));
        frame.button("cancel", text("shell.cancel"), () -> sheets.close(this));
        Button go = frame.button("sign-in-again", text("shell.token.do"), () -> {
            sheets.close(this);
            given.take(field.getText().strip(), remember.isSelected());
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
