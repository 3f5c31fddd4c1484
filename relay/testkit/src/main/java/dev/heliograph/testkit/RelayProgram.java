package dev.heliograph.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The command that runs a relay. If the tests have the relay among their classes, it is run from these. Else it
/// is the program that the variable `HELIOGRAPH` names, or `bin/heliograph` of the checkout that the tests run
/// in, which must be built.
public final class RelayProgram {

    private static final String MAIN = "dev.heliograph.cli.Main";

    /// Tests start many relays on few processors: little memory, and no time for the second compiler.
    private static final List<String> FLAGS = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

    private RelayProgram() {}

    /// @param arguments of `heliograph`
    /// @throws IllegalStateException if there is no relay to be found
    public static ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>();
        boolean here = RelayProgram.class.getClassLoader().getResource(MAIN.replace('.', '/') + ".class") != null;
        if (here) {
            command.add(ProcessHandle.current().info().command().orElse("java"));
            command.addAll(FLAGS);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        } else {
            command.add(script().toString());
        }
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        if (!here) {
            builder.environment().put("JAVA_OPTS", String.join(" ", FLAGS));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        }
        return builder;
    }

    private static Path script() {
        String named = Optional.ofNullable(System.getenv("HELIOGRAPH")).orElse("");
        if (!named.isEmpty()) {
            return Path.of(named);
        }
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            Path script = folder.resolve("bin").resolve("heliograph");
            if (Files.isExecutable(script)) {
                return script;
            }
        }
        throw new IllegalStateException("no bin/heliograph in or above " + start + "; set HELIOGRAPH to one");
    }
}
