package dev.heliograph.grafana;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A program that ran to its end.
///
/// @param output what it wrote, errors too
record Program(int exitCode, String output) {

    /// Runs it in a folder and waits for its end.
    static Program run(Path folder, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(Files.createDirectories(Path.of("target", "programs")), "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int code = process.waitFor();
        return new Program(code, Files.readString(output, StandardCharsets.UTF_8));
    }
}
