package dev.heliograph.server.guard;

import dev.heliograph.server.ip.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One connection as the guard knows it: where from, of whom, and what it may still do. Between [#open] and [#close] it
/// is told when it is not welcome any more. Threadsafe.
///
/// A question costs a few nanoseconds where no limit is for this connection: which ones are is found out once, and
/// again when the limits change.
public final class GuardedConnection {

    /// Who ends a connection.
    public interface Owner {

        /// The connection is not welcome any more. Called once, from any thread; must not block.
        void unwelcome(Refusal.Cause cause);

        /// Tokens were revoked: those of its subscriptions may be among them. Must not block.
        void tokensRevoked();
    }

    private final Guard guard;
    private final String id;
    private final IpAddress address;
    private final Owner owner;

    private volatile String user = "";
    private volatile String jti = "";
    private volatile long issuedAt;
    private volatile boolean identified;
    private volatile LimitSet.@Nullable Plan plan;
    private volatile boolean unwelcome;
    private volatile @Nullable Map<Limit, Bucket> buckets;

    /// Where it counts. Guarded by this; shared while it is empty.
    private List<Limit> counted = List.of();

    /// Guarded by this.
    private boolean open;

    GuardedConnection(Guard guard, String id, IpAddress address, Owner owner) {
        this.guard = guard;
        this.id = id;
        this.address = address;
        this.owner = owner;
    }

    /// The client id.
    public String id() {
        return id;
    }

    public IpAddress address() {
        return address;
    }

    /// Empty until it is known, and for one without.
    public String user() {
        return user;
    }

    /// It is there now. Whatever the answer, [#close] must follow some time.
    public Optional<Refusal> open() {
        guard.arrived(this);
        Optional<Refusal> refusal;
        synchronized (this) {
            open = true;
            refusal = count(false);
        }
        // A rule may have come after the handshake was admitted.
        return guard.refused(refusal.or(() -> guard.unwanted(address)));
    }

    /// Its user wants to come in.
    ///
    /// @param jti      of the token; empty if it has none
    /// @param issuedAt in Unix seconds; 0 if the token does not say
    public Optional<Refusal> identify(String user, String jti, long issuedAt) {
        this.user = user;
        this.jti = jti;
        this.issuedAt = issuedAt;
        plan = null;
        // From here on a new ban finds it; older ones are found here.
        identified = true;
        Optional<Refusal> refusal =
                guard.person(user, jti, issuedAt).or(() -> guard.limits().connect(this));
        if (refusal.isEmpty()) {
            synchronized (this) {
                refusal = count(true);
            }
        }
        if (refusal.isPresent()) {
            forget();
        }
        return guard.refused(refusal);
    }

    /// Its user has a new token.
    public Optional<Refusal> refresh(String jti, long issuedAt) {
        Optional<Refusal> refusal = guard.person(user, jti, issuedAt);
        if (refusal.isEmpty()) {
            this.jti = jti;
            this.issuedAt = issuedAt;
            // One that came meanwhile was compared with the token before.
            refusal = guard.person(user, jti, issuedAt);
        }
        return guard.refused(refusal);
    }

    /// Its user did not come in after all, and counts no more.
    public synchronized void forget() {
        List<Limit> kept = new ArrayList<>(1);
        for (Limit limit : counted) {
            if (limit.needsUser()) {
                limit.uncount(address, user);
            } else {
                kept.add(limit);
            }
        }
        counted = List.copyOf(kept);
        identified = false;
        user = "";
        plan = null;
    }

    /// It is gone.
    public void close() {
        guard.left(this);
        synchronized (this) {
            open = false;
            counted.forEach(limit -> limit.uncount(address, user));
            counted = List.of();
        }
    }

    private Optional<Refusal> count(boolean byUser) {
        List<Limit> where = new ArrayList<>(counted);
        where.removeIf(Limit::retired);
        Optional<Refusal> refusal = guard.limits().count(this, byUser, where);
        counted = List.copyOf(where);
        return refusal;
    }

    /// Counts it where it counts from now on, however many there are.
    synchronized void countIn(Limit limit) {
        if (open && !counted.contains(limit) && (identified || !limit.needsUser()) && limit.matches(address, user)) {
            List<Limit> where = new ArrayList<>(counted);
            where.removeIf(Limit::retired);
            limit.count(this, true);
            where.add(limit);
            counted = List.copyOf(where);
        }
    }

    Preview.Subject subject() {
        return new Preview.Subject(id, address, user, jti, issuedAt);
    }

    // ---- operations ----

    public Optional<Refusal> publish(String channel, String namespace) {
        return admit(plan().publish(), channel, namespace, 1);
    }

    public Optional<Refusal> subscribe(String channel, String namespace) {
        return admit(plan().subscribe(), channel, namespace, 1);
    }

    public Optional<Refusal> rpc() {
        return admit(plan().rpc(), "", "", 1);
    }

    /// Whether an incoming message is admitted. The loop asks for each.
    public boolean message(int bytes) {
        return admit(plan().bytesIn(), "", "", bytes).isEmpty();
    }

    private Optional<Refusal> admit(List<Limit> limits, String channel, String namespace, long units) {
        return limits.isEmpty()
                ? Optional.empty()
                : guard.refused(guard.limits().take(limits, this, channel, namespace, units));
    }

    private LimitSet.Plan plan() {
        LimitSet limits = guard.limits().current();
        LimitSet.Plan known = plan;
        if (known == null || known.of() != limits) {
            known = limits.plan(address, user);
            plan = known;
        }
        return known;
    }

    /// Its own bucket of a limit.
    Bucket bucket(Limit limit) {
        Map<Limit, Bucket> mine = buckets;
        if (mine == null) {
            synchronized (this) {
                mine = buckets;
                if (mine == null) {
                    mine = new ConcurrentHashMap<>(2);
                    buckets = mine;
                }
            }
        }
        Bucket bucket = mine.get(limit);
        if (bucket == null) {
            mine.keySet().removeIf(Limit::retired);
            bucket = mine.computeIfAbsent(limit, _ -> new Bucket(guard.nanoTime()));
        }
        return bucket;
    }

    void forEachBucket(BiConsumer<Limit, Bucket> visitor) {
        Map<Limit, Bucket> mine = buckets;
        if (mine != null) {
            mine.forEach(visitor);
        }
    }

    // ---- bans ----

    /// Ends it if it is not welcome any more.
    void check() {
        Optional<Refusal> refusal = guard.banned(address);
        if (refusal.isEmpty() && identified) {
            refusal = guard.person(user, jti, issuedAt);
        }
        if (refusal.isPresent() && !unwelcome) {
            unwelcome = true;
            owner.unwelcome(guard.refused(refusal).orElseThrow().cause());
        }
    }

    void tokensRevoked() {
        owner.tokensRevoked();
    }
}
