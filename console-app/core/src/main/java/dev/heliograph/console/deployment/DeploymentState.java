package dev.heliograph.console.deployment;

import dev.heliograph.console.wire.Deployment;
import dev.heliograph.console.wire.DeploymentPhase;
import dev.heliograph.console.wire.Verdict;
import java.util.Optional;

/// What is known of the deployment of a cluster.
///
/// @param known      whether a node has answered yet
/// @param deployment as it was told last; empty if there was none yet
/// @param reached    how far it came: the phase that it is in, or that it was in when it went wrong; empty if that is
///                   not known
/// @param problem    why nothing comes at the moment; the rest is of before
public record DeploymentState(
        boolean known, Optional<Deployment> deployment, Optional<DeploymentPhase> reached, Optional<String> problem) {

    public static final DeploymentState UNKNOWN =
            new DeploymentState(false, Optional.empty(), Optional.empty(), Optional.empty());

    /// Whether it goes on.
    public boolean underWay() {
        return deployment.filter(each -> !Phases.isFinished(each.phase())).isPresent();
    }

    DeploymentState hear(Optional<Deployment> next) {
        return new DeploymentState(true, next, next.flatMap(this::reachedBy), Optional.empty());
    }

    DeploymentState withProblem(String sentence) {
        return new DeploymentState(known, deployment, reached, Optional.of(sentence));
    }

    /// Who was not there when it went wrong knows of the canary only: that leaves a verdict.
    private Optional<DeploymentPhase> reachedBy(Deployment next) {
        if (Phases.isForward(next.phase())) {
            return Optional.of(next.phase());
        }
        Optional<DeploymentPhase> before =
                deployment.filter(each -> each.id().equals(next.id())).flatMap(_ -> reached);
        boolean condemned =
                !next.verdicts().isEmpty() && next.verdicts().getLast().verdict() == Verdict.FAIL;
        return before.or(() -> condemned ? Optional.of(DeploymentPhase.CANARY) : Optional.empty());
    }
}
