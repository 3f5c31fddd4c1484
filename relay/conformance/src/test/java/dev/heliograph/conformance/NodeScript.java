package dev.heliograph.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts scripts of `src/test/js` with Node.js.
final class NodeScript {

    private static final Path MODULE = Path.of("").toAbsolutePath();

    private NodeScript() {}

    /// A script's process; its errors go to this process's own.
    ///
    /// @throws AssertionError if Node.js or the packages that the script needs are not there
    static Process start(String script, List<String> arguments, Map<String, String> environment) {
        if (!Files.isDirectory(MODULE.resolve("node_modules/centrifuge"))
                || !Files.isDirectory(MODULE.resolve("node_modules/ws"))) {
            throw new AssertionError("the JavaScript SDK is not installed: run 'npm ci' in " + MODULE);
        }
        List<String> command = new ArrayList<>(List.of("node", "src/test/js/" + script));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(MODULE.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new AssertionError("Node.js is needed to test the JavaScript SDK: install node 18 or later", e);
        }
    }

    /// The lines a script writes until it ends.
    static List<String> output(Process process) {
        try (var out = process.inputReader()) {
            return out.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
