package dev.heliograph.server.drain;

import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.drain.DrainStatus.Kind;
import dev.heliograph.server.drain.DrainStatus.State;
import java.util.List;
import java.util.function.Supplier;

/// One drain, rebalance or shutdown of this node, driven from outside by [#step]. Threadsafe.
final class Run {

    private static final long SECOND = 1_000_000_000L;
    private static final long TENTH = SECOND / 10;

    /// With a deadline the rate makes up for lost time, but by no more than this.
    private static final double CATCH_UP = 1.15;

    /// How long a connection may be there without a session that can be asked (`client.stale_close_delay`), or
    /// with one that was asked (5 s), before the drain does not wait for it any more.
    private static final long SETTLE = 15 * SECOND;

    /// Clients of a rebalance that are asked for each that is too many: some come back to the same node.
    private static final int RETURNS = 4;

    /// What is to be reached.
    ///
    /// @param total          clients
    /// @param setPoint       a second
    /// @param deadlineMillis 0 for none
    /// @param everyone       also those that come meanwhile
    /// @param tolerance      of a rebalance, as a part of the mean
    record Goal(Kind kind, int total, double setPoint, long deadlineMillis, boolean everyone, double tolerance) {}

    private final Goal goal;
    private final Herd herd;
    private final Supplier<List<Node>> nodes;
    private final long began;
    private final Pace pace = new Pace();
    private final Meter meter;
    private final Throttle throttle = new Throttle();

    private State state = State.RUNNING;
    private String note = "";
    private int moved;
    private long lookAt;
    private long idleSince = Long.MAX_VALUE;

    /// @param nodes this one first
    Run(Goal goal, Herd herd, Supplier<List<Node>> nodes, long now) {
        this.goal = goal;
        this.herd = herd;
        this.nodes = nodes;
        this.began = now;
        this.lookAt = now;
        this.meter = new Meter(now);
    }

    /// Does what is due: at most one client is asked.
    ///
    /// @return after how many nanoseconds the next step is due; 0 for at once, negative at the end
    synchronized long step(long now) {
        if (state != State.RUNNING) {
            return state == State.PAUSED ? TENTH : -1;
        }
        if (now - lookAt >= 0) {
            lookAt = now + SECOND;
            look();
        }
        if (state != State.RUNNING) {
            return -1;
        }
        double rate = rate(now);
        long wait = pace.waitNanos(now, rate);
        if (wait > 0) {
            return Math.min(wait, TENTH);
        }
        if (!goal.everyone && moved >= most()) {
            return end("");
        }
        if (!herd.moveNext()) {
            return nobodyLeft(now);
        }
        pace.happened(now, rate);
        meter.count(now);
        moved++;
        idleSince = Long.MAX_VALUE;
        return 0;
    }

    private void look() {
        List<Node> all = nodes.get();
        throttle.look(all.subList(1, all.size()));
        if (goal.kind == Kind.REBALANCE && excess(all, goal.tolerance) <= 0) {
            end("");
        }
    }

    private long nobodyLeft(long now) {
        if (goal.kind == Kind.SHUTDOWN || !goal.everyone || herd.size() == 0) {
            return end("");
        }
        if (idleSince == Long.MAX_VALUE) {
            idleSince = now;
        }
        return now - idleSince >= SETTLE ? end("some connections do not end") : TENTH;
    }

    private long end(String why) {
        state = State.DONE;
        note = why;
        herd.release();
        return -1;
    }

    private int most() {
        return goal.kind == Kind.REBALANCE ? goal.total * RETURNS : goal.total;
    }

    private double rate(long now) {
        double base = goal.setPoint;
        if (goal.deadlineMillis > 0) {
            double left = Math.max(1, goal.total - moved);
            double seconds = goal.deadlineMillis / 1e3 - (now - began) / 1e9;
            base = seconds <= 0 ? base * CATCH_UP : Math.min(left / seconds, base * CATCH_UP);
        }
        // Where the process ends soon nobody waits for others.
        return goal.kind == Kind.SHUTDOWN ? base : base * throttle.factor();
    }

    /// How many clients this node has beyond the mean of those that take clients, and the tolerance.
    ///
    /// @param all this node first
    static int excess(List<Node> all, double tolerance) {
        List<Node> taking = all.stream().filter(node -> !node.draining()).toList();
        double mean = taking.stream()
                .mapToInt(node -> node.load().clients())
                .average()
                .orElse(0);
        return (int) Math.floor(all.getFirst().load().clients() - mean * (1 + tolerance));
    }

    synchronized void pause() {
        if (state != State.RUNNING) {
            throw new IllegalStateException("nothing is running that could pause");
        }
        state = State.PAUSED;
    }

    synchronized void resume() {
        if (state != State.PAUSED) {
            throw new IllegalStateException("nothing is paused");
        }
        state = State.RUNNING;
    }

    synchronized void cancel() {
        state = State.CANCELLED;
        herd.release();
    }

    /// Whether new clients are to go elsewhere.
    synchronized boolean refuses() {
        boolean going = state == State.RUNNING || state == State.PAUSED;
        return goal.kind != Kind.REBALANCE && (going || (state == State.DONE && goal.everyone));
    }

    synchronized DrainStatus status(String node, String name, long now) {
        boolean active = state == State.RUNNING || state == State.PAUSED;
        int left = active ? Math.max(0, goal.total - moved) : 0;
        double rate = state == State.RUNNING ? rate(now) : 0;
        return new DrainStatus(
                node,
                name,
                goal.kind,
                state,
                goal.total,
                moved,
                left,
                herd.size(),
                goal.setPoint,
                rate,
                meter.perSecond(now),
                rate > 0 ? (long) (left / rate * 1_000) : -1,
                note.isEmpty() && active ? throttle.note() : note);
    }
}
