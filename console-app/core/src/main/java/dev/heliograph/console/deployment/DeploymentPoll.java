package dev.heliograph.console.deployment;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.Deployment;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Asks the cluster how its deployment stands: every two seconds while one goes on, every ten otherwise. A relay that
/// knows of none, since its version is older, is one without. Threadsafe.
public final class DeploymentPoll implements AutoCloseable {

    static final Duration UNDER_WAY = Duration.ofSeconds(2);
    static final Duration IDLE = Duration.ofSeconds(10);

    private final Workspace workspace;
    private final Value<DeploymentState> state = new Value<>(DeploymentState.UNKNOWN);
    private volatile Watch asking = () -> {};
    private volatile Optional<Instant> asked = Optional.empty();

    public DeploymentPoll(Workspace workspace) {
        this.workspace = workspace;
    }

    public Value<DeploymentState> state() {
        return state;
    }

    /// Asks now, and again and again from now on.
    public void start() {
        stop();
        asked = Optional.empty();
        asking = workspace.background().every(UNDER_WAY, this::look);
    }

    public void stop() {
        asking.close();
        asking = () -> {};
    }

    private void look() {
        Instant now = workspace.clock().instant();
        boolean soon = asked.filter(before -> Duration.between(before, now).compareTo(IDLE) < 0)
                .isPresent();
        if (soon && !state.get().underWay()) {
            return;
        }
        asked = Optional.of(now);
        try {
            Optional<Deployment> heard = ask();
            state.update(before -> before.hear(heard));
        } catch (AdminException e) {
            state.update(before -> before.withProblem(e.sentence()));
        }
    }

    private Optional<Deployment> ask() {
        try {
            return Optional.of(workspace.api().deployment());
        } catch (AdminException e) {
            if (e.kind() == AdminException.Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void close() {
        stop();
    }
}
