package dev.heliograph.server.follow;

import dev.heliograph.server.cluster.Answers;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.ClusterException;
import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.follow.Questions.Keep;
import dev.heliograph.server.follow.Questions.Kept;
import dev.heliograph.server.follow.Questions.Numbered;
import dev.heliograph.server.observe.FollowSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One follow, where it was asked for: asks all nodes, hands on what they tell, until its time is over or it is closed.
public final class Following implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Following.class.getName());

    /// Events of one call of the listener.
    public static final int MAX_AT_ONCE = 500;

    private static final Duration INTERVAL = Duration.ofMillis(500);

    /// A node that does not answer holds up the events of the others for so long.
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /// The first time it matters that all begin.
    private static final Duration PATIENCE_AT_FIRST = Duration.ofSeconds(3);

    private final String id;
    private final FollowSpec spec;
    private final Cluster cluster;
    private final Follows.Listener listener;
    private final long deadline;
    private final CountDownLatch closing = new CountDownLatch(1);

    // Of the thread that asks; before it runs, of the one that begins.
    private final Map<String, Long> seen = new HashMap<>();
    private final List<FollowedEvent> fresh = new ArrayList<>();
    private long dropped;

    /// Null if this node follows.
    private @Nullable String refusedHere;

    private long allShown;
    private long allDropped;

    Following(String id, FollowSpec spec, Cluster cluster, Follows.Listener listener) {
        this.id = id;
        this.spec = spec;
        this.cluster = cluster;
        this.listener = listener;
        this.deadline = System.nanoTime() + spec.duration().toNanos();
    }

    void start() {
        List<String> missing;
        try {
            missing = ask(false, PATIENCE_AT_FIRST);
            if (refusedHere != null) {
                throw new IllegalStateException(refusedHere);
            }
        } catch (RuntimeException e) {
            // Other nodes may have begun.
            Thread.ofVirtual().name("follow-end").start(this::askLast);
            throw e;
        }
        Thread.ofVirtual().name("following").start(() -> run(missing));
    }

    private void run(List<String> missingAtFirst) {
        try {
            tell(missingAtFirst);
            long left = deadline - System.nanoTime();
            while (left > 0 && !closing.await(Math.min(left, INTERVAL.toNanos()), TimeUnit.NANOSECONDS)) {
                left = deadline - System.nanoTime();
                if (left > 0) {
                    tell(ask(false, PATIENCE));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "following fails", e);
        } finally {
            tell(askLast());
            listener.onEnd(allShown, allDropped);
        }
    }

    private List<String> askLast() {
        try {
            return ask(true, PATIENCE);
        } catch (ClusterException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    /// @return nodes that did not answer, and why
    private List<String> ask(boolean end, Duration patience) {
        long leftMillis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        Answers<Kept> answers = cluster.ask(
                Questions.KEEP,
                new Keep(id, spec.target(), spec.value(), spec.sampling(), leftMillis, Map.copyOf(seen), end),
                patience);
        List<String> missing = answers.missing();
        List<Node> nodes = cluster.nodes();
        Kept own = answers.byNode().get(nodes.getFirst().id());
        refusedHere = own == null ? null : own.refusal();
        answers.byNode().forEach((node, kept) -> take(node, name(node, nodes), kept, missing));
        return missing;
    }

    /// @param nodes that are there; one that has just gone is called by its id
    private static String name(String id, List<Node> nodes) {
        return nodes.stream()
                .filter(node -> node.id().equals(id))
                .map(Node::name)
                .findFirst()
                .orElse(id);
    }

    private void take(String node, String name, Kept kept, List<String> missing) {
        if (kept.refusal() != null) {
            missing.add(name + ": " + kept.refusal());
            return;
        }
        if (kept.begun() && seen.containsKey(node)) {
            // It was not asked for longer than its lease.
            missing.add(name + " begins anew: events in between are lost");
        }
        long before = seen.getOrDefault(node, 0L);
        List<Numbered> events = kept.events();
        dropped += Math.max(0, kept.last() - before - events.size());
        seen.put(node, Math.max(before, kept.last()));
        events.forEach(each -> fresh.add(each.event()));
    }

    private void tell(List<String> missing) {
        fresh.sort(Comparator.comparingLong(FollowedEvent::at));
        List<FollowedEvent> events = List.copyOf(fresh.subList(0, Math.min(fresh.size(), MAX_AT_ONCE)));
        long left = dropped + fresh.size() - events.size();
        fresh.clear();
        dropped = 0;
        allShown += events.size();
        allDropped += left;
        listener.onEvents(events, left, missing);
    }

    /// Ends it soon, on all nodes.
    @Override
    public void close() {
        closing.countDown();
    }
}
