package dev.heliograph.cli.admin;

import dev.heliograph.server.admin.TokenHash;
import dev.heliograph.server.config.AdminConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "operator-token",
        description = {
            "Make a token for the admin API.",
            "Prints the token, for the operator, to stdout, and the line for admin.tokens, which has only its hash, to"
                    + " stderr. Nothing is sent anywhere."
        },
        footer = {
            "",
            "Example:",
            "  heliograph operator-token ann --role operator > ann.token",
            "Then put the line that is shown into relay.yaml:",
            "  admin:",
            "    enabled: true",
            "    tokens:",
            "      - ann:operator:sha256:..."
        })
public final class OperatorTokenCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "Whose token it is, for the audit record.")
    private String name = "";

    @Option(names = "--role", paramLabel = "ROLE", description = "viewer, operator or admin. Default: viewer.")
    private String role = "viewer";

    @Override
    public void run() {
        if (!name.matches("[-._@a-zA-Z0-9]{1,64}")) {
            throw new ParameterException(
                    spec.commandLine(), "NAME is not 1 to 64 letters, digits, '-', '.', '_' and '@'");
        }
        if (!AdminConfig.ROLES.contains(role)) {
            throw new ParameterException(
                    spec.commandLine(), "--role is none of " + String.join(", ", AdminConfig.ROLES));
        }
        String token = TokenHash.newToken();
        spec.commandLine().getOut().println(token);
        spec.commandLine().getErr().println("admin.tokens: " + name + ":" + role + ":sha256:" + TokenHash.of(token));
        spec.commandLine().getErr().flush();
    }
}
