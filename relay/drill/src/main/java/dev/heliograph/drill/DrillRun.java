package dev.heliograph.drill;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.drill.AlertWatch.Fired;
import dev.heliograph.runbook.ActionKind;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.RunbookLibrary;
import dev.heliograph.runbook.Step;
import dev.heliograph.runbook.cluster.AlertmanagerAlerts;
import dev.heliograph.runbook.cluster.ClusterTools;
import dev.heliograph.runbook.cluster.Metrics;
import dev.heliograph.runbook.cluster.PrometheusMetrics;
import dev.heliograph.runbook.run.Reading;
import dev.heliograph.runbook.run.RunContext;
import dev.heliograph.runbook.run.RunbookRun;
import dev.heliograph.runbook.run.StepState;
import dev.heliograph.runbook.run.Timeline;
import dev.heliograph.runbook.run.TranscriptStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/// Runs one drill: brings a cluster up and sees that it is well, makes the fault, waits for its alert, works
/// through the
/// runbook without a person, sees that all is well again, and scores.
public final class DrillRun {

    /// For a cluster to be well before anything is done to it.
    private static final Duration STEADY = Duration.ofSeconds(90);

    /// They tell of the machine that the drill runs on, which has other things to do: told, and not held
    /// against it.
    private static final Set<String> OF_THE_MACHINE = Set.of("HeliographGcPauses", "HeliographLoopLag");

    private static final JsonMapper JSON = new JsonMapper();

    private final Path monitoring;
    private final Path runbooks;
    private final Path work;
    private final Consumer<String> told;
    private final List<String> happenings = Collections.synchronizedList(new ArrayList<>());
    private volatile long begun = System.nanoTime();

    /// @param monitoring the folder `grafana` of this repository
    /// @param runbooks   the folder of the runbooks
    /// @param work       for files of the cluster, and transcripts
    /// @param told       hears what happens, line by line
    public DrillRun(Path monitoring, Path runbooks, Path work, Consumer<String> told) {
        this.monitoring = monitoring;
        this.runbooks = runbooks;
        this.work = work;
        this.told = told;
    }

    /// @throws DrillException if the drill cannot begin: no such runbook, no cluster, a cluster that is not
    ///     well
    public DrillResult run(Drill drill) throws InterruptedException {
        Runbook runbook = RunbookLibrary.read(runbooks)
                .runbook(drill.runbook())
                .orElseThrow(() -> new DrillException(drill.id() + ": there is no runbook '" + drill.runbook() + "'"));
        Instant at = Instant.now();
        begun = System.nanoTime();
        try (DrillCluster cluster = new DrillCluster(drill, work.resolve(drill.id()), monitoring);
                Traffic traffic = Traffic.start(cluster.balancer(), DrillCluster.token("reader"));
                AlertWatch alerts = new AlertWatch(cluster.alertmanager(), this::tell);
                Faults fault = new Faults(cluster, drill.fault());
                HttpClient http = HttpClient.newHttpClient()) {
            Scene scene = new Scene(cluster, traffic, alerts, fault, http);
            steady(drill, scene);
            return through(drill, runbook, at, scene);
        }
    }

    private record Scene(DrillCluster cluster, Traffic traffic, AlertWatch alerts, Faults fault, HttpClient http) {}

    private void steady(Drill drill, Scene scene) {
        tell("the cluster is up; waiting until it is well");
        Metrics metrics = metrics(scene.cluster.prometheus(), scene.http);
        long settled = System.nanoTime() + drill.settle().toNanos();
        try {
            Awaitility.await("a cluster that is well")
                    .atMost(STEADY.plus(drill.settle()))
                    .pollInterval(Duration.ofMillis(500))
                    .ignoreExceptions()
                    .until(() -> scene.traffic.flows()
                            && metrics.value("min(up)") == 1
                            && OF_THE_MACHINE.containsAll(scene.alerts.firing())
                            && System.nanoTime() > settled);
        } catch (ConditionTimeoutException e) {
            throw new DrillException(
                    drill.id() + ": the cluster is not well before the fault; alerts: " + scene.alerts.firing(), e);
        }
    }

