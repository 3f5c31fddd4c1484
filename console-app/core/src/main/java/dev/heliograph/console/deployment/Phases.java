package dev.heliograph.console.deployment;

import dev.heliograph.console.wire.DeploymentPhase;
import dev.heliograph.console.wire.DeploymentStrategy;
import java.util.List;
import java.util.Set;

/// How the phases of a deployment follow one another.
public final class Phases {

    private static final List<DeploymentPhase> FORWARD = List.of(
            DeploymentPhase.PREFLIGHT,
            DeploymentPhase.INSTALL,
            DeploymentPhase.SMOKE,
            DeploymentPhase.CANARY,
            DeploymentPhase.SWITCH,
            DeploymentPhase.DRAIN,
            DeploymentPhase.BAKE,
            DeploymentPhase.RETIRE,
            DeploymentPhase.DONE);

    /// Where no version stands beside the other, nothing is compared, switched or retired.
    private static final Set<DeploymentPhase> OF_TWO_COLOURS =
            Set.of(DeploymentPhase.CANARY, DeploymentPhase.SWITCH, DeploymentPhase.RETIRE);

    private Phases() {}

    /// Whether it is one of those that lead to the new version.
    public static boolean isForward(DeploymentPhase phase) {
        return FORWARD.contains(phase);
    }

    /// Whether nothing comes after it.
    public static boolean isFinished(DeploymentPhase phase) {
        return phase == DeploymentPhase.DONE || phase == DeploymentPhase.ROLLED_BACK || phase == DeploymentPhase.FAILED;
    }

    /// The phases from the first to the last, if all goes well.
    ///
    /// @param told what it was in at some time, which is one of them in any case
    public static List<DeploymentPhase> of(DeploymentStrategy strategy, DeploymentPhase told) {
        return FORWARD.stream()
                .filter(phase ->
                        strategy != DeploymentStrategy.ROLLING || !OF_TWO_COLOURS.contains(phase) || phase == told)
                .toList();
    }
}
