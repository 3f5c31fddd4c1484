package dev.heliograph.console.desktop.ui.file;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.files.AtomicFile;
import dev.heliograph.console.files.FileProblems;
import dev.heliograph.console.workspace.Background;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Texts in files that the operator chooses, read and written in the background. On JavaFX's thread.
public final class TextFiles {

    private final FileDialogs dialogs;
    private final Background background;

    public TextFiles(FileDialogs dialogs, Background background) {
        this.dialogs = dialogs;
        this.background = background;
    }

    /// Writes a text to a file of the operator's choice, as a whole or not at all: what was in the file before is kept
    /// until all of the text is there.
    ///
    /// @param name    that is suggested
    /// @param saved   is given a sentence that says where it is
    /// @param problem is given a sentence that says why it is nowhere
    public void save(String name, FileKind kind, String content, Consumer<String> saved, Consumer<String> problem) {
        Fx.checkThread();
        dialogs.save(name, kind).ifPresent(file -> {
            CompletableFuture<Path> work = background.call(() -> {
                AtomicFile.write(file, content.getBytes(StandardCharsets.UTF_8));
                return file;
            });
            Fx.then(
                    work,
                    _ -> saved.accept(text("files.written", file)),
                    failure -> problem.accept(text("files.unwritten", file, FileProblems.reason(failure))));
        });
    }

    /// Reads a file of the operator's choice.
    ///
    /// @param mostBytes that are read; a file that is larger is a problem
    /// @param taken     is given the name of the file, and the text
    /// @param problem   is given a sentence that says why there is none
    public void open(FileKind kind, long mostBytes, BiConsumer<String, String> taken, Consumer<String> problem) {
        Fx.checkThread();
        dialogs.open(kind).ifPresent(file -> {
            CompletableFuture<Optional<String>> work = background.call(
                    () -> Files.size(file) > mostBytes ? Optional.empty() : Optional.of(Files.readString(file)));
            Fx.then(
                    work,
                    read -> read.ifPresentOrElse(
                            content -> taken.accept(name(file), content),
                            () -> problem.accept(text("files.large", file))),
                    failure -> problem.accept(text("files.unread", file, FileProblems.reason(failure))));
        });
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
