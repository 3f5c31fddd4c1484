package dev.heliograph.server.guard;

import dev.heliograph.server.config.ClientConfig;
import dev.heliograph.server.control.DocumentListener;
import dev.heliograph.server.ip.IpAddress;
import dev.heliograph.server.observe.Counts;
import dev.heliograph.server.observe.Instruments;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// Decides on this node who may come in and how much may be done: by rules for addresses, bans of users, revoked
/// tokens and limits. What is in force comes from the configuration and from the listeners, which `control`
/// calls. Threadsafe; no question waits for a change.
///
/// A change holds for every question from when the listener returns. Who is connected and is not welcome any
/// more is told right after that, from another thread; all connections are looked at once for many changes in a
/// row.
public final class Guard {

    private static final System.Logger LOG = System.getLogger(Guard.class.getName());

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Executor background;

    private final Set<GuardedConnection> connections = ConcurrentHashMap.newKeySet();
    private final IpRules ipRules = new IpRules(() -> lookOver(false));
    private final UserBans userBans = new UserBans(() -> lookOver(false));
    private final Revocations revocations = new Revocations(() -> lookOver(true));
    private final Limits limits;
    private final Floods floods;
    private final Counts<Refusal.Cause> refusals;

    private final AtomicBoolean lookingOver = new AtomicBoolean();
    private final AtomicBoolean tokensToo = new AtomicBoolean();
    private final ReentrantLock oneAtATime = new ReentrantLock();

    public Guard(ClientConfig config, Clock clock, Instruments instruments) {
        this(config, clock, instruments, System::nanoTime, Thread::startVirtualThread);
    }

