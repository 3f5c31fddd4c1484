package dev.heliograph.cli.runbook;

import dev.heliograph.cli.Failure;
import dev.heliograph.cli.Shell;
import dev.heliograph.cli.Table;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.RunbookLibrary;
import dev.heliograph.runbook.RunbookLint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "runbook",
        description = "What to do when something is wrong: list, check, show and run runbooks.",
        footer = {
            "",
            "Examples:",
            "  heliograph runbook list",
            "  heliograph runbook run connection-flood --set network=203.0.113.0/24",
            "  heliograph runbook run --from-alert alert.json"
        })
public final class RunbookCommand implements Runnable {

    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public RunbookCommand(Shell shell) {
        this.shell = shell;
    }

    /// The commands below this one.
    public List<Object> subcommands() {
        return List.of(new ListRunbooks(shell), new Lint(shell), new Show(shell), new RunCommand(shell));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: list, lint, show or run");
    }

    @Command(
            name = "list",
            description = "List the runbooks.",
            footer = {"", "Example:", "  heliograph runbook list"})
    static final class ListRunbooks implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private final Shelf shelf;

        ListRunbooks(Shell shell) {
            this.shelf = new Shelf(shell);
        }

        @Override
        public Integer call() {
            RunbookLibrary library = shelf.read();
            Table table = new Table("RUNBOOK", "FOR", "STEPS", "TITLE");
            for (Runbook each : library.runbooks()) {
                table.row(each.id(), each.severity(), each.steps().size(), each.title());
            }
            PrintWriter out = spec.commandLine().getOut();
            table.print(out, "there are no runbooks");
            PrintWriter err = spec.commandLine().getErr();
            library.broken().forEach(sentence -> err.println(Table.safe(sentence)));
            return library.broken().isEmpty() ? 0 : 1;
        }
    }

    @Command(
            name = "lint",
            description =
                    "Check that runbooks are whole, and fit to rules and playbooks: exit code 1 and a line for each"
                            + " problem if not.",
            footer = {"", "Example:", "  heliograph runbook lint --rules grafana/prometheus/rules --playbooks ansible"})
    static final class Lint implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private final Shelf shelf;

        @Option(
                names = "--rules",
                paramLabel = "PATH",
                description = "A file of rules of Prometheus, or a folder of *.yaml: their alerts must have runbooks.")
        private List<Path> rules = List.of();

        @Option(
                names = "--playbooks",
                paramLabel = "DIR",
                description = "The playbooks that steps may run, NAME.yml each.")
        private Optional<Path> playbooks = Optional.empty();

        Lint(Shell shell) {
            this.shelf = new Shelf(shell);
        }

        @Override
        public Integer call() {
            List<String> findings;
            try {
                findings = RunbookLint.check(shelf.folder(), files(), playbooks);
            } catch (IOException | UncheckedIOException e) {
                throw new Failure(e.getMessage() + ": cannot be read", e);
            }
            PrintWriter out = spec.commandLine().getOut();
            findings.forEach(sentence -> out.println(Table.safe(sentence)));
            if (findings.isEmpty()) {
                out.println(shelf.read().runbooks().size() + " runbooks, no problem");
            }
            return findings.isEmpty() ? 0 : 1;
        }

        private List<Path> files() throws IOException {
            List<Path> files = new ArrayList<>();
            for (Path each : rules) {
                if (Files.isDirectory(each)) {
                    try (Stream<Path> all = Files.list(each)) {
                        all.filter(file -> file.toString().matches(".*\\.ya?ml"))
                                .sorted()
                                .forEach(files::add);
                    }
                } else {
                    files.add(each);
                }
            }
            return files;
        }
    }

    @Command(
            name = "show",
            description = "Print a runbook.",
            footer = {"", "Example:", "  heliograph runbook show connection-flood"})
    static final class Show implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private final Shelf shelf;

        @Parameters(index = "0", paramLabel = "RUNBOOK", description = "Its id.")
        private String id = "";

        Show(Shell shell) {
            this.shelf = new Shelf(shell);
        }

        @Override
        public Integer call() {
            Runbook runbook = shelf.runbook(id);
            try {
                spec.commandLine()
                        .getOut()
                        .print(Files.readString(shelf.folder().resolve(runbook.id() + ".md")));
                spec.commandLine().getOut().flush();
            } catch (IOException e) {
                throw new Failure(id + ": cannot be read: " + e.getMessage(), e);
            }
            return 0;
        }
    }
}
