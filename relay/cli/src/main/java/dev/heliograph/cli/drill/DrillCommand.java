package dev.heliograph.cli.drill;

import dev.heliograph.cli.Failure;
import dev.heliograph.cli.Table;
import dev.heliograph.drill.Drill;
import dev.heliograph.drill.DrillException;
import dev.heliograph.drill.DrillFile;
import dev.heliograph.drill.DrillResult;
import dev.heliograph.drill.DrillRun;
import dev.heliograph.drill.Results;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "drill",
        description = {
            "Make a fault on purpose in a cluster on this machine, and see whether its alert fires and",
            "its runbook mends it. Wants Redis, HAProxy, Prometheus, Alertmanager and exporters."
        },
        footer = {
            "",
            "Examples:",
            "  heliograph drill list",
            "  heliograph drill run relay-killed",
            "  heliograph drill run --all"
        })
public final class DrillCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// The commands below this one.
    public List<Object> subcommands() {
        return List.of(new ListDrills(), new Run());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing: list or run");
    }

    private static List<Drill> read(Path runbooks) {
        try {
            return DrillFile.folder(runbooks.resolve("drills"));
        } catch (DrillException e) {
            throw new Failure(String.valueOf(e.getMessage()), e);
        }
    }

    @Command(
            name = "list",
            description = "List the drills.",
            footer = {"", "Example:", "  heliograph drill list"})
    static final class ListDrills implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Option(names = "--runbooks", paramLabel = "DIR", description = "Default: runbooks.")
        private Path runbooks = Path.of("runbooks");

        @Override
        public Integer call() {
            Table table = new Table("DRILL", "ALERT", "RUNBOOK", "QUICK", "TITLE");
            read(runbooks)
                    .forEach(drill -> table.row(
                            drill.id(),
                            drill.alert().orElse("none"),
                            drill.runbook(),
                            drill.quick() ? "yes" : "",
                            drill.title()));
            table.print(spec.commandLine().getOut(), "there are no drills");
            return 0;
        }
    }

    @Command(
            name = "run",
            description = {
                "Run drills one after the other. Exit code 1 if one scores less than 80 of 100, or",
                "loses an acknowledged message."
            },
            footer = {"", "Example:", "  heliograph drill run relay-killed --results target/drills"})
    static final class Run implements Callable<Integer> {

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "DRILL", description = "Their ids.")
        private List<String> ids = List.of();

        @Option(names = "--all", description = "All of them.")
        private boolean all;

        @Option(names = "--quick", description = "The short set.")
        private boolean quick;

        @Option(names = "--runbooks", paramLabel = "DIR", description = "Default: runbooks.")
        private Path runbooks = Path.of("runbooks");

        @Option(names = "--monitoring", paramLabel = "DIR", description = "Rules and routes. Default: grafana.")
        private Path monitoring = Path.of("grafana");

        @Option(
                names = "--results",
                paramLabel = "DIR",
                description =
                        "Gets drills.json with all results so far, report.md of these, and heliograph-drills.prom."
                                + " Default: target/drills.")
        private Path results = Path.of("target", "drills");

        @Override
        public Integer call() throws InterruptedException {
            List<Drill> chosen = chosen();
            PrintWriter out = spec.commandLine().getOut();
            List<DrillResult> done = new ArrayList<>();
            List<String> unfit = new ArrayList<>();
            Results kept = new Results(results);
            for (Drill drill : chosen) {
                out.println("== " + drill.id() + ": " + drill.title());
                try {
                    DrillRun run = new DrillRun(
                            monitoring, runbooks, results.resolve("work"), line -> out.println(Table.safe(line)));
                    done.add(run.run(drill));
                } catch (DrillException e) {
                    out.println("could not be run: " + Table.safe(String.valueOf(e.getMessage())));
                    unfit.add(drill.id());
                }
            }
            try {
                kept.add(done);
            } catch (DrillException e) {
                throw new Failure(String.valueOf(e.getMessage()), e);
            }
            List<String> failed = new ArrayList<>(unfit);
            done.stream()
                    .filter(each -> !each.score().passed())
                    .map(DrillResult::drill)
                    .forEach(failed::add);
            int least =
                    done.stream().mapToInt(each -> each.score().points()).min().orElse(0);
            long lost = done.stream().mapToLong(each -> each.score().lost()).sum();
            out.println(String.format(
                    Locale.ROOT,
                    "RESULT drills: run=%d passed=%d least_score=%d lost=%d%s",
                    chosen.size(),
                    chosen.size() - failed.size(),
                    unfit.isEmpty() ? least : 0,
                    lost,
                    failed.isEmpty() ? "" : " failed=" + String.join(",", failed)));
            return failed.isEmpty() ? 0 : 1;
        }

        private List<Drill> chosen() {
            List<Drill> drills = read(runbooks);
            for (String id : ids) {
                if (drills.stream().noneMatch(drill -> drill.id().equals(id))) {
                    throw new Failure(
                            "there is no drill '" + id + "'; 'heliograph drill list' shows those that there are");
                }
            }
            if (!all && !quick && ids.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "name drills, or give --all or --quick");
            }
            return drills.stream()
                    .filter(drill -> all || quick && drill.quick() || ids.contains(drill.id()))
                    .toList();
        }
    }
}
