package dev.heliograph.server.connections;

import dev.heliograph.server.cluster.Answers;
import dev.heliograph.server.cluster.Cluster;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The operations that end connections: those of this node, and how to find those of others. An operation runs
/// on the node where somebody asked for it, and ends with that node. Threadsafe.
///
/// Two nodes may be asked for the same id at the same time. Each claims it for itself and then tells the others.
/// One that hears of another's claim refuses it, if its own is settled or its node id is lower; else it
/// withdraws its own. A claim is settled when all have heard of it.
final class Disconnects implements AutoCloseable {

    /// Operations that a node remembers; running ones are not forgotten.
    static final int REMEMBERED = 200;

    /// Operations that run at once on a node.
    static final int MAX_RUNNING = 20;

    /// How often, and how far apart, one that withdrew looks for the one that holds: a few times as long as
    /// nodes take to answer.
    private static final int SETTLING_LOOKS = 100;

    private static final long SETTLING_NANOS = 50_000_000;

    private static final Questions.Known UNKNOWN = new Questions.Known(null, false);

    /// An operation of this node. Guarded by the outer object.
    private static final class Claim {

        private final DisconnectOperation operation;
        private boolean settled;
        private boolean withdrawn;

        Claim(DisconnectOperation operation) {
            this.operation = operation;
        }

        DisconnectStatus status() {
            return operation.status();
        }

        boolean running() {
            return status().state() == DisconnectStatus.State.RUNNING;
        }
    }

    private final Cluster cluster;
    private final String self;
    private final Clock clock;

    /// Guarded by this; the oldest first.
    private final SequencedMap<String, Claim> claims = new LinkedHashMap<>();

    /// @param self the id of this node
    Disconnects(Cluster cluster, String self, Clock clock) {
        this.cluster = cluster;
        this.self = self;
        this.clock = clock;
    }

    void offer() {
        cluster.handle(Questions.CLAIM, this::claimed);
        cluster.handle(Questions.CANCEL, wish -> cancelHere(wish.operation()));
        cluster.handle(
                Questions.RECENT,
                wish -> new Questions.Operations(
                        recent().stream().limit(wish.limit()).toList()));
    }

    // ---- previews and beginnings ----

    DisconnectPreview preview(DisconnectRequest request, Connections connections) {
        Resolution resolution = resolve(request);
        List<String> first = resolution.clients().stream()
                .limit(DisconnectPreview.MAX_EXAMPLES)
                .toList();
        return new DisconnectPreview(
                resolution.matched(),
                resolution.clients().size(),
                connections.rows(first),
                Pace.of(resolution.clients().size(), request.perSecond()).toMillis(),
                resolution.missing());
    }

    DisconnectStatus begin(DisconnectRequest request) {
        String id = request.operation();
        Claim claim = new Claim(new DisconnectOperation(request, self, clock, end -> cluster.ask(Questions.END, end)));
        Optional<DisconnectStatus> here = claim(id, claim);
        if (here.isPresent()) {
            return here.get();
        }
        try {
            Optional<DisconnectStatus> elsewhere = elsewhere(id, claim);
            if (elsewhere.isPresent()) {
                return elsewhere.get();
            }
            Resolution resolution = resolve(request);
            requireTime(request, resolution.clients().size());
            claim.operation.select(resolution.clients(), resolution.matched(), resolution.missing());
        } catch (RuntimeException e) {
            forget(id);
            throw e;
        }
        Thread.ofVirtual().name("disconnect-" + id).start(claim.operation);
        return claim.status();
    }

    private static void requireTime(DisconnectRequest request, int count) {
        Duration takes = Pace.of(count, request.perSecond());
        if (takes.compareTo(request.within()) > 0) {
            throw new IllegalArgumentException("%,d connections at %s/s take %d s, longer than the %d s they are given"
                    .formatted(
                            count,
                            request.perSecond(),
                            takes.toSeconds(),
                            request.within().toSeconds()));
        }
    }

    /// @return what is known of it, if this node has it already
    private synchronized Optional<DisconnectStatus> claim(String id, Claim claim) {
        @Nullable Claim known = claims.get(id);
        if (known != null) {
            return Optional.of(known.status());
        }
        if (claims.values().stream().filter(Claim::running).count() >= MAX_RUNNING) {
            throw new IllegalStateException("%d operations run already".formatted(MAX_RUNNING));
        }
        claims.put(id, claim);
        for (var each = claims.values().iterator(); claims.size() > REMEMBERED && each.hasNext(); ) {
            if (!each.next().running()) {
                each.remove();
            }
        }
        return Optional.empty();
    }

