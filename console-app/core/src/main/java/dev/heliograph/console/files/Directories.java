package dev.heliograph.console.files;

import java.nio.file.Path;
import java.util.Map;

/// The directories of the console, as the XDG Base Directory Specification has them. They need not exist yet.
///
/// @param config what the operator has set: the clusters
/// @param state  what the console remembers by itself: where its window was, saved views, transcripts
public record Directories(Path config, Path state) {

    private static final String NAME = "heliograph";

    /// Those of this user.
    public static Directories ofUser() {
        return of(System.getenv(), Path.of(System.getProperty("user.home", "")));
    }

    /// Those that an environment says.
    public static Directories of(Map<String, String> environment, Path home) {
        return new Directories(
                directory(environment, "XDG_CONFIG_HOME", home.resolve(".config")),
                directory(environment, "XDG_STATE_HOME", home.resolve(".local").resolve("state")));
    }

    private static Path directory(Map<String, String> environment, String variable, Path otherwise) {
        Path set = Path.of(environment.getOrDefault(variable, ""));
        // A relative path is to be ignored, says the specification.
        return (set.isAbsolute() ? set : otherwise).resolve(NAME);
    }
}
