package dev.heliograph.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// A file that others see as it was or as it is now, never half written.
final class AtomicFile {

    private AtomicFile() {}

    /// @param permissions such as `rw-r--r--`, whatever the umask is
    static void write(Path file, String text, String permissions) throws IOException {
        // No `.prom`: the node exporter would read it, too.
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, text);
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString(permissions));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