    private synchronized void forget(String id) {
        claims.remove(id);
    }

    /// Tells the others that this node begins it, and settles the claim unless another one was first.
    ///
    /// @return what that one knows
    private Optional<DisconnectStatus> elsewhere(String id, Claim claim) {
        boolean refused = claimsOf(id, self).anyMatch(each -> each.status() != null);
        synchronized (this) {
            claim.settled = !refused && !claim.withdrawn;
            if (claim.settled) {
                return Optional.empty();
            }
            claims.remove(id);
        }
        // Who refused may have to withdraw itself: of several that begin at once, one is left in the end.
        for (int i = 0; i < SETTLING_LOOKS; i++) {
            Optional<DisconnectStatus> settled = find(id);
            if (settled.isPresent()) {
                return settled;
            }
            LockSupport.parkNanos(SETTLING_NANOS);
        }
        throw new IllegalStateException("another node began operation %s, and cannot be reached".formatted(id));
    }

    private Stream<Questions.Known> claimsOf(String id, String claimant) {
        return cluster.ask(Questions.CLAIM, new Questions.Claim(id, claimant)).byNode().values().stream();
    }

    private synchronized Questions.Known claimed(Questions.Claim wish) {
        Claim own = claims.get(wish.operation());
        if (own == null || wish.node().equals(self)) {
            return UNKNOWN;
        }
        if (own.settled || wish.node().isEmpty() || self.compareTo(wish.node()) < 0) {
            return new Questions.Known(own.status(), own.settled);
        }
        own.withdrawn = true;
        return UNKNOWN;
    }

    private record Resolution(List<String> clients, long matched, List<String> missing) {}

    private Resolution resolve(DisconnectRequest request) {
        DisconnectRequest.Selection selection = request.selection();
        Answers<Questions.Selected> answers = cluster.ask(
                Questions.SELECT,
                new Questions.Select(
                        selection.clients(), selection.query(), selection.by(), selection.group(), request.limit()));
        Order order = Query.parse(selection.query()).order();
        List<String> clients = answers.byNode().values().stream()
                .flatMap(each -> each.keys().stream())
                .sorted(order)
                .limit(request.limit())
                .map(Key::client)
                .toList();
        long matched = answers.byNode().values().stream()
                .mapToLong(Questions.Selected::matched)
                .sum();
        return new Resolution(clients, matched, answers.missing());
    }

    // ---- what runs ----

    Optional<DisconnectStatus> cancel(String id) {
        return cluster.ask(Questions.CANCEL, new Questions.Cancel(id)).byNode().values().stream()
                .flatMap(each -> Optional.ofNullable(each.status()).stream())
                .findFirst();
    }

    private synchronized Questions.Known cancelHere(String id) {
        Claim known = claims.get(id);
        if (known == null) {
            return UNKNOWN;
        }
        known.operation.cancel();
        return new Questions.Known(known.status(), known.settled);
    }

    Optional<DisconnectStatus> find(String id) {
        return claimsOf(id, "")
                .filter(Questions.Known::settled)
                .flatMap(each -> Optional.ofNullable(each.status()).stream())
                .findFirst();
    }

    /// The newest first, of all nodes.
    List<DisconnectStatus> all() {
        Map<String, DisconnectStatus> byId = new LinkedHashMap<>();
        cluster.ask(Questions.RECENT, new Questions.Recent(REMEMBERED)).byNode().values().stream()
                .flatMap(each -> each.statuses().stream())
                .sorted(Comparator.comparingLong(DisconnectStatus::startedAt)
                        .reversed()
                        .thenComparing(DisconnectStatus::operation))
                .forEach(each -> byId.putIfAbsent(each.operation(), each));
        return List.copyOf(byId.values());
    }

    private synchronized List<DisconnectStatus> recent() {
        List<DisconnectStatus> statuses = new ArrayList<>();
        claims.sequencedValues().reversed().forEach(each -> statuses.add(each.status()));
        return statuses;
    }

    @Override
    public synchronized void close() {
        claims.values().forEach(each -> each.operation.cancel());
    }
}
