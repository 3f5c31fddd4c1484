package dev.heliograph.cli.fleet;

import dev.heliograph.cli.Failure;
import dev.heliograph.cli.Logging;
import dev.heliograph.cli.Table;
import dev.heliograph.cli.Termination;
import dev.heliograph.fleet.FleetConfig;
import dev.heliograph.fleet.FleetController;
import dev.heliograph.fleet.FleetException;
import dev.heliograph.fleet.FleetFile;
import dev.heliograph.fleet.FleetService;
import dev.heliograph.fleet.Observation;
import dev.heliograph.fleet.RelayNode;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.Spans;
import dev.heliograph.server.config.RelayConfig;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "fleet",
        description = {
            "Have as many relays as the load asks for: looks at Prometheus again and again, and runs the",
            "playbooks scale_out and scale_in."
        },
        footer = {
            "",
            "Examples:",
            "  heliograph fleet plan --config fleet.yaml",
            "  heliograph fleet run --config fleet.yaml"
        })
public final class FleetCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// The commands below this one.
    public List<Object> subcommands() {
        return List.of(new Run(), new Plan());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: run or plan");
    }

    @FunctionalInterface
    private interface Work {
        int with(FleetConfig config) throws InterruptedException;
    }

    /// The configuration, which all commands below this one need.
    static final class ConfigFile {

        @Option(
                names = {"-c", "--config"},
                required = true,
                paramLabel = "FILE",
                description = "The configuration file.")
        private Path path = Path.of("");

        private int with(Work work) throws InterruptedException {
            try {
                return work.with(FleetFile.read(path));
            } catch (FleetException e) {
                throw new Failure(String.valueOf(e.getMessage()), e);
            } catch (RunbookException e) {
                throw new Failure(e.sentence(), e);
            }
        }
    }

    @Command(
            name = "run",
            description = {
                "Run the autoscaler until SIGTERM or SIGINT; a playbook that runs then comes to its end first.",
                "It looks each interval, and at once when Alertmanager sends an alert to its webhook. Each decision",
                "is a sentence in its log, which goes to stderr."
            },
            footer = {"", "Example:", "  heliograph fleet run --config /etc/heliograph/fleet.yaml"})
    static final class Run implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private final ConfigFile file = new ConfigFile();

        @Option(names = "--dry-run", description = "Only log what it would do; writes no file.")
        private boolean dryRun;

        @Option(
                names = "--once",
                description = "Look once, do what is to be done, and end: for timers and Event-Driven Ansible. Does not"
                        + " listen; the exit code is 1 if the load is not known, or the playbook fails.")
        private boolean once;

        @Override
        public Integer call() throws InterruptedException {
            Logging.configure(RelayConfig.defaults());
            return file.with(once ? this::lookOnce : this::run);
        }

        private int lookOnce(FleetConfig config) throws InterruptedException {
            try (FleetService service = FleetService.silent(config, dryRun)) {
                return service.controller().once() ? 0 : 1;
            }
        }

        private int run(FleetConfig config) throws InterruptedException {
            PrintWriter out = spec.commandLine().getOut();
            try (FleetService service = FleetService.start(config, dryRun);
                    Termination _ = new Termination(service::end)) {
                String listening = service.address()
                        .map(Run::text)
                        .map(" and listens on "::concat)
                        .orElse("");
                out.println("heliograph fleet looks every " + Spans.text(config.interval()) + listening);
                out.flush();
                service.run();
            }
            out.println("heliograph fleet stopped");
            out.flush();
            return 0;
        }

        private static String text(InetSocketAddress address) {
            String host = address.getAddress().getHostAddress();
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
        }
    }

    @Command(
            name = "plan",
            description = {
                "Show the relays, what the autoscaler would do now and why, and change nothing.",
                "The exit code is 1 if the load is not known."
            },
            footer = {"", "Example:", "  heliograph fleet plan --config /etc/heliograph/fleet.yaml"})
    static final class Plan implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private final ConfigFile file = new ConfigFile();

        @Override
        public Integer call() throws InterruptedException {
            return file.with(this::plan);
        }

        private int plan(FleetConfig config) {
            PrintWriter out = spec.commandLine().getOut();
            try (FleetService service = FleetService.silent(config, true)) {
                FleetController.Plan plan = service.controller().plan();
                if (plan.seen() instanceof Observation.Load load) {
                    print(load, out);
                }
                out.println(Table.safe(plan.decision().sentence()));
                plan.commands().forEach(command -> out.println("would run: " + Table.safe(command)));
                return plan.seen() instanceof Observation.Load ? 0 : 1;
            }
        }

        private static void print(Observation.Load load, PrintWriter out) {
            Table table = new Table("RELAY", "HOST", "COLOUR", "STATE", "CLIENTS", "LIMIT", "CPU");
            load.relays().stream()
                    .sorted(Comparator.comparing(RelayNode::name))
                    .forEach(relay -> table.row(
                            relay.name(),
                            relay.host(),
                            relay.colour(),
                            relay.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            relay.connections(),
                            relay.limit() == 0 ? "any" : relay.limit(),
                            String.format(Locale.ROOT, "%.0f %%", relay.cpu() * 100)));
            table.print(out, "there are no relays");
        }
    }
}
