package dev.heliograph.server.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.heliograph.server.channel.Glob;
import dev.heliograph.server.guard.LimitRule.Mode;
import dev.heliograph.server.guard.LimitRule.Operation;
import dev.heliograph.server.guard.LimitRule.Scope;
import dev.heliograph.server.ip.IpAddress;
import dev.heliograph.server.ip.IpPrefix;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A rule at work on this node: its buckets, or what it counts, and what it did. Threadsafe.
///
/// The buckets are our own, not Bucket4j's: see `Bucket`.
final class Limit {

    private static final double SECOND = 1e9;

    /// Buckets of users and addresses that are kept for a rule. When there are more, those not used for the
    /// longest time go, and begin again full.
    private static final int MAX_BUCKETS = 200_000;

    /// How long those who find the node full are told to stay away, at most: places become free slowly.
    private static final int FULL_RETRY_SECONDS = 10;

    private static final int MAX_RETRY_SECONDS = 60;

    private final String name;
    private final LimitRule rule;
    private final @Nullable Glob user;
    private final @Nullable IpPrefix network;
    private final @Nullable Glob channel;
    private final long room;
    private final LongSupplier nanoTime;
    private final LongAdder hits;

    private final @Nullable Cache<Object, Bucket> buckets;
    private final Bucket ofNode;
    private final Returns returns;
    private final Turnstile turnstile;

    /// Connections by what has a count of its own.
    private final Map<Object, Integer> counts = new ConcurrentHashMap<>();

    private final LongAdder admitted = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder wouldReject = new LongAdder();
    private volatile long lastHit;
    private volatile boolean retired;

    /// @param hits of the rules of this node: those of its name are counted there, too
    Limit(String name, LimitRule rule, LongSupplier nanoTime, RuleHits hits) {
        this.name = name;
        this.hits = hits.of(name, rule.mode());
        this.rule = rule;
        this.user = rule.user() == null ? null : new Glob(rule.user());
        this.network = rule.cidr() == null ? null : IpPrefix.parse(rule.cidr());
        this.channel = rule.channel() == null ? null : new Glob(rule.channel());
        this.room = rule.rate() == 0 ? 1 : Math.max(1, Math.round(rule.burst() * SECOND / rule.rate()));
        this.nanoTime = nanoTime;
        boolean keyed = rule.rate() > 0 && rule.scope() != Scope.NODE && rule.scope() != Scope.CONNECTION;
        // Unused for as long as it takes to fill, a bucket is as good as a new one.
        this.buckets = keyed
                ? Caffeine.newBuilder()
                        .maximumSize(MAX_BUCKETS)
                        .expireAfterAccess(Duration.ofNanos(2 * room))
                        .ticker(nanoTime::getAsLong)
                        .executor(Runnable::run)
                        .build()
                : null;
        long now = nanoTime.getAsLong();
        this.ofNode = new Bucket(now);
        long interval = rule.rate() == 0 ? 0 : cost(1);
        this.returns = new Returns(interval, now);
        this.turnstile = new Turnstile(interval, room, now);
    }

    String name() {
        return name;
    }

    LimitRule rule() {
        return rule;
    }

    boolean enforced() {
        return rule.mode() == Mode.ENFORCE;
    }

    /// Whether it must know who the user is.
    boolean needsUser() {
        return user != null || rule.scope() == Scope.USER;
    }

    /// Whether it is for connections of an address and, if it must know, of a user.
    boolean matches(IpAddress address, String of) {
        return (network == null || network.contains(address))
                && (user == null || user.test(of))
                && !(rule.scope() == Scope.USER && of.isEmpty());
    }

    boolean matchesChannel(String name, String namespace) {
        return (rule.namespace() == null || rule.namespace().equals(namespace))
                && (channel == null || channel.test(name));
    }

    // ---- rates ----

    /// What an operation costs.
    ///
    /// @param units operations, or bytes
    long cost(long units) {
        return Math.max(1, Math.round(units * SECOND / rule.rate()));
    }

    long room() {
        return room;
    }

    Bucket bucket(GuardedConnection connection, String namespace) {
        return switch (rule.scope()) {
            case NODE -> ofNode;
            case CONNECTION -> connection.bucket(this);
            case USER -> cached(connection.user());
            case IP -> cached(connection.address().holder());
            case NAMESPACE -> cached(namespace);
        };
    }

