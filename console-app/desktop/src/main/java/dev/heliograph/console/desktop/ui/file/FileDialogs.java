package dev.heliograph.console.desktop.ui.file;

import java.nio.file.Path;
import java.util.Optional;

/// Asks the operator for a file or a folder, and waits for the answer. On JavaFX's thread.
public interface FileDialogs {

    /// A file to read; empty if the operator wants none after all.
    Optional<Path> open(FileKind kind);

    /// A folder that is there; empty if the operator wants none after all.
    Optional<Path> folder();

    /// A file to write. Whether one that is there may be replaced has been asked.
    ///
    /// @param name that is suggested
    Optional<Path> save(String name, FileKind kind);
}
