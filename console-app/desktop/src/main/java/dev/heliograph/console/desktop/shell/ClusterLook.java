package dev.heliograph.console.desktop.shell;

import java.util.Locale;

/// How a cluster is told from others.
///
/// @param name        as the operator calls it
/// @param environment `production`, `staging`, or whatever it is called
/// @param colour      of its badge and, in production, of the frame: `#d1242f`
public record ClusterLook(String name, String environment, String colour) {

    private static final String RED = "#d1242f";
    private static final String GREY = "#6e7781";

    public ClusterLook {
        if (!colour.matches("#[0-9a-fA-F]{6}")) {
            colour = isProduction(environment) ? RED : GREY;
        }
    }

    /// With the colour that its environment has where nobody chose one.
    public static ClusterLook of(String name, String environment) {
        return new ClusterLook(name, environment, "");
    }

    /// Whether mistakes are felt by users.
    public boolean production() {
        return isProduction(environment);
    }

    private static boolean isProduction(String environment) {
        return environment.toLowerCase(Locale.ROOT).startsWith("prod");
    }
}
