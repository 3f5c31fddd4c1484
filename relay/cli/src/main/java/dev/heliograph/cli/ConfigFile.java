package dev.heliograph.cli;

import dev.heliograph.server.config.RelayConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A relay's configuration as commands read it: the file, and what the environment overrides.
final class ConfigFile {

    private ConfigFile() {}

    /// Reads a file, or takes the defaults.
    ///
    /// @throws ConfigException with all that is wrong in it
    /// @throws Failure         if there is no such file
    static RelayConfig read(Optional<Path> file, Shell shell) {
        file.ifPresent(ConfigFile::requireReadable);
        return RelayConfig.load(file, shell.environment());
    }

    private static void requireReadable(Path file) {
        if (Files.notExists(file)) {
            throw new Failure(file + ": no such file");
        }
        if (Files.isDirectory(file)) {
            throw new Failure(file + ": is a directory, not a configuration file");
        }
        if (!Files.isReadable(file)) {
            throw new Failure(file + ": permission to read it is missing");
        }
    }
}