    Bucket bucket(IpAddress address) {
        return rule.scope() == Scope.NODE ? ofNode : cached(address.holder());
    }

    private Bucket cached(Object key) {
        if (buckets == null) {
            return ofNode;
        }
        return buckets.get(key, _ -> new Bucket(nanoTime.getAsLong()));
    }

    long take(Bucket bucket, long cost, long now) {
        long most = paces() ? room + Admission.LONGEST_WAIT_NANOS : room;
        return bucket.take(cost, most, rule.operation() == Operation.BYTES_IN, now);
    }

    /// Whether those beyond the rate wait for their turn, as far as they can, before others are refused.
    /// Clients that come back in whole seconds come in bunches; without this a bunch would be admitted in part,
    /// and the rest of its second nobody.
    boolean paces() {
        return rule.operation() == Operation.HANDSHAKE && rule.scope() == Scope.NODE;
    }

    /// How long one that took its token just now has to wait for its turn, if it [#paces].
    long turn(long now) {
        return Math.clamp(ofNode.behind(room, now), 0, Admission.LONGEST_WAIT_NANOS);
    }

    Turnstile turnstile() {
        return turnstile;
    }

    // ---- counts ----

    private Object key(IpAddress address, String of) {
        return switch (rule.scope()) {
            case USER -> of;
            case IP -> address.holder();
            case NODE, CONNECTION, NAMESPACE -> "";
        };
    }

    boolean isFull(IpAddress address) {
        return counts.getOrDefault(key(address, ""), 0) >= rule.max();
    }

    /// Counts one more connection.
    ///
    /// @param anyway whether it counts though there are too many
    /// @return whether there were not too many
    boolean count(GuardedConnection connection, boolean anyway) {
        boolean[] fits = {true};
        counts.compute(key(connection.address(), connection.user()), (_, count) -> {
            int before = count == null ? 0 : count;
            fits[0] = before < rule.max();
            return fits[0] || anyway ? Integer.valueOf(before + 1) : count;
        });
        return fits[0];
    }

    void uncount(IpAddress address, String of) {
        counts.computeIfPresent(key(address, of), (_, count) -> count == 1 ? null : count - 1);
    }

    /// It is not in force any more.
    void retire() {
        retired = true;
    }

    boolean retired() {
        return retired;
    }

    // ---- what it did ----

    void admitted() {
        admitted.increment();
    }

    /// Counts a refusal, or what would have been one.
    ///
    /// @return whether it is enforced
    boolean rejected(long millis) {
        (enforced() ? rejected : wouldReject).increment();
        hits.increment();
        lastHit = millis;
        return enforced();
    }

    /// The refusal that is due after a wait.
    ///
    /// @param wait nanoseconds until there are tokens again
    Refusal refusal(long wait, long now) {
        if (paces()) {
            return new Refusal(Refusal.Cause.NODE_RATE, name, returns.seconds(now));
        }
        long seconds = Math.ceilDiv(wait, 1_000_000_000L);
        return new Refusal(Refusal.Cause.RATE, name, (int) Math.clamp(seconds, 1, MAX_RETRY_SECONDS));
    }

    Refusal tooMany() {
        return rule.scope() == Scope.NODE
                ? new Refusal(
                        Refusal.Cause.NODE_COUNT,
                        name,
                        ThreadLocalRandom.current().nextInt(1, FULL_RETRY_SECONDS + 1))
                : new Refusal(Refusal.Cause.COUNT, name, MAX_RETRY_SECONDS);
    }

    LimitUse.Counters counters() {
        return new LimitUse.Counters(admitted.sum(), rejected.sum(), wouldReject.sum(), lastHit);
    }

    /// Visits what is used of its buckets or counts: 1 when one is used up. Those of connections are theirs to
    /// show.
    void forEachUse(BiConsumer<String, Double> visitor) {
        long now = nanoTime.getAsLong();
        if (rule.operation() == Operation.CONNECTIONS) {
            counts.forEach((key, count) -> visitor.accept(key.toString(), (double) count / rule.max()));
        } else if (rule.scope() == Scope.NODE) {
            visitor.accept("", ofNode.used(room, now));
        } else if (buckets != null) {
            buckets.asMap().forEach((key, bucket) -> visitor.accept(key.toString(), bucket.used(room, now)));
        }
    }
}
