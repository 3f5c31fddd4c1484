package dev.heliograph.server.drain;

import dev.heliograph.server.cluster.Procedure;
import org.jspecify.annotations.Nullable;

/// What nodes ask of each other, as it travels. Fields may be added, and never change their meaning.
final class Questions {

    private Questions() {}

    /// What is asked of a node.
    enum Action {
        START,
        REBALANCE,
        PAUSE,
        RESUME,
        CANCEL,
        STATUS
    }

    /// @param node id of the one that is meant; empty for all
    record Command(
            String node,
            Action action,
            @Nullable DrainOrder drain,
            @Nullable RebalanceOrder rebalance,
            boolean dryRun) {}

    /// @param status  null if the node is not meant, or refuses
    /// @param refusal why it does
    record Outcome(@Nullable DrainStatus status, @Nullable String refusal) {}

    static final Procedure<Command, Outcome> DRAIN = new Procedure<>("drain", Command.class, Outcome.class);
}
