package dev.heliograph.server.drain;

import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.drain.DrainStatus.Kind;
import dev.heliograph.server.drain.DrainStatus.State;
import dev.heliograph.server.drain.Run.Goal;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What drains this node: one [Run] at a time, on a virtual thread. Threadsafe. A node that is restarted drains no
/// more.
final class LocalDrain {

    private static final System.Logger LOG = System.getLogger(LocalDrain.class.getName());

    /// The part of a shutdown's time in which clients are asked; the rest is for them to go.
    private static final double MOST = 0.8;

    private final Supplier<Herd> herds;
    private final Supplier<List<Node>> nodes;
    private volatile @Nullable Run run;

    /// @param herds a new one for each run
    /// @param nodes this one first
    LocalDrain(Supplier<Herd> herds, Supplier<List<Node>> nodes) {
        this.herds = herds;
        this.nodes = nodes;
    }

    /// Begins to drain.
    ///
    /// @param dryRun only tells what would be done
    /// @throws IllegalStateException if that is not possible now
    synchronized DrainStatus start(DrainOrder order, boolean dryRun) {
        List<Node> all = nodes.get();
        requireIdle();
        if (!order.force() && all.stream().skip(1).allMatch(Node::draining)) {
            throw new IllegalStateException("no other node is there to take the clients");
        }
        int total = order.of(all.getFirst().load().clients());
        return begin(
                new Goal(Kind.DRAIN, total, order.setPoint(total), order.deadlineMillis(), order.everyone(), 0),
                dryRun);
    }

    /// Begins to move clients beyond the mean of the nodes, if there are any.
    synchronized DrainStatus rebalance(RebalanceOrder order, boolean dryRun) {
        double tolerance = order.tolerancePercent() / 100;
        if (refuses()) {
            return status();
        }
        requireIdle();
        int excess = Math.max(0, Run.excess(nodes.get(), tolerance));
        return begin(new Goal(Kind.REBALANCE, excess, order.perSecond(), 0, false, tolerance), dryRun);
    }

    /// Asks all clients to reconnect, at this rate or faster if most of the time would not do, and returns when
    /// all are asked. Takes the place of whatever goes on.
    ///
    /// @param perSecond 0 to ask nobody here
    void shutdown(Duration within, int perSecond) {
        if (perSecond == 0) {
            cancelQuietly();
            return;
        }
        long now = System.nanoTime();
        double seconds = Math.max(0.001, within.toNanos() / 1e9 * MOST);
        Run last;
        synchronized (this) {
            cancelQuietly();
            Herd herd = herds.get();
            int total = herd.size();
            double rate = Math.max(perSecond, total / seconds);
            run = last = new Run(new Goal(Kind.SHUTDOWN, total, rate, 0, true, 0), herd, nodes, now);
        }
        drive(last, now + (long) (seconds * 1e9));
    }

    private void requireIdle() {
        if (status().active()) {
            throw new IllegalStateException("the node has something under way already");
        }
    }

    private DrainStatus begin(Goal goal, boolean dryRun) {
        long now = System.nanoTime();
        Run next = new Run(goal, herds.get(), nodes, now);
        Node self = nodes.get().getFirst();
        if (!dryRun) {
            run = next;
            LOG.log(
                    Level.INFO,
                    () -> "%s: %d clients are asked to reconnect, %.1f a second"
                            .formatted(goal.kind(), goal.total(), goal.setPoint()));
            Thread.ofVirtual().name("drain").start(() -> {
                drive(next, Long.MAX_VALUE);
                DrainStatus last = next.status(self.id(), self.name(), System.nanoTime());
                LOG.log(
                        Level.INFO,
                        () -> "%s: %s, %d clients were asked".formatted(goal.kind(), last.state(), last.moved()));
            });
        }
        return next.status(self.id(), self.name(), now);
    }

    private static void drive(Run run, long until) {
        long wait = 0;
        while (wait >= 0 && (until == Long.MAX_VALUE || until - System.nanoTime() > 0)) {
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            }
            wait = run.step(System.nanoTime());
        }
    }

    void pause() {
        current().pause();
    }

    void resume() {
        current().resume();
    }

    /// Ends what is under way, and takes clients again.
    void cancel() {
        current().cancel();
    }

    private void cancelQuietly() {
        Run now = run;
        if (now != null) {
            now.cancel();
        }
    }

    private Run current() {
        Run now = run;
        if (now == null) {
            throw new IllegalStateException("nothing is under way");
        }
        return now;
    }

    /// Whether new clients are to go elsewhere. Cheap.
    boolean refuses() {
        Run now = run;
        return now != null && now.refuses();
    }

    DrainStatus status() {
        Node self = nodes.get().getFirst();
        Run now = run;
        if (now == null) {
            return new DrainStatus(
                    self.id(),
                    self.name(),
                    Kind.NONE,
                    State.IDLE,
                    0,
                    0,
                    0,
                    self.load().clients(),
                    0,
                    0,
                    0,
                    -1,
                    "");
        }
        return now.status(self.id(), self.name(), System.nanoTime());
    }
}
