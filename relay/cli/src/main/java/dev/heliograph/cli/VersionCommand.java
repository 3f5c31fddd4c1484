package dev.heliograph.cli;

import dev.heliograph.server.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "version",
        description = "Show the version, and the Java runtime it runs on.",
        footer = {"", "Example:", "  heliograph version"})
final class VersionCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .println("heliograph " + Version.current() + " (Java " + System.getProperty("java.version") + ")");
    }
}
