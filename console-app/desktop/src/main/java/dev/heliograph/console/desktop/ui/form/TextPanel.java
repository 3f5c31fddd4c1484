package dev.heliograph.console.desktop.ui.form;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.file.FileKind;
import dev.heliograph.console.desktop.ui.file.TextFiles;
import dev.heliograph.console.workspace.Loader;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// A text for elsewhere: to be read, copied, or saved. On JavaFX's thread.
public final class TextPanel extends SidePanel {

    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    private final TextArea area = new TextArea();
    private final Label said = new Label();
    private final TextFiles files;
    private final Button copy;
    private final Button save;
    private String file = "";
    private FileKind kind = FileKind.TEXT;
    private CompletableFuture<String> coming = CompletableFuture.completedFuture("");

    public TextPanel(String id, String title, TextFiles files, Runnable close) {
        super(id, title, close);
        this.files = files;
        area.setId(id + "-text");
        area.setEditable(false);
        area.getStyleClass().add("mono");
        said.setId(id + "-said");
        said.getStyleClass().add("hint");
        said.setWrapText(true);
        VBox.setVgrow(area, Priority.ALWAYS);
        VBox box = new VBox(8, area, said);
        box.getStyleClass().add("panel-content");
        fill(box);
        copy = button(id + "-copy", text("form.text.copy"), this::copy);
        save = button(id + "-save", text("form.text.save"), this::save);
    }

    /// Shows a text when it is there; one that is still to come is given up.
    ///
    /// @param name of the file that is suggested
    /// @param what is in it
    public void show(String name, FileKind what, CompletableFuture<String> next) {
        coming.cancel(true);
        coming = next;
        file = name;
        kind = what;
        area.clear();
        ready(false);
        say(text("form.text.coming"));
        Fx.then(
                next,
                words -> {
                    area.setText(words);
                    say(text("form.text.lines", words.lines().count()));
                    ready(true);
                },
                failure -> {
                    if (!(failure instanceof CancellationException)) {
                        complain(Loader.sentence(failure));
                    }
                });
    }

    private void say(String sentence) {
        said.setText(sentence);
        said.pseudoClassStateChanged(DANGER, false);
    }

    private void complain(String sentence) {
        said.setText(sentence);
        said.pseudoClassStateChanged(DANGER, true);
    }

    private void ready(boolean ready) {
        copy.setDisable(!ready);
        save.setDisable(!ready);
    }

    private void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putString(area.getText());
        Clipboard.getSystemClipboard().setContent(content);
        say(text("form.text.copied"));
    }

    private void save() {
        files.save(file, kind, area.getText(), this::say, this::complain);
    }
}
