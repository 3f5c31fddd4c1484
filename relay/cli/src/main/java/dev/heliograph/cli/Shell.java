package dev.heliograph.cli;

import java.io.InputStream;
import java.util.Map;

/// What a command gets from where it was called, next to its arguments.
///
/// @param in stdin
public record Shell(Map<String, String> environment, InputStream in) {

    /// An environment variable; empty if it is not set.
    public String variable(String name) {
        return environment.getOrDefault(name, "");
    }
}