    private DrillResult through(Drill drill, Runbook runbook, Instant at, Scene scene) throws InterruptedException {
        scene.alerts.forget();
        scene.traffic.mark();
        begun = System.nanoTime();
        long injected = begun;
        tell("fault: " + drill.fault().kind() + " "
                + new TreeMap<>(drill.fault().arguments()));
        scene.fault.inject();

        Optional<Fired> fired = await(drill.within(), () -> drill.alert().flatMap(scene.alerts::fired));
        double detection = fired.map(each -> seconds(each.nanos() - injected)).orElse(-1.0);
        boolean detected = fired.isPresent() || drill.alert().isEmpty();
        if (!detected) {
            tell("the alert " + drill.alert().orElse("") + " did not fire within "
                    + drill.within().toSeconds() + " s");
        }
        drill.healsAfter().ifPresent(span -> Thread.ofVirtual().start(() -> healLater(scene.fault, span)));

        RunbookRun run = RunbookRun.begin(
                runbook,
                context(scene),
                "drill",
                "drill " + drill.id(),
                fired.map(Fired::labels).orElse(Map.of()));
        boolean steps = detected && steps(drill, run);
        run.finish(steps ? "all steps done" : "stopped");

        scene.fault.heal();
        boolean recovered = await(
                        drill.recovery(),
                        () -> OF_THE_MACHINE.containsAll(scene.alerts.firing()) && scene.traffic.flows()
                                ? Optional.of(true)
                                : Optional.empty())
                .isPresent();
        tell(recovered ? "all is well again" : "not well in time: " + scene.alerts.firing());
        Duration gap = scene.traffic.longestGap();
        long acknowledged = scene.traffic.acknowledged();
        long lost = scene.traffic.lost();
        List<String> others = scene.alerts.names().stream()
                .filter(name -> !OF_THE_MACHINE.contains(name))
                .filter(name -> !drill.alert().equals(Optional.of(name))
                        && !drill.also().contains(name))
                .toList();
        Score score = new Score(detected, others.isEmpty(), steps, gap.compareTo(drill.gap()) <= 0, recovered, lost);
        tell("%d of 100 points%s; %d messages acknowledged, %d lost; longest gap %.1f s"
                .formatted(
                        score.points(), score.passed() ? "" : ": failed", acknowledged, lost, seconds(gap.toNanos())));
        return new DrillResult(
                drill.id(),
                drill.title(),
                at,
                score,
                seconds(System.nanoTime() - injected),
                detection,
                seconds(gap.toNanos()),
                acknowledged,
                others,
                List.copyOf(happenings),
                Timeline.markdown(run.state().transcript(), Optional.of(runbook)));
    }

    private void healLater(Faults fault, Duration span) {
        try {
            Thread.sleep(span);
            tell("the cause is mended by those whose it is");
            fault.heal();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return whether all were done or are not needed
    private boolean steps(Drill drill, RunbookRun run) throws InterruptedException {
        try {
            drill.values().forEach(run::set);
            List<Step> steps = drill.steps().isEmpty()
                    ? run.runbook().steps()
                    : drill.steps().stream()
                            .map(id -> run.runbook()
                                    .step(id)
                                    .orElseThrow(() -> new RunbookException("there is no step " + id)))
                            .toList();
            for (Step step : steps) {
                if (step.action().kind() == ActionKind.PERSON) {
                    run.skip(step.id(), "It wants a person.");
                    continue;
                }
                StepState end = run.perform(step.id());
                tell("step " + step.id() + ": "
                        + end.name().toLowerCase(Locale.ROOT) + ". "
                        + run.state().transcript().entries().getLast().text());
                if (end == StepState.FAILED) {
                    return false;
                }
            }
            return true;
        } catch (RunbookException e) {
            tell("the runbook stops: " + e.sentence());
            return false;
        } catch (DrillException e) {
            tell("the runbook stops: " + e.getMessage());
            return false;
        }
    }

    private RunContext context(Scene scene) {
        return new RunContext(
                new ClusterTools(
                        scene.cluster.admin(),
                        Optional.of(metrics(scene.cluster.prometheus(), scene.http)),
                        Optional.of(new AlertmanagerAlerts(scene.cluster.alertmanager(), scene.http)),
                        Optional.of(new LocalPlaybooks(scene.cluster, scene.fault)),
                        Clock.systemUTC()),
                new TranscriptStore(work.resolve("transcripts")),
                Runnable::run,
                Clock.systemUTC());
    }

    /// Queries look back as rules do.
    private static Metrics metrics(URI prometheus, HttpClient http) {
        PrometheusMetrics plain = new PrometheusMetrics(prometheus, http);
        return new Metrics() {
            @Override
            public Reading query(String promql) {
                return plain.query(Haste.query(promql));
            }

            @Override
            public double value(String promql) {
                return plain.value(Haste.query(promql));
            }
        };
    }

    private static <T> Optional<T> await(Duration patience, Supplier<Optional<T>> what) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<T> seen = what.get();
            if (seen.isPresent() || System.nanoTime() > end) {
                return seen;
            }
            Thread.sleep(Duration.ofMillis(200));
        }
    }

    private void tell(String what) {
        String line = "%6.1f s  %s".formatted(seconds(System.nanoTime() - begun), what);
        happenings.add(line.strip());
        told.accept(line);
    }

    private static double seconds(long nanos) {
        return Math.round(nanos / 1e8) / 10.0;
    }
}
