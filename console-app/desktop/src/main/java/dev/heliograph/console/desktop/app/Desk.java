package dev.heliograph.console.desktop.app;

import dev.heliograph.console.desktop.ui.file.FileDialogs;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// What the application has around its clusters: files, a browser, and the window's dialogs.
///
/// @param kept        what pages remember
/// @param transcripts the directory of what runbooks have recorded
/// @param application where the packaged application is; empty in a checkout
/// @param browser     shows an address of the web
/// @param files       asks for files
record Desk(Kept kept, Path transcripts, Optional<Path> application, Consumer<String> browser, FileDialogs files) {}
