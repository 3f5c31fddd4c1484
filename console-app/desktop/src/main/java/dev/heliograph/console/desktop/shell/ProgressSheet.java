package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import javafx.scene.control.Button;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;

/// Something takes a while; it can be given up.
final class ProgressSheet implements Sheets.Sheet {

    private final SheetFrame frame;
    private final Button cancel;

    /// @param note more to know, "It may be done nevertheless", or nothing
    ProgressSheet(String what, String note, Runnable giveUp) {
        frame = new SheetFrame("progress", Feather.CLOCK, what);
        ProgressBar bar = new ProgressBar();
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText(what);
        frame.add(bar);
        if (!note.isEmpty()) {
            frame.add(SheetFrame.sentence(note, "text-muted"));
        }
        cancel = frame.button("cancel", text("shell.cancel"), giveUp);
        cancel.setCancelButton(true);
    }

    @Override
    public Region view() {
        return frame;
    }

    @Override
    public void focus() {
        cancel.requestFocus();
    }

    @Override
    public boolean closable() {
        cancel.fire();
        return false;
    }
}
