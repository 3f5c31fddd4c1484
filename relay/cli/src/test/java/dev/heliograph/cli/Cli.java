package dev.heliograph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/// Runs commands in this process.
final class Cli {

    /// What a command did.
    record Run(int exitCode, String out, String err) {}

    private Cli() {}

    static Run run(String... args) {
        return run(Map.of(), "", args);
    }

    static Run run(Map<String, String> environment, String in, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = run(environment, in, out, err, args);
        return new Run(exitCode, out.toString(), err.toString());
    }

    /// For who looks at the output while the command runs.
    static int run(Map<String, String> environment, String in, StringWriter out, StringWriter err, String... args) {
        return Main.commandLine(new Shell(environment, new ByteArrayInputStream(in.getBytes(UTF_8))))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
    }
}