    /// @param background runs what changes lead to
    Guard(ClientConfig config, Clock clock, Instruments instruments, LongSupplier nanoTime, Executor background) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.background = background;
        this.limits = new Limits(clock, nanoTime, connections, new RuleHits(instruments));
        this.floods = new Floods(nanoTime);
        this.refusals = instruments.counts(
                "heliograph_guard_refusals",
                "What was not admitted: handshakes, connects, operations; and connections that a ban has ended.",
                "cause",
                Refusal.Cause.class);
        configure(config);
    }

    /// Takes the limits of a configuration instead of those before.
    public void configure(ClientConfig config) {
        limits.configure(config);
    }

    /// For documents of [IpRule#TYPE].
    public DocumentListener<IpRule> ipRuleListener() {
        return ipRules;
    }

    /// For documents of [UserBan#TYPE].
    public DocumentListener<UserBan> userBanListener() {
        return userBans;
    }

    /// For documents of [Revocation#TYPE].
    public DocumentListener<Revocation> revocationListener() {
        return revocations;
    }

    /// For documents of [LimitRule#TYPE].
    public DocumentListener<LimitRule> limitRuleListener() {
        return limits;
    }

    // ---- before the handshake ----

    /// Whether connections from an address are closed as they come, for a second, because it went on and on
    /// though [#admitAddress] or [#admitHandshake] refused it.
    public boolean cutsOff(IpAddress address) {
        return floods.cutsOff(address);
    }

    /// Whether anything from an address is answered at all.
    public Optional<Refusal> admitAddress(IpAddress address) {
        Optional<Refusal> refusal = refused(address(address));
        if (refusal.isPresent()) {
            floods.refused(address);
        }
        return refusal;
    }

    /// Whether and when one more handshake from an address is admitted, which takes a token of what it takes
    /// one of. Handshakes at the same time may exceed a limit of connections by their number;
    /// [GuardedConnection#open] does not.
    public Admission admitHandshake(IpAddress address) {
        Admission admission = limits.handshake(address);
        admission.refusal().ifPresent(each -> {
            refusals.add(each.cause());
            if (each.cause() == Refusal.Cause.RATE || each.cause() == Refusal.Cause.COUNT) {
                floods.refused(address);
            }
        });
        return admission;
    }

    // ---- connections ----

    /// A connection whose handshake is done.
    ///
    /// @param id its client id
    public GuardedConnection connection(String id, IpAddress address, GuardedConnection.Owner owner) {
        return new GuardedConnection(this, id, address, owner);
    }

    /// What revokes a token.
    ///
    /// @param jti      empty if it has none
    /// @param issuedAt in Unix seconds; 0 if it does not say
    public boolean isRevoked(String user, String jti, long issuedAt) {
        return revocations.find(user, jti, issuedAt).isPresent();
    }

    void arrived(GuardedConnection connection) {
        connections.add(connection);
    }

    void left(GuardedConnection connection) {
        connections.remove(connection);
    }

    Stream<GuardedConnection> connections() {
        return connections.stream();
    }

    Optional<Refusal> address(IpAddress address) {
        return ipRules.find(address).flatMap(entry -> {
            entry.hits().hit(clock.millis());
            return entry.admits() ? Optional.empty() : Optional.of(entry.refusal());
        });
    }

    /// Like [#address] for one that was counted already.
    Optional<Refusal> unwanted(IpAddress address) {
        return ipRules.find(address).filter(entry -> !entry.admits()).map(IpRules.Entry::refusal);
    }

    /// Like [#address] for one that is connected already.
    Optional<Refusal> banned(IpAddress address) {
        return ipRules.find(address)
                .filter(entry -> entry.kind() == IpRule.Kind.BAN)
                .map(IpRules.Entry::refusal);
    }

    /// Whether a user with a token is not welcome.
    Optional<Refusal> person(String user, String jti, long issuedAt) {
        Optional<Hits> ban = userBans.find(user);
        if (ban.isPresent()) {
            ban.get().hit(clock.millis());
            return Optional.of(new Refusal(Refusal.Cause.USER_BANNED, user, 0));
        }
        return revocations.find(user, jti, issuedAt).map(entry -> {
            entry.hits().hit(clock.millis());
            return new Refusal(Refusal.Cause.TOKEN_REVOKED, entry.id(), 0);
        });
    }

    /// Tells all who are connected and not welcome any more.
    private void lookOver(boolean tokens) {
        if (tokens) {
            tokensToo.set(true);
        }
        if (lookingOver.compareAndSet(false, true)) {
            background.execute(this::lookOver);
        }
    }

    private void lookOver() {
        oneAtATime.lock();
        try {
            // First, so that what changes from here on is looked at again.
            lookingOver.set(false);
            boolean tokens = tokensToo.getAndSet(false);
            for (GuardedConnection connection : connections) {
                connection.check();
                if (tokens) {
                    connection.tokensRevoked();
                }
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "connections could not be looked over", e);
        } finally {
            oneAtATime.unlock();
        }
    }

    // ---- figures ----

    /// Counts a refusal, if it is one.
    Optional<Refusal> refused(Optional<Refusal> refusal) {
        refusal.ifPresent(each -> refusals.add(each.cause()));
        return refusal;
    }

    /// What was refused on this node since it started, of handshakes, requests and connections.
    public long refusals(Refusal.Cause cause) {
        return refusals.get(cause);
    }

    /// What was not admitted since the start.
    public long refusalCount() {
        return refusals.total();
    }

    /// What the limits of this node did, by name, in their order.
    public List<NamedUse> limitUses() {
        Map<Limit, List<LimitUse.Use>> uses = new LinkedHashMap<>();
        for (Limit limit : limits.current().all()) {
            List<LimitUse.Use> all = new ArrayList<>();
            limit.forEachUse((key, used) -> all.add(new LimitUse.Use(key, used)));
            uses.put(limit, all);
        }
        long now = nanoTime.getAsLong();
        for (GuardedConnection connection : connections) {
            connection.forEachBucket((limit, bucket) -> {
                List<LimitUse.Use> all = uses.get(limit);
                if (all != null) {
                    all.add(new LimitUse.Use(connection.id(), bucket.used(limit.room(), now)));
                }
            });
        }
        List<NamedUse> named = new ArrayList<>();
        uses.forEach((limit, all) -> named.add(
                new NamedUse(limit.name(), limit.rule(), new LimitUse(limit.counters(), LimitUse.fullest(all)))));
        return named;
    }

    /// @param rule what it is, of the configuration or the operators
    public record NamedUse(String name, LimitRule rule, LimitUse use) {}

    Limits limits() {
        return limits;
    }

    IpRules ipRules() {
        return ipRules;
    }

    UserBans userBans() {
        return userBans;
    }

    Revocations revocations() {
        return revocations;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }
}
