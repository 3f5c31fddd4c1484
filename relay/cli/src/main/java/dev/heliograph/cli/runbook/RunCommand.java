package dev.heliograph.cli.runbook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.cli.Failure;
import dev.heliograph.cli.Shell;
import dev.heliograph.cli.Table;
import dev.heliograph.cli.admin.AdminOptions;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.RunbookLibrary;
import dev.heliograph.runbook.Step;
import dev.heliograph.runbook.cluster.AdminCalls;
import dev.heliograph.runbook.cluster.AlertmanagerAlerts;
import dev.heliograph.runbook.cluster.AnsiblePlaybooks;
import dev.heliograph.runbook.cluster.ClusterTools;
import dev.heliograph.runbook.cluster.NoPlaybooks;
import dev.heliograph.runbook.cluster.Playbooks;
import dev.heliograph.runbook.cluster.PrometheusMetrics;
import dev.heliograph.runbook.run.RunContext;
import dev.heliograph.runbook.run.RunbookRun;
import dev.heliograph.runbook.run.StepState;
import dev.heliograph.runbook.run.Timeline;
import dev.heliograph.runbook.run.TranscriptStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Works through a runbook, asking before each change.
@Command(
        name = "run",
        description = {
            "Work through a runbook: look, ask before each change, check that it had its effect,",
            "and write down who did what. Exit code 1 if a step failed."
        },
        footer = {
            "",
            "Examples:",
            "  heliograph runbook run connection-flood --set network=203.0.113.0/24 --dry-run",
            "  heliograph runbook run --from-alert alert.json --timeline incident.md",
            "  heliograph runbook run connection-flood --step find"
        })
final class RunCommand implements Callable<Integer> {

    private static final String TRANSCRIPTS = "HELIOGRAPH_TRANSCRIPTS";

    private final Shell shell;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final Shelf shelf;

