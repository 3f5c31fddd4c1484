package dev.heliograph.server.config;

import java.util.List;

/// A configuration that cannot be used; says everything that is wrong with it, a line each.
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    ConfigException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /// `FILE: key: reason`, one for each problem.
    public List<String> problems() {
        return problems;
    }
}
