package dev.heliograph.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = {
            "Check a configuration file without starting a relay.",
            "Every problem is a line 'FILE: key: reason' on stderr, and the exit code 1."
        },
        footer = {"", "Example:", "  heliograph check relay.yaml"})
final class CheckCommand implements Runnable {

    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The configuration file.")
    private Path file = Path.of("");

    CheckCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        ConfigFile.read(Optional.of(file), shell);
        spec.commandLine().getOut().println(file + ": ok");
    }
}