    @Mixin
    private final AdminOptions admin;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RUNBOOK",
            description = "Its id; without it the one of the alert.")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--from-alert",
            paramLabel = "FILE",
            description = "An alert in Alertmanager's JSON, to fill variables from; - for stdin.")
    private Optional<String> alert = Optional.empty();

    @Option(names = "--set", paramLabel = "NAME=VALUE", description = "The value of a variable; any number of them.")
    private Map<String, String> given = new TreeMap<>();

    @Option(names = "--step", paramLabel = "ID", description = "This step alone; any number of them.")
    private List<String> only = List.of();

    @Option(names = "--dry-run", description = "Look, and show what would be changed; change nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask. What only a person can do is skipped.")
    private boolean yes;

    @Option(names = "--cluster", paramLabel = "NAME", description = "Its name in the transcript. Default: the host.")
    private Optional<String> cluster = Optional.empty();

    @Option(names = "--prometheus", paramLabel = "URL", description = "For steps and checks that ask one.")
    private Optional<URI> prometheus = Optional.empty();

    @Option(names = "--alertmanager", paramLabel = "URL", description = "For steps and checks that ask one.")
    private Optional<URI> alertmanager = Optional.empty();

    @Option(names = "--playbooks", paramLabel = "DIR", description = "For steps that run a playbook. Default: ansible.")
    private Path playbooks = Path.of("ansible");

    @Option(names = "--inventory", paramLabel = "FILE", description = "Of the hosts that playbooks are for.")
    private Optional<Path> inventory = Optional.empty();

    @Option(
            names = "--transcripts",
            paramLabel = "DIR",
            description = "Where the transcript is kept. Default: that of " + TRANSCRIPTS
                    + ", else ~/.local/state/heliograph/transcripts.")
    private Optional<Path> transcripts = Optional.empty();

    @Option(names = "--timeline", paramLabel = "FILE", description = "Write what happened as Markdown when it ends.")
    private Optional<Path> timeline = Optional.empty();

    RunCommand(Shell shell) {
        this.shell = shell;
        this.shelf = new Shelf(shell);
        this.admin = new AdminOptions(shell);
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<AlertFile> from = alert.map(this::read);
        Runbook runbook = runbook(from);
        for (String step : only) {
            if (runbook.step(step).isEmpty()) {
                throw new Failure("the runbook " + runbook.id() + " has no step '" + step + "'");
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        try (HttpClient http = HttpClient.newHttpClient()) {
            AdminCalls calls = admin.calls();
            Path kept = folder();
            TranscriptStore store = new TranscriptStore(kept);
            RunContext context = new RunContext(tools(calls, http, kept), store, Runnable::run, Clock.systemUTC());
            RunbookRun run = RunbookRun.begin(
                    runbook,
                    context,
                    cluster.orElseGet(admin::host),
                    who(calls),
                    from.map(AlertFile::labels).orElse(Map.of()));
            given.forEach((name, value) -> set(run, name, value));
            out.println(runbook.title());
            Work work = new Work(run, out, new Dialogue(shell.in(), out), yes, dryRun);
            List<Step> steps = runbook.steps().stream()
                    .filter(step -> only.isEmpty() || only.contains(step.id()))
                    .toList();
            boolean well = work.through(steps);
            run.finish(well ? "all steps done" : "stopped");
            run.close();
            tell(run, out);
            return well ? 0 : 1;
        } catch (RunbookException e) {
            throw new Failure(e.sentence(), e);
        }
    }

    private void tell(RunbookRun run, PrintWriter out) {
        timeline.ifPresent(file -> {
            try {
                Files.writeString(file, Timeline.markdown(run.state().transcript(), Optional.of(run.runbook())));
            } catch (IOException e) {
                throw new Failure(file + ": cannot be written: " + e.getMessage(), e);
            }
        });
        long done = run.runbook().steps().stream()
                .filter(step -> run.state().step(step.id()) == StepState.DONE)
                .count();
        out.println();
        String kept = dryRun
                ? "dry run, no transcript is kept"
                : "transcript " + run.state().transcript().id()
                        + run.state()
                                .unkept()
                                .map(why -> ", which cannot be kept: " + why)
                                .orElse("");
        out.println(
                "%d of %d steps done; %s".formatted(done, run.runbook().steps().size(), kept));
    }

    private static void set(RunbookRun run, String name, String value) {
        try {
            run.set(name, value);
        } catch (RunbookException e) {
            throw new Failure("--set " + name + ": " + e.sentence(), e);
        }
    }

    private ClusterTools tools(AdminCalls calls, HttpClient http, Path kept) {
        return new ClusterTools(
                calls,
                prometheus.map(base -> new PrometheusMetrics(base, http)),
                alertmanager.map(base -> new AlertmanagerAlerts(base, http)),
                Optional.of(playbooks(kept)),
                Clock.systemUTC());
    }

    /// Whoever waits for a playbook here can stop it with Ctrl-C.
    private Playbooks playbooks(Path kept) {
        return inventory
                .<Playbooks>map(hosts -> new AnsiblePlaybooks(
                        playbooks,
                        hosts,
                        AnsiblePlaybooks.PROGRAM,
                        AnsiblePlaybooks.ATTENDED,
                        Optional.of(kept.resolve("playbooks"))))
                .orElseGet(() -> new NoPlaybooks(
                        playbooks, "Which hosts the playbook is for is not known: say it with --inventory FILE."));
    }

    private Runbook runbook(Optional<AlertFile> from) {
        if (id.isPresent()) {
            return shelf.runbook(id.get());
        }
        AlertFile fired = from.orElseThrow(
                () -> new ParameterException(spec.commandLine(), "name a runbook, or give --from-alert"));
        RunbookLibrary library = shelf.read();
        return library.forAlert(fired.name(), fired.annotations())
                .orElseThrow(() -> new Failure("no runbook is for the alert " + Table.safe(fired.name())));
    }

    private AlertFile read(String file) {
        try {
            boolean stdin = file.equals("-");
            if (stdin && !yes && !dryRun) {
                throw new ParameterException(
                        spec.commandLine(), "an alert from stdin leaves nobody to ask: give --yes or --dry-run");
            }
            String text = stdin ? new String(shell.in().readAllBytes(), UTF_8) : Files.readString(Path.of(file));
            return AlertFile.parse(stdin ? "stdin" : file, text);
        } catch (IOException e) {
            throw new Failure(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /// A dry run leaves nothing behind but what the system clears away.
    private Path folder() {
        if (dryRun) {
            try {
                return Files.createTempDirectory("heliograph-dry-run");
            } catch (IOException e) {
                throw new Failure("no temporary folder: " + e.getMessage(), e);
            }
        }
        return transcripts.orElseGet(() -> {
            String variable = shell.variable(TRANSCRIPTS);
            return variable.isEmpty()
                    ? Path.of(System.getProperty("user.home"), ".local", "state", "heliograph", "transcripts")
                    : Path.of(variable);
        });
    }

    /// The operator as the cluster knows them.
    private static String who(AdminCalls calls) {
        JsonNode answer = calls.call(new AdminCalls.Request("GET", "/v1/whoami", Map.of(), Optional.empty()));
        return answer.path("name").asText(System.getProperty("user.name"));
    }
}
