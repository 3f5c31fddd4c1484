package dev.heliograph.console.testing;

import dev.heliograph.console.wire.Deployment;
import dev.heliograph.console.wire.DeploymentPhase;
import dev.heliograph.console.wire.DeploymentStrategy;
import dev.heliograph.console.wire.DeploymentVerdict;
import dev.heliograph.console.wire.Verdict;
import java.time.Instant;
import java.util.List;

/// Deployments from 1.1.0 on blue to 1.2.0 on green, as a cluster might tell them.
public final class Deployments {

    /// When each began: when a [TestClock] does.
    public static final Instant BEGAN = Instant.parse("2026-03-01T12:00:00Z");

    private Deployments() {}

    /// @param seconds after it began
    public static Deployment in(DeploymentPhase phase, long seconds, DeploymentVerdict... verdicts) {
        return of("d-1", DeploymentStrategy.BLUE_GREEN, phase, seconds, verdicts);
    }

    public static Deployment of(
            String id,
            DeploymentStrategy strategy,
            DeploymentPhase phase,
            long seconds,
            DeploymentVerdict... verdicts) {
        boolean colours = strategy == DeploymentStrategy.BLUE_GREEN;
        return new Deployment(
                id,
                "1.2.0",
                "1.1.0",
                colours ? "blue" : "",
                colours ? "green" : "",
                strategy,
                phase,
                phase == DeploymentPhase.CANARY ? 25 : 0,
                "ann@ops1",
                BEGAN.toEpochMilli(),
                BEGAN.plusSeconds(seconds).toEpochMilli(),
                "all is well",
                List.of(verdicts));
    }

    public static DeploymentVerdict verdict(int percent, Verdict verdict, String... reasons) {
        return new DeploymentVerdict(
                percent, verdict, List.of(reasons), BEGAN.plusSeconds(percent).toEpochMilli());
    }
}
