package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.action.Journal;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.workspace.Workspace;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// What was done from this console since it was opened, with what takes it back.
final class JournalSheet implements Sheets.Sheet {

    /// A sheet is for the last hour, the audit page for everything.
    private static final int SHOWN = 50;

    private final SheetFrame frame = new SheetFrame("journal", Feather.CLOCK, text("shell.journal.title"));
    private final VBox lines = new VBox(4);
    private final Sheets sheets;
    private final SheetCommander commander;
    private final DateTimeFormatter time;
    private final Button close;
    private final Watch watch;

    JournalSheet(Sheets sheets, Workspace workspace, SheetCommander commander) {
        this.sheets = sheets;
        this.commander = commander;
        ZoneId zone = workspace.clock().getZone();
        this.time = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
        frame.setPrefWidth(720);
        frame.add(Sheets.scrolling(lines));
        close = frame.button("close", text("shell.close"), () -> sheets.close(this));
        close.setDefaultButton(true);
        this.watch = Fx.show(workspace.journal().entries(), this::show);
    }

    private void show(List<Journal.Entry> entries) {
        lines.getChildren().clear();
        if (entries.isEmpty()) {
            lines.getChildren().add(SheetFrame.sentence(text("shell.journal.empty"), Styles.TEXT_MUTED));
        }
        for (Journal.Entry entry : entries.subList(0, Math.min(SHOWN, entries.size()))) {
            lines.getChildren().add(line(entry));
        }
    }

    private Node line(Journal.Entry entry) {
        Label at = new Label(time.format(entry.at()));
        at.setMinWidth(Region.USE_PREF_SIZE);
        at.getStyleClass().add(Styles.TEXT_MUTED);
        Label what = SheetFrame.sentence(entry.outcome().sentence());
        what.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(what, Priority.ALWAYS);
        HBox line = new HBox(12, at, what);
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMinHeight(36);
        entry.outcome().undo().ifPresent(undo -> {
            if (commander.isUndone(undo)) {
                Label undone = new Label(text("shell.journal.undone"));
                undone.getStyleClass().add(Styles.TEXT_MUTED);
                undone.setMinWidth(Region.USE_PREF_SIZE);
                line.getChildren().add(undone);
            } else {
                Button button = new Button(undo.title());
                button.setMnemonicParsing(false);
                button.setMinWidth(Region.USE_PREF_SIZE);
                button.getStyleClass().add(Styles.SMALL);
                button.setOnAction(_ -> {
                    sheets.close(this);
                    commander.undo(entry.proposal(), undo);
                });
                line.getChildren().add(button);
            }
        });
        return line;
    }

    @Override
    public Region view() {
        return frame;
    }

    @Override
    public void focus() {
        close.requestFocus();
    }

    @Override
    public void closed() {
        watch.close();
    }
}
