package dev.heliograph.console.desktop.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// What the console logs, for who mends it: `console.log` beside the state of the window, at most three files of 1 MB.
final class LogFile {

    private static final int LARGEST = 1 << 20;
    private static final int FILES = 3;

    private LogFile() {}

    /// Without a place to write to, the log goes to the terminal only.
    static void open(Path directory) {
        Logger root = Logger.getLogger("");
        try {
            Files.createDirectories(directory);
            FileHandler file =
                    new FileHandler(directory.resolve("console%g.log").toString(), LARGEST, FILES, true);
            file.setFormatter(new SimpleFormatter());
            root.addHandler(file);
        } catch (IOException e) {
            root.log(Level.WARNING, "no log in " + directory, e);
        }
    }
}
