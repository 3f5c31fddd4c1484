package dev.heliograph.console.desktop.testing;

import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.file.FileDialogs;
import dev.heliograph.console.desktop.ui.file.FileKind;
import dev.heliograph.console.desktop.ui.file.TextFiles;
import dev.heliograph.console.workspace.VirtualBackground;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// In place of the dialogs of the desktop: chooses the file that the test says, and notes what was asked for.
public final class ChosenFiles implements FileDialogs {

    /// What the operator is asked for.
    ///
    /// @param name that was suggested; empty for a file to read
    public record Asked(String name, FileKind kind) {}

    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile Optional<Path> choice = Optional.empty();

    /// From now on this file is chosen; at first none is.
    public ChosenFiles choose(Path file) {
        choice = Optional.of(file);
        return this;
    }

    public void chooseNone() {
        choice = Optional.empty();
    }

    /// What was asked for, the oldest first.
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /// Reads and writes what is chosen.
    public TextFiles texts() {
        return new TextFiles(this, new VirtualBackground());
    }

    @Override
    public Optional<Path> open(FileKind kind) {
        return answer(new Asked("", kind));
    }

    @Override
    public Optional<Path> folder() {
        Fx.checkThread();
        return choice;
    }

    @Override
    public Optional<Path> save(String name, FileKind kind) {
        return answer(new Asked(name, kind));
    }

    private Optional<Path> answer(Asked question) {
        Fx.checkThread();
        asked.add(question);
        return choice;
    }
}
