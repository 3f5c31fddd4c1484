package dev.heliograph.console.desktop.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What the application has around its clusters: files, a browser, and the window's dialogs.
///
/// @param kept        what pages remember
/// @param transcripts the directory of what runbooks have recorded
/// @param application where the packaged application is; empty in a checkout
/// @param browser     shows an address of the web
/// @param files       asks for a file to write, given a name for it
record Desk(
        Kept kept,
        Path transcripts,
        Optional<Path> application,
        Consumer<String> browser,
        Function<String, Optional<Path>> files) {

    Optional<Path> chooseFile(String name) {
        return files.apply(name);
    }
}
