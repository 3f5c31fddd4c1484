package dev.heliograph.console.nodes;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.LiveFeed;
import dev.heliograph.console.api.StreamWish;
import dev.heliograph.console.deployment.DeploymentPoll;
import dev.heliograph.console.deployment.DeploymentState;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.DrainsMessage;
import dev.heliograph.console.wire.NodesMessage;
import dev.heliograph.console.wire.StreamMessage;
import dev.heliograph.console.wire.Topic;
import dev.heliograph.console.workspace.PageModel;
import dev.heliograph.console.workspace.Workspace;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The nodes of a cluster, live while somebody looks. Threadsafe.
public final class NodesModel implements PageModel {

    private final Workspace workspace;
    private final DrainProposals drains;
    private final Value<NodesState> state = new Value<>(NodesState.UNKNOWN);
    private final ReentrantLock lock = new ReentrantLock();

    /// Guarded by the lock.
    private final Fleet fleet = new Fleet();

    private final DeploymentPoll deployment;

    private volatile Watch watching = () -> {};

    public NodesModel(Workspace workspace) {
        this.workspace = workspace;
        this.drains = new DrainProposals(workspace.api());
        this.deployment = new DeploymentPoll(workspace);
    }

    public Value<NodesState> state() {
        return state;
    }

    /// How the deployment stands that goes on, or the last one.
    public Value<DeploymentState> deployment() {
        return deployment.state();
    }

    /// From now on it listens to the nodes, until [#hidden]. Asking again after a problem is the same as starting.
    @Override
    public void shown() {
        hidden();
        watching = workspace.live().watch(StreamWish.of(Topic.NODES, Topic.DRAINS), new Listener());
        deployment.start();
    }

    @Override
    public void hidden() {
        watching.close();
        watching = () -> {};
        deployment.stop();
    }

    /// Drains a node, or a share of it. Blocks.
    public Proposal drain(String node, DrainPlan plan) {
        return drains.start(node, plan);
    }

    /// Blocks.
    public Proposal pause(String node) {
        return drains.pause(node);
    }

    /// Blocks.
    public Proposal resume(String node) {
        return drains.resume(node);
    }

    /// Ends a drain; the node takes clients again. Blocks.
    public Proposal cancel(String node) {
        return drains.cancel(node);
    }

    /// Moves clients from nodes that have too many. Blocks.
    public Proposal rebalance(double perSecond, Optional<Double> tolerancePercent) {
        return drains.rebalance(perSecond, tolerancePercent);
    }

    private void hear(StreamMessage message) {
        lock.lock();
        try {
            switch (message) {
                case NodesMessage nodes ->
                    fleet.nodes(nodes.nodes(), workspace.clock().instant());
                case DrainsMessage drained -> fleet.drains(drained.drains(), drained.missing());
                default -> {
                    return;
                }
            }
            NodesState next = fleet.picture();
            if (!next.nodes().isEmpty()) {
                state.set(next);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        hidden();
    }

    private final class Listener implements LiveFeed.Listener {

        @Override
        public void onMessage(StreamMessage message) {
            hear(message);
        }

        @Override
        public void onInterrupted(AdminException cause) {
            state.update(before -> before.withProblem(Optional.of(cause)));
        }

        @Override
        public void onEnd(AdminException cause) {
            state.update(before -> before.withProblem(Optional.of(cause)));
        }
    }
}
