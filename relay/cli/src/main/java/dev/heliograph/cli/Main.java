package dev.heliograph.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.cli.admin.AuditCommand;
import dev.heliograph.cli.admin.BansCommand;
import dev.heliograph.cli.admin.ConfigCommand;
import dev.heliograph.cli.admin.ConnectionsCommand;
import dev.heliograph.cli.admin.DeploymentCommand;
import dev.heliograph.cli.admin.DrainCommand;
import dev.heliograph.cli.admin.FollowCommand;
import dev.heliograph.cli.admin.LimitsCommand;
import dev.heliograph.cli.admin.NodesCommand;
import dev.heliograph.cli.admin.OperatorTokenCommand;
import dev.heliograph.cli.admin.TailCommand;
import dev.heliograph.cli.demo.DemoTrafficCommand;
import dev.heliograph.cli.drill.DrillCommand;
import dev.heliograph.cli.fleet.FleetCommand;
import dev.heliograph.cli.init.InitCommand;
import dev.heliograph.cli.plan.PlanCommand;
import dev.heliograph.cli.runbook.RunbookCommand;
import dev.heliograph.server.Version;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `heliograph`, with the commands under it. Exit codes: 0 done, 1 failed, 2 wrong usage.
@Command(
        name = "heliograph",
        description = "A managed WebSocket relay, and the tools around it.",
        versionProvider = Main.BuildVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Start a relay with its defaults:",
            "  heliograph relay",
            "",
            "'heliograph COMMAND --help' explains a command by example."
        })
public final class Main implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // Picocli answers it.
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // Picocli answers it.
    private boolean version;

    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean debug;

    private Main() {}

    public static void main(String[] args) {
        CommandLine line = commandLine(new Shell(System.getenv(), System.in));
        System.exit(line.setOut(utf8(System.out)).setErr(utf8(System.err)).execute(args));
    }

    /// Data is UTF-8, whatever the locale says.
    private static PrintWriter utf8(OutputStream stream) {
        return new PrintWriter(stream, true, UTF_8);
    }

    /// The whole command line; one for each execution, since commands keep what they were given.
    static CommandLine commandLine(Shell shell) {
        Main main = new Main();
        CommandLine line = new CommandLine(main)
                .addSubcommand(new InitCommand(shell))
                .addSubcommand(new RelayCommand(shell))
                .addSubcommand(new TokenCommand(shell))
                .addSubcommand(new PublishCommand(shell))
                .addSubcommand(new SubscribeCommand(shell))
                .addSubcommand(new NodesCommand(shell))
                .addSubcommand(with(new ConnectionsCommand(shell), ConnectionsCommand::subcommands))
                .addSubcommand(with(new BansCommand(shell), BansCommand::subcommands))
                .addSubcommand(with(new LimitsCommand(shell), LimitsCommand::subcommands))
                .addSubcommand(with(new DrainCommand(shell), DrainCommand::subcommands))
                .addSubcommand(new DeploymentCommand(shell))
                .addSubcommand(new FollowCommand(shell))
                .addSubcommand(new TailCommand(shell))
                .addSubcommand(with(new ConfigCommand(shell), ConfigCommand::subcommands))
                .addSubcommand(new AuditCommand(shell))
                .addSubcommand(with(new RunbookCommand(shell), RunbookCommand::subcommands))
                .addSubcommand(with(new DrillCommand(), DrillCommand::subcommands))
                .addSubcommand(with(new LoadCommand(shell), _ -> LoadCommand.subcommands()))
                .addSubcommand(with(new PlanCommand(), PlanCommand::subcommands))
                .addSubcommand(with(new FleetCommand(), FleetCommand::subcommands))
                .addSubcommand(new OperatorTokenCommand())
                .addSubcommand(new CheckCommand(shell))
                .addSubcommand(new ReferenceCommand())
                .addSubcommand(new DemoTrafficCommand(shell))
                .addSubcommand(new VersionCommand());
        Failures failures = new Failures(() -> main.debug);
        return line.setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    /// A command with others below it.
    private static <C> CommandLine with(C command, Function<C, List<Object>> subcommands) {
        CommandLine line = new CommandLine(command);
        subcommands.apply(command).forEach(line::addSubcommand);
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    static final class BuildVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"heliograph " + Version.current()};
        }
    }
}
