package dev.heliograph.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heliograph.fleet.Decision.Cause;
import dev.heliograph.fleet.Decision.Reason;
import dev.heliograph.fleet.Decision.Verb;
import dev.heliograph.fleet.RelayNode.State;
import dev.heliograph.runbook.cluster.AnsiblePlaybooks;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FleetControllerTest {

    /// Writes down what it was called with, and ends as a file says.
    private static final String ANSIBLE = """
            #!/bin/sh
            echo "$*" >> "$(dirname "$0")/calls"
            echo "PLAY RECAP"
            echo "one: ok=1"
            exit "$(cat "$(dirname "$0")/exit")"
            """;

    @TempDir
    private Path folder = Path.of("");

    private Instant now = Fleet.NOW;
    private Observation seen = new Observation.Unknown("nothing yet");

    @BeforeEach
    void placePlaybooks() throws IOException {
        for (String playbook : List.of("scale_out", "scale_in")) {
            Files.writeString(folder.resolve(playbook + ".yml"), "[]\n");
        }
        Files.writeString(folder.resolve("hosts.yml"), "");
        Path program = Files.writeString(folder.resolve("ansible-playbook"), ANSIBLE);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        endsWith(0);
    }

    private void endsWith(int code) throws IOException {
        Files.writeString(folder.resolve("exit"), Integer.toString(code));
    }

    /// Each as `scale_out --limit=relay4`; the file of variables has no name that one could know.
    private List<String> calls() throws IOException {
        Path calls = folder.resolve("calls");
        if (!Files.exists(calls)) {
            return List.of();
        }
        List<String> words = new ArrayList<>();
        for (String line : Files.readAllLines(calls)) {
            assertThat(line).startsWith("--inventory " + folder.resolve("hosts.yml") + " " + folder + "/");
            assertThat(line).matches(".* --extra-vars=@\\S+");
            words.add(line.replaceFirst(".*/(scale_\\w+)\\.yml", "$1").replaceFirst(" --extra-vars=.*", ""));
        }
        return words;
    }

    private FleetController controller(Executor worker, boolean dryRun) {
        FleetConfig config = new FleetConfig(
                URI.create("http://127.0.0.1:9"),
                folder,
                folder.resolve("hosts.yml"),
                folder.resolve("ansible-playbook").toString(),
                Fleet.HOSTS,
                2,
                5,
                10_000,
                0.6,
                0.9,
                Duration.ofSeconds(300),
                Duration.ofSeconds(900),
                Duration.ofSeconds(30),
                folder.resolve("fleet.prom"),
                folder.resolve("state.json"),
                Optional.empty());
        return new FleetController(
                config,
                () -> seen,
                new AnsiblePlaybooks(config.playbooks(), config.inventory(), config.program()),
                () -> now,
                worker,
                dryRun);
    }

    private FleetController controller() {
        return controller(Runnable::run, false);
    }

    private void pass(int seconds) {
        now = now.plusSeconds(seconds);
    }

    private List<String> metrics() throws IOException {
        return Files.readAllLines(folder.resolve("fleet.prom")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static List<Cause> causes(Decision decision) {
        return decision.reasons().stream().map(Reason::cause).toList();
    }

    @Test
    void itRunsThePlaybookForEachHostAndWaitsForTheCooldown() throws IOException {
        FleetController controller = controller();
        seen = Fleet.of(3, 45_000, 0.6).seen();
        assertThat(causes(controller.step())).contains(Cause.COOLDOWN);
        pass(300);
        assertThat(controller.step().verb()).isEqualTo(Verb.SCALE_OUT);
        assertThat(calls()).containsExactly("scale_out --limit=relay4", "scale_out --limit=relay5");
        // Prometheus does not know of them yet, and then does: that is another change.
        assertThat(causes(controller.step())).contains(Cause.COOLDOWN);
        pass(20);
        seen = Fleet.of(5, 20_000, 0.3).seen();
        assertThat(causes(controller.step())).contains(Cause.COOLDOWN);
        pass(899);
        assertThat(causes(controller.step())).contains(Cause.COOLDOWN);
        pass(1);
        assertThat(controller.step().verb()).isEqualTo(Verb.SCALE_IN);
        assertThat(calls()).last().isEqualTo("scale_in --limit=relay5");
        assertThat(metrics())
                .contains(
                        "heliograph_fleet_actions_total{action=\"scale_out\",result=\"done\"} 2",
                        "heliograph_fleet_actions_total{action=\"scale_in\",result=\"done\"} 1",
                        "heliograph_fleet_actions_total{action=\"scale_in\",result=\"failed\"} 0");
    }

    @Test
    void itsMetricsAreThoseThatAlertsRead() throws IOException {
        FleetController controller = controller();
        controller.step();
        // The load has never been seen: nothing is said of it.
        assertThat(metrics())
                .contains("heliograph_fleet_min_nodes 2", "heliograph_fleet_max_nodes 5")
                .noneMatch(line -> line.startsWith("heliograph_fleet_run_timestamp_seconds"))
                .noneMatch(line -> line.startsWith("heliograph_fleet_nodes"));
        seen = Fleet.of(3, 90_000, 0.6).seen();
        pass(300);
        controller.step();
        List<String> expected = List.of(
                "heliograph_fleet_nodes 3",
                "heliograph_fleet_wanted_nodes 9",
                "heliograph_fleet_desired_nodes 5",
                "heliograph_fleet_run_timestamp_seconds " + now.getEpochSecond(),
                "heliograph_fleet_min_nodes 2",
                "heliograph_fleet_max_nodes 5");
        assertThat(metrics()).containsAll(expected).hasSize(10);
        // While nothing is known, the time of the last look ages.
        seen = new Observation.Unknown("Prometheus does not answer");
        pass(30);
        controller.step();
        assertThat(metrics()).containsAll(expected);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("fleet.prom"))))
                .isEqualTo("rw-r--r--");
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".new"));
        }
    }

    @Test
    void whatFailsIsTriedAgainAfterPausesThatGrow() throws IOException {
        FleetController controller = controller();
        endsWith(4);
        seen = Fleet.of(3, 45_000, 0.6).seen();
        pass(300);
        // The second host is not even tried.
        assertThat(controller.step().hosts()).containsExactly("relay4", "relay5");
        assertThat(calls()).containsExactly("scale_out --limit=relay4");
        for (int minutes : new int[] {1, 2, 4, 8, 16, 30, 30}) {
            int before = calls().size();
            pass(minutes * 60 - 1);
            Decision waiting = controller.step();
            assertThat(causes(waiting)).contains(Cause.BACKOFF);
            // What failed is still desired: trying again is no change of mind.
            assertThat(waiting.desired()).hasValue(5);
            assertThat(calls()).hasSize(before);
            pass(1);
            controller.step();
            assertThat(calls()).hasSize(before + 1);
        }
        assertThat(metrics()).contains("heliograph_fleet_actions_total{action=\"scale_out\",result=\"failed\"} 8");
        endsWith(0);
        pass(1_800);
        controller.step();
        assertThat(calls()).last().isEqualTo("scale_out --limit=relay5");
        assertThat(metrics()).contains("heliograph_fleet_actions_total{action=\"scale_out\",result=\"done\"} 2");
    }

    @Test
    void aPlaybookThatIsMissingIsAFailure() throws IOException {
        Files.delete(folder.resolve("scale_out.yml"));
        FleetController controller = controller();
        seen = Fleet.of(3, 45_000, 0.6).seen();
        pass(300);
        controller.step();
        assertThat(causes(controller.step())).contains(Cause.BACKOFF);
        assertThat(metrics()).contains("heliograph_fleet_actions_total{action=\"scale_out\",result=\"failed\"} 1");
    }

    @Test
    void itKeepsLookingWhileAPlaybookRuns() throws IOException {
        Deque<Runnable> waiting = new ArrayDeque<>();
        FleetController controller = controller(waiting::add, false);
        seen = Fleet.of(3, 35_000, 0.6).seen();
        pass(300);
        controller.step();
        assertThat(waiting).hasSize(1);
        pass(400);
        Decision decision = controller.step();
        assertThat(causes(decision)).contains(Cause.UNDER_WAY);
        assertThat(decision.sentence()).startsWith("Hold at 3 relays: scale_out of relay4 is under way; ");
        assertThat(metrics())
                .contains(
                        "heliograph_fleet_run_timestamp_seconds " + now.getEpochSecond(),
                        "heliograph_fleet_desired_nodes 4");
        waiting.remove().run();
        assertThat(causes(controller.step())).contains(Cause.COOLDOWN);
        assertThat(calls()).containsExactly("scale_out --limit=relay4");
    }

    @Test
    void theLastChangeSurvivesARestart() throws IOException {
        FleetController first = controller();
        seen = Fleet.of(3, 35_000, 0.6).seen();
        pass(300);
        first.step();
        assertThat(calls()).hasSize(1);
        first.close();
        pass(10);
        FleetController second = controller();
        pass(289);
        assertThat(causes(second.step())).contains(Cause.COOLDOWN);
        pass(1);
        assertThat(second.step().verb()).isEqualTo(Verb.SCALE_OUT);
        assertThat(metrics()).contains("heliograph_fleet_actions_total{action=\"scale_out\",result=\"done\"} 2");
    }

    @Test
    void aChangeByAnotherHandCountsToo() throws IOException {
        FleetController controller = controller();
        seen = Fleet.of(3, 15_000, 0.3).seen();
        controller.step();
        pass(5_000);
        // Somebody has added two by hand: they stay for a while.
        seen = Fleet.of(5, 15_000, 0.3).seen();
        assertThat(causes(controller.step())).contains(Cause.COOLDOWN);
        pass(900);
        assertThat(controller.step().verb()).isEqualTo(Verb.SCALE_IN);
        // One that does not answer is still one.
        FleetController again = controller();
        pass(5_000);
        seen = Fleet.of(5, 15_000, 0.3).is(2, State.LATELY_LOST).seen();
        assertThat(causes(again.step())).contains(Cause.RELAY_LOST).doesNotContain(Cause.COOLDOWN);
        seen = Fleet.of(5, 15_000, 0.3).seen();
        assertThat(again.step().verb()).isEqualTo(Verb.SCALE_IN);
    }

    @Test
    void aStateThatIsBrokenOrOfTheFutureCountsAsAChange() throws IOException {
        for (String state : List.of("{", "{}", "[]", "{\"changed_ms\": 99999999999999}")) {
            Files.writeString(folder.resolve("state.json"), state);
            FleetController controller = controller();
            seen = Fleet.of(3, 45_000, 0.6).seen();
            pass(299);
            assertThat(causes(controller.step())).as(state).contains(Cause.COOLDOWN);
            pass(1);
            assertThat(controller.step().verb()).as(state).isEqualTo(Verb.SCALE_OUT);
        }
    }

    @Test
    void aDryRunChangesNothing() throws IOException {
        FleetController controller = controller(Runnable::run, true);
        seen = Fleet.of(3, 35_000, 0.6).seen();
        pass(300);
        assertThat(controller.step().verb()).isEqualTo(Verb.SCALE_OUT);
        FleetController.Plan plan = controller.plan();
        assertThat(plan.decision().hosts()).containsExactly("relay4");
        assertThat(plan.commands())
                .containsExactly(folder.resolve("ansible-playbook") + " --inventory " + folder.resolve("hosts.yml")
                        + " " + folder.resolve("scale_out.yml") + " --limit=relay4");
        assertThat(calls()).isEmpty();
        assertThat(folder.resolve("fleet.prom")).doesNotExist();
        assertThat(folder.resolve("state.json")).doesNotExist();
    }

    @Test
    void onceIsOneLookAndTheWholePlaybook() throws Exception {
        assertThat(controller().once()).as("nothing is known").isFalse();
        seen = Fleet.of(3, 35_000, 0.6).seen();
        assertThat(controller().once()).as("the cooldown").isTrue();
        pass(300);
        endsWith(2);
        // Each is another process: what they know of each other is in the state.
        assertThat(controller(task -> Thread.ofVirtual().start(task), false).once())
                .as("it fails")
                .isFalse();
        assertThat(controller().once()).as("the pause after it").isTrue();
        endsWith(0);
        pass(60);
        assertThat(controller(task -> Thread.ofVirtual().start(task), false).once())
                .isTrue();
        assertThat(calls()).containsExactly("scale_out --limit=relay4", "scale_out --limit=relay4");
        assertThat(metrics()).contains("heliograph_fleet_actions_total{action=\"scale_out\",result=\"done\"} 1");
    }

    @Test
    void itLooksWhenItIsWokenAndEndsWhenItIsClosed() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        FleetController controller = new FleetController(
                FleetFileTest.config(folder),
                () -> {
                    looks.incrementAndGet();
                    return new Observation.Unknown("a test");
                },
                arguments -> {
                    throw new AssertionError(arguments);
                },
                () -> now,
                Runnable::run,
                false);
        Thread loop = Thread.ofVirtual().start(() -> {
            try {
                controller.run(Duration.ofHours(1));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        await().until(() -> looks.get() == 1);
        controller.wake();
        await().until(() -> looks.get() == 2);
        controller.close();
        loop.join();
        assertThat(looks).hasValue(2);
    }

    @Test
    void theIntervalWakesItToo() throws Exception {
        AtomicInteger looks = new AtomicInteger();
        FleetController[] self = new FleetController[1];
        FleetController controller = new FleetController(
                FleetFileTest.config(folder),
                () -> {
                    if (looks.incrementAndGet() == 3) {
                        self[0].close();
                    }
                    return new Observation.Unknown("a test");
                },
                arguments -> {
                    throw new AssertionError(arguments);
                },
                () -> now,
                Runnable::run,
                false);
        self[0] = controller;
        controller.run(Duration.ofMillis(1));
        assertThat(looks).hasValue(3);
    }

    @Test
    void theEndWaitsForThePlaybookThatRuns() throws Exception {
        Deque<Runnable> waiting = new ArrayDeque<>();
        FleetController controller = controller(waiting::add, false);
        seen = Fleet.of(3, 45_000, 0.6).seen();
        pass(300);
        controller.step();
        controller.close();
        Thread end = Thread.ofPlatform().start(() -> {
            try {
                controller.run(Duration.ofHours(1));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        await().until(() -> end.getState() == Thread.State.WAITING);
        // Nothing new begins by now, not even for the first host.
        waiting.remove().run();
        end.join();
        assertThat(calls()).isEmpty();
    }
}
