package dev.heliograph.server.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/// Where PEM comes from: a setting holds it, or names a file with it.
final class PemSource {

    private PemSource() {}

    /// The PEM that a setting holds or whose file it names; what is wrong is a problem of the setting.
    static Optional<String> read(Values v, String key, String textOrPath) {
        return read(textOrPath, reason -> v.problem(key, reason));
    }

    /// The same outside of a configuration.
    ///
    /// @param problem told why there is nothing
    static Optional<String> read(String textOrPath, Consumer<String> problem) {
        if (HttpServerConfig.isPem(textOrPath)) {
            return Optional.of(textOrPath);
        }
        try {
            return Optional.of(Files.readString(Path.of(textOrPath), ISO_8859_1));
        } catch (IOException | InvalidPathException _) {
            // The text is not shown: it may be a key that lost its first line.
            problem.accept("is neither PEM nor the path of a readable file");
            return Optional.empty();
        }
    }
}
