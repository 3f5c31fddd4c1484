package dev.heliograph.console.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heliograph.console.testing.Deployments;
import dev.heliograph.console.testing.TestWorkspace;
import dev.heliograph.console.wire.AuditList;
import dev.heliograph.console.wire.AuditMessage;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.wire.Deployment;
import dev.heliograph.console.wire.DeploymentPhase;
import dev.heliograph.console.wire.Hello;
import dev.heliograph.console.wire.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeploymentMarksTest {

    private final TestWorkspace cluster = new TestWorkspace();
    private final Marks marks = new Marks(cluster.clock);

    private void hear(DeploymentPhase phase, long seconds) {
        Deployment deployment = Deployments.in(phase, seconds);
        cluster.api.answer("deployment", _ -> deployment);
        cluster.clock.pass(Duration.ofSeconds(10));
        cluster.background.tick();
    }

    private List<String> marked() {
        return marks.list().get().stream()
                .map(mark -> Duration.between(Deployments.BEGAN, mark.at()).toSeconds() + " " + mark.kind() + " "
                        + mark.title())
                .toList();
    }

    @Test
    void beginSwitchAndRollbackAreMarkedOnce() {
        try (DeploymentMarks _ = new DeploymentMarks(cluster.workspace(), marks)) {
            hear(DeploymentPhase.PREFLIGHT, 1);
            hear(DeploymentPhase.CANARY, 15);
            hear(DeploymentPhase.SWITCH, 25);
            hear(DeploymentPhase.SWITCH, 35);
            hear(DeploymentPhase.ROLLING_BACK, 45);
            hear(DeploymentPhase.ROLLED_BACK, 55);
        }
        assertThat(marked())
                .containsExactly(
                        "0 DEPLOY Deployment of 1.2.0 begins",
                        "25 DEPLOY Switch to 1.2.0",
                        "45 DEPLOY Rollback of 1.2.0 begins",
                        "55 DEPLOY 1.2.0 is rolled back");
        assertThat(marks.list().get().getLast().detail()).isEqualTo("ann@ops1: all is well");
        assertThat(cluster.background.pauses()).isEmpty();
    }

    @Test
    void oneThatFailedIsMarked() {
        try (DeploymentMarks _ = new DeploymentMarks(cluster.workspace(), marks)) {
            hear(DeploymentPhase.FAILED, 5);
        }
        assertThat(marked())
                .containsExactly("0 DEPLOY Deployment of 1.2.0 begins", "5 DEPLOY Deployment of 1.2.0 failed");
    }

    private static JsonNode json(DeploymentPhase phase, long seconds) {
        return new ObjectMapper()
                .createObjectNode()
                .put("id", "d-1")
                .put("version", "1.2.0")
                .put("by", "ann@ops1")
                .put("phase", phase.name().toLowerCase(Locale.ROOT))
                .put("started_ms", Deployments.BEGAN.toEpochMilli())
                .put("updated_ms", Deployments.BEGAN.plusSeconds(seconds).toEpochMilli());
    }

    private static AuditRow line(String id, @Nullable JsonNode before, @Nullable JsonNode after, String outcome) {
        return new AuditRow(
                id,
                Deployments.BEGAN.plusSeconds(3).toEpochMilli(),
                "ann",
                "operator",
                "::1",
                "deployment.put",
                "1.2.0",
                "",
                before,
                after,
                outcome);
    }

    @Test
    void theAuditRecordTellsWhatWasBefore() {
        cluster.api.answer(
                "audit",
                _ -> new AuditList(
                        List.of(
                                line("4", json(DeploymentPhase.SWITCH, 20), json(DeploymentPhase.SWITCH, 29), "ok"),
                                line("3", json(DeploymentPhase.CANARY, 9), json(DeploymentPhase.SWITCH, 20), "ok"),
                                line("2", json(DeploymentPhase.PREFLIGHT, 0), json(DeploymentPhase.CANARY, 9), "ok"),
                                line("1", null, json(DeploymentPhase.PREFLIGHT, 0), "ok")),
                        false));
        cluster.clock.pass(Duration.ofMinutes(5));
        try (AuditMarks _ = new AuditMarks(cluster.workspace(), marks)) {
            cluster.feed.say(Topic.AUDIT, new Hello("hello", "ann", List.of(Topic.AUDIT)));
            await().until(() -> !marked().isEmpty());
            cluster.feed.say(
                    Topic.AUDIT,
                    new AuditMessage(
                            "audit",
                            line("5", json(DeploymentPhase.SWITCH, 29), json(DeploymentPhase.ROLLING_BACK, 40), "ok")));
            cluster.feed.say(Topic.AUDIT, new AuditMessage("audit", line("6", null, null, "refused: it is older")));
        }
        assertThat(marked())
                .containsExactly(
                        "0 DEPLOY Deployment of 1.2.0 begins",
                        "3 ACTION ann: deployment.put 1.2.0",
                        "20 DEPLOY Switch to 1.2.0",
                        "40 DEPLOY Rollback of 1.2.0 begins");
    }
}
