package dev.heliograph.server.drain;

import dev.heliograph.server.cluster.Answers;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.ClusterException;
import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.drain.Questions.Action;
import dev.heliograph.server.drain.Questions.Command;
import dev.heliograph.server.drain.Questions.Outcome;
import dev.heliograph.server.observe.Instruments;
import dev.heliograph.server.session.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/// Moves clients between the nodes of a cluster: asks them to reconnect (3001), evenly spaced, and never more than 1.25
/// times the set point in any second. While a node drains it refuses handshakes (503), is not ready, and its
/// heartbeats say so. It slows down while the others do not keep up ([Throttle]).
///
/// A drain lives in its node alone: a node that is restarted takes clients again. Threadsafe; methods that ask other
/// nodes block for their answers.
public final class Drains {

    private static final Comparator<DrainStatus> BY_NAME =
            Comparator.comparing(DrainStatus::name).thenComparing(DrainStatus::node);

    private final Cluster cluster;
    private final LocalDrain local;

    /// @param cluster     not started yet: this node's part is added to it
    /// @param connections how many this node has
    public Drains(Cluster cluster, Sessions sessions, IntSupplier connections, Instruments instruments) {
        this.cluster = cluster;
        this.local = new LocalDrain(() -> new SessionHerd(sessions, connections), cluster::nodes);
        cluster.handle(Questions.DRAIN, this::obey);
        DrainMeter.show(instruments, local::status);
    }

    private Outcome obey(Command command) {
        String self = cluster.nodes().getFirst().id();
        if (!command.node().isEmpty() && !command.node().equals(self)) {
            return new Outcome(null, null);
        }
        try {
            switch (command.action()) {
                case START -> {
                    return new Outcome(local.start(Objects.requireNonNull(command.drain()), command.dryRun()), null);
                }
                case REBALANCE -> {
                    return new Outcome(
                            local.rebalance(Objects.requireNonNull(command.rebalance()), command.dryRun()), null);
                }
                case PAUSE -> local.pause();
                case RESUME -> local.resume();
                case CANCEL -> local.cancel();
                case STATUS -> {}
            }
            return new Outcome(local.status(), null);
        } catch (IllegalStateException e) {
            return new Outcome(null, e.getMessage());
        }
    }

    /// Begins to drain a node.
    ///
    /// @param node   its id, or its name if no other has that
    /// @param dryRun only tells what would be done
    /// @return what it begins with
    /// @throws IllegalArgumentException if there is no such node
    /// @throws IllegalStateException    if the node refuses, and why
    /// @throws ClusterException         if the node does not answer
    public DrainStatus start(String node, DrainOrder order, boolean dryRun) {
        return one(node, Action.START, order, dryRun);
    }

    /// Stops for a while; the node still refuses clients.
    public DrainStatus pause(String node) {
        return one(node, Action.PAUSE, null, false);
    }

    public DrainStatus resume(String node) {
        return one(node, Action.RESUME, null, false);
    }

    /// Ends a drain or rebalance, or the refusing of clients that follows a whole drain.
    public DrainStatus cancel(String node) {
        return one(node, Action.CANCEL, null, false);
    }

    /// Moves clients from each node that has more than the mean and a tolerance, until it has not. Handshakes
    /// go on: it relies on a load balancer that sends new connections to where there are few, or everywhere
    /// alike.
    ///
    /// @param dryRun only tells what would be done
    /// @throws IllegalStateException if a node refuses, and why; others may have begun
    public List<DrainStatus> rebalance(RebalanceOrder order, boolean dryRun) {
        return all(new Command("", Action.REBALANCE, null, order, dryRun));
    }

    /// How far each node is, by name.
    ///
    /// @throws ClusterException if one does not answer
    public List<DrainStatus> status() {
        return all(new Command("", Action.STATUS, null, null, false));
    }

    /// How far the nodes are that answer.
    ///
    /// @param drains  by name
    /// @param missing nodes that did not answer, and why
    public record Overview(List<DrainStatus> drains, List<String> missing) {}

    /// The same for those who would rather know what is known than wait.
    public Overview overview(Duration patience) {
        Answers<Outcome> answers =
                cluster.ask(Questions.DRAIN, new Command("", Action.STATUS, null, null, false), patience);
        List<DrainStatus> all = answers.byNode().values().stream()
                .map(Outcome::status)
                .filter(Objects::nonNull)
                .sorted(BY_NAME)
                .toList();
        return new Overview(all, answers.missing());
    }

    private List<DrainStatus> all(Command command) {
        List<DrainStatus> all = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        for (Outcome outcome : cluster.ask(Questions.DRAIN, command).all()) {
            if (outcome.status() != null) {
                all.add(outcome.status());
            } else {
                refusals.add(Objects.requireNonNullElse(outcome.refusal(), ""));
            }
        }
        if (!refusals.isEmpty()) {
            throw new IllegalStateException(String.join("; ", refusals));
        }
        all.sort(BY_NAME);
        return all;
    }

    private DrainStatus one(String node, Action action, @Nullable DrainOrder order, boolean dryRun) {
        String id = resolve(node);
        Answers<Outcome> answers = cluster.ask(Questions.DRAIN, new Command(id, action, order, null, dryRun));
        Outcome outcome = answers.byNode().get(id);
        if (outcome == null) {
            throw new ClusterException(
                    answers.failures().isEmpty() ? node + " has gone" : String.join("; ", answers.failures()));
        }
        if (outcome.status() == null) {
            throw new IllegalStateException(Objects.requireNonNullElse(outcome.refusal(), "refused"));
        }
        return outcome.status();
    }

    private String resolve(String node) {
        List<Node> meant = cluster.nodes().stream()
                .filter(each -> each.id().equals(node) || each.name().equals(node))
                .toList();
        if (meant.size() > 1) {
            throw new IllegalArgumentException(meant.size() + " nodes are called " + node + ": give the id");
        }
        if (meant.isEmpty()) {
            throw new IllegalArgumentException("there is no node " + node);
        }
        return meant.getFirst().id();
    }

    /// How far this node is.
    public DrainStatus local() {
        return local.status();
    }

    /// Whether this node sends new clients elsewhere. Cheap.
    public boolean refuses() {
        return local.refuses();
    }

    /// Asks all clients of this node to reconnect, evenly spaced over most of a time, or faster.
    ///
    /// @param perSecond at least; 0 to only end what goes on
    public void shutdown(Duration within, int perSecond) {
        local.shutdown(within, perSecond);
    }
}
