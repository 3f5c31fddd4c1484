package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.control.TitledPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;

/// Says what went wrong or why something is not done, with what to copy and another try where they help.
final class MessageSheet implements Sheets.Sheet {

    private final SheetFrame frame;
    private final Button first;

    private MessageSheet(SheetFrame frame, Button first) {
        this.frame = frame;
        this.first = first;
    }

    /// Something is not done, for a reason that nobody can mend here.
    static MessageSheet refused(Sheets sheets, String title, String why) {
        return make(sheets, new SheetFrame("refused", Feather.SLASH, title), why, Optional.empty(), Optional.empty());
    }

    /// Something failed. The sentence can be copied: it may have a command, or be wanted in a report.
    static MessageSheet failed(Sheets sheets, String title, String why, Optional<Runnable> retry) {
        SheetFrame frame = new SheetFrame("failed", Feather.ALERT_OCTAGON, title);
        copy(frame, "copy-sentence", text("shell.copy"), why);
        return make(sheets, frame, why, Optional.empty(), retry);
    }

    /// Something failed that should not: the details are for who mends it.
    static MessageSheet unexpected(Sheets sheets, Throwable error) {
        StringWriter details = new StringWriter();
        error.printStackTrace(new PrintWriter(details));
        SheetFrame frame = new SheetFrame("unexpected", Feather.ALERT_OCTAGON, text("shell.error.title"));
        return make(sheets, frame, text("shell.error.sentence"), Optional.of(details.toString()), Optional.empty());
    }

    private static MessageSheet make(
            Sheets sheets, SheetFrame frame, String why, Optional<String> details, Optional<Runnable> retry) {
        MessageSheet[] made = new MessageSheet[1];
        frame.add(SheetFrame.sentence(why));
        details.ifPresent(d -> {
            TextArea area = new TextArea(d);
            area.setEditable(false);
            area.getStyleClass().add("mono");
            TitledPane pane = new TitledPane(text("shell.error.details"), area);
            pane.setExpanded(false);
            pane.setAnimated(false);
            frame.add(pane);
            copy(frame, "copy-details", text("shell.error.copy"), d);
        });
        Button close = frame.button("close", text("shell.close"), () -> sheets.close(made[0]));
        Button first = retry.map(again -> {
                    Button button = frame.button("retry", text("shell.retry"), () -> {
                        sheets.close(made[0]);
                        again.run();
                    });
                    button.getStyleClass().add(Styles.ACCENT);
                    return button;
                })
                .orElse(close);
        first.setDefaultButton(true);
        made[0] = new MessageSheet(frame, first);
        return made[0];
    }

    private static void copy(SheetFrame frame, String id, String title, String what) {
        Button copy = frame.button(id, title, () -> {
            ClipboardContent content = new ClipboardContent();
            content.putString(what);
            Clipboard.getSystemClipboard().setContent(content);
        });
        copy.getStyleClass().add(Styles.FLAT);
    }

    @Override
    public Region view() {
        return frame;
    }

    @Override
    public void focus() {
        first.requestFocus();
    }
}
