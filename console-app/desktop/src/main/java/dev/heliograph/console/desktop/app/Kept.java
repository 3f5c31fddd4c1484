package dev.heliograph.console.desktop.app;

import dev.heliograph.console.files.AtomicFile;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// What pages remember from one start to the next: the columns of a table, for example. Each is a file of its own in
/// the
/// directory of the state. To lose it is no harm: what cannot be read or written is logged.
final class Kept {

    private static final System.Logger LOG = System.getLogger(Kept.class.getName());

    private final Path directory;

    Kept(Path directory) {
        this.directory = directory;
    }

    /// @param name of the file
    Optional<String> find(String name) {
        try {
            return Optional.of(Files.readString(directory.resolve(name)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot read " + directory.resolve(name), e);
            return Optional.empty();
        }
    }

    /// A few hundred bytes: quick enough for the thread of the toolkit.
    void keep(String name, String content) {
        try {
            AtomicFile.write(directory.resolve(name), content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot keep " + directory.resolve(name), e);
        }
    }
}
