package dev.heliograph.console.runbooks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the runbooks are.
public final class RunbookFolder {

    private static final String NAME = "runbooks";

    private RunbookFolder() {}

    /// The folder that `HELIOGRAPH_RUNBOOKS` names; else `heliograph/runbooks` of the user's configuration; else those
    /// that
    /// the application brings, or those of the checkout that it runs in.
    ///
    /// @param environment of the process
    /// @param application where the packaged application is; empty if it runs from a checkout
    /// @param working     the working folder
    /// @return the first that is there
    public static Optional<Path> find(Map<String, String> environment, Optional<Path> application, Path working) {
        String named = environment.getOrDefault("HELIOGRAPH_RUNBOOKS", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        List<Path> candidates = new ArrayList<>();
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path home = Path.of(environment.getOrDefault("HOME", "."));
        candidates.add((config.isEmpty() ? home.resolve(".config") : Path.of(config))
                .resolve("heliograph")
                .resolve(NAME));
        application.ifPresent(folder -> candidates.add(folder.resolve(NAME)));
        for (Path folder = working.toAbsolutePath(); folder != null; folder = folder.getParent()) {
            candidates.add(folder.resolve(NAME));
        }
        return candidates.stream().filter(Files::isDirectory).findFirst();
    }
}
