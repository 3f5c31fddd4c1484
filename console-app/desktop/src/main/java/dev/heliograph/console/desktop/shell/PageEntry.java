package dev.heliograph.console.desktop.shell;

import dev.heliograph.console.desktop.ui.Page;
import java.util.function.Supplier;
import org.kordamp.ikonli.Ikon;

/// A page in the navigation.
///
/// @param id    `connections`
/// @param title what the operator reads
/// @param make  makes it when it is opened for the first time, on JavaFX's thread
public record PageEntry(String id, String title, Ikon icon, Supplier<Page> make) {}
