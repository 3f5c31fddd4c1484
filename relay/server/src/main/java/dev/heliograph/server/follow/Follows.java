package dev.heliograph.server.follow;

import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.follow.Questions.Keep;
import dev.heliograph.server.follow.Questions.Kept;
import dev.heliograph.server.observe.FollowSpec;
import dev.heliograph.server.observe.Redactor;
import dev.heliograph.server.observe.Tracer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Lets operators follow one user, channel, address or connection on all nodes of the cluster for a bounded time.
/// Threadsafe.
///
/// The node that was asked puts the same question to all nodes twice a second: follow this, and tell what
/// happened since. So a node that joins takes part from then on, and one that is not asked any more, because
/// who asked has died, stops within [#LEASE]. Nodes keep a bounded number of events; those that are too many
/// are counted, and no event is told twice. While nobody follows, nothing of this costs anything.
public final class Follows implements AutoCloseable {

    /// Follows that this node serves; more than the tracer allows, since those that have ended linger for a
    /// while.
    private static final int MAX_SERVED = 64;

    /// Twenty questions that did not come.
    static final Duration LEASE = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final Tracer tracer;
    private final Node self;
    private final Supplier<Redactor> redactor;
    private final Duration lease;
    private final Map<String, LocalFollow> served = new ConcurrentHashMap<>();

    /// @param cluster  not started yet: this node's part is added to it
    /// @param self     what this node is; what it carries does not matter
    /// @param redactor takes out secrets as they are now
    public Follows(Cluster cluster, Tracer tracer, Node self, Supplier<Redactor> redactor) {
        this(cluster, tracer, self, redactor, LEASE);
    }

    Follows(Cluster cluster, Tracer tracer, Node self, Supplier<Redactor> redactor, Duration lease) {
        this.cluster = cluster;
        this.tracer = tracer;
        this.self = self;
        this.redactor = redactor;
        this.lease = lease;
        cluster.handle(Questions.KEEP, this::keep);
    }

    private Kept keep(Keep question) {
        long seen = Objects.requireNonNullElse(question.seen().get(self.id()), 0L);
        if (question.end()) {
            LocalFollow ending = served.remove(question.id());
            return ending == null ? new Kept(List.of(), seen, false, null) : ending.end(seen);
        }
        boolean begins = !served.containsKey(question.id());
        try {
            Kept kept = served.computeIfAbsent(question.id(), id -> begin(question, seen))
                    .after(seen);
            return begins ? kept.begin() : kept;
        } catch (IllegalStateException e) {
            return Kept.refused(seen, String.valueOf(e.getMessage()));
        }
    }

    private LocalFollow begin(Keep question, long seen) {
        if (served.size() >= MAX_SERVED) {
            throw new IllegalStateException(MAX_SERVED + " things are followed already");
        }
        return new LocalFollow(question, seen, tracer, self.name(), redactor.get(), lease)
                .watched(over -> served.remove(question.id(), over));
    }

    /// Who follows. Called on one thread, and may block: then nodes drop what they cannot keep.
    public interface Listener {

        /// Tells what happened.
        ///
        /// @param events  by the time they were told, at most [Following#MAX_AT_ONCE]; may be empty
        /// @param dropped events that are left out behind those of the last call
        /// @param missing nodes that did not answer, and why
        void onEvents(List<FollowedEvent> events, long dropped, List<String> missing);

        /// Called once, and nothing after it.
        ///
        /// @param shown   events in all
        /// @param dropped events that were left out, in all
        void onEnd(long shown, long dropped);
    }

    /// Begins to follow. When this returns, every node that answers follows.
    ///
    /// @return ends it before its time
    /// @throws IllegalStateException if too much is followed already
    public Following begin(FollowSpec spec, Listener listener) {
        Following following = new Following(UUID.randomUUID().toString(), spec, cluster, listener);
        following.start();
        return following;
    }

    /// Ends what this node serves.
    @Override
    public void close() {
        served.values().forEach(LocalFollow::close);
    }
}
