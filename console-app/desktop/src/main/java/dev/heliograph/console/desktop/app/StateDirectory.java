package dev.heliograph.console.desktop.app;

import java.nio.file.Path;
import java.util.Map;

/// Where what may be lost without harm is kept between two starts (XDG Base Directory Specification).
final class StateDirectory {

    private StateDirectory() {}

    static Path path() {
        return path(System.getenv(), System.getProperty("user.home", "."));
    }

    static Path path(Map<String, String> variables, String home) {
        String state = variables.getOrDefault("XDG_STATE_HOME", "");
        // The specification says that a relative path is to be ignored.
        Path base = state.startsWith("/") ? Path.of(state) : Path.of(home, ".local", "state");
        return base.resolve("heliograph-console");
    }
}
