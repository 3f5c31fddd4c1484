package dev.heliograph.console.desktop.ui.file;

import static dev.heliograph.console.text.Messages.text;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;

/// The dialogs of the desktop, over a window. Files of another name can be chosen, too.
public final class SystemFileDialogs implements FileDialogs {

    private final Window owner;

    public SystemFileDialogs(Window owner) {
        this.owner = owner;
    }

    @Override
    public Optional<Path> open(FileKind kind) {
        return Optional.ofNullable(chooser(kind).showOpenDialog(owner)).map(File::toPath);
    }

    @Override
    public Optional<Path> folder() {
        return Optional.ofNullable(new DirectoryChooser().showDialog(owner)).map(File::toPath);
    }

    @Override
    public Optional<Path> save(String name, FileKind kind) {
        FileChooser chooser = chooser(kind);
        chooser.setInitialFileName(name);
        return Optional.ofNullable(chooser.showSaveDialog(owner)).map(File::toPath);
    }

    static FileChooser chooser(FileKind kind) {
        FileChooser chooser = new FileChooser();
        chooser.getExtensionFilters()
                .setAll(
                        new ExtensionFilter(kind.title(), kind.patterns()),
                        new ExtensionFilter(text("files.kind.all"), "*"));
        return chooser;
    }
}
