package dev.heliograph.cli;

import dev.heliograph.server.config.RelayConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Not shown in the list of commands: who reads the documentation has the same text as CONFIGURATION.md.
@Command(
        name = "reference",
        hidden = true,
        description = "Print the reference of the configuration, in Markdown.",
        footer = {"", "Example:", "  heliograph reference > CONFIGURATION.md"})
final class ReferenceCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().getOut().print(RelayConfig.reference());
    }
}
