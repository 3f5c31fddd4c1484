package dev.heliograph.server.guard;

import dev.heliograph.server.config.ClientConfig;
import dev.heliograph.server.control.Document;
import dev.heliograph.server.control.DocumentListener;
import dev.heliograph.server.guard.LimitRule.Mode;
import dev.heliograph.server.guard.LimitRule.Operation;
import dev.heliograph.server.guard.LimitRule.Scope;
import dev.heliograph.server.ip.IpAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The limits of this node: those of the operators, and those of the configuration, which come first. Threadsafe; who
/// asks never waits for a change.
final class Limits implements DocumentListener<LimitRule> {

    /// A part of a second's worth: with it no second lets in more than 1.25 times the rate.
    private static final double ADMITTED_BURST_SECONDS = 0.25;

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Iterable<GuardedConnection> connections;
    private final RuleHits hits;

    /// Guarded by this.
    private final Map<String, Limit> ofOperators = new HashMap<>();

    /// Guarded by this.
    private List<Limit> configured = List.of();

    private volatile LimitSet current = LimitSet.NONE;

    /// @param connections all that are open, to count them when a limit of their number is new
    Limits(Clock clock, LongSupplier nanoTime, Iterable<GuardedConnection> connections, RuleHits hits) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.connections = connections;
        this.hits = hits;
    }

    // ---- changes ----

    /// Puts the limits of the configuration in force instead of those before. Those that are the same go on as
    /// they are.
    synchronized void configure(ClientConfig config) {
        List<Limit> next = new ArrayList<>();
        if (config.connectionLimit() > 0) {
            next.add(configured("client.connection_limit", count(Scope.NODE, config.connectionLimit())));
        }
        if (config.connectionRateLimit() > 0) {
            next.add(configured("client.connection_rate_limit", admittedRate(config.connectionRateLimit())));
        }
        if (config.userConnectionLimit() > 0) {
            next.add(configured("client.user_connection_limit", count(Scope.USER, config.userConnectionLimit())));
        }
        List<Limit> before = configured;
        configured = next;
        publish();
        before.stream().filter(limit -> !next.contains(limit)).forEach(Limit::retire);
        next.stream().filter(limit -> !before.contains(limit)).forEach(this::countAll);
    }

    private Limit configured(String name, LimitRule rule) {
        return configured.stream()
                .filter(limit -> limit.name().equals(name) && limit.rule().equals(rule))
                .findAny()
                .orElseGet(() -> new Limit(name, rule, nanoTime, hits));
    }

    private static LimitRule count(Scope scope, int max) {
        return builtIn(Operation.CONNECTIONS, scope, 0, 0, max);
    }

    private static LimitRule admittedRate(int rate) {
        return builtIn(Operation.HANDSHAKE, Scope.NODE, rate, Math.max(1, rate * ADMITTED_BURST_SECONDS), 0);
    }

    private static LimitRule builtIn(Operation operation, Scope scope, double rate, double burst, long max) {
        return new LimitRule(
                Integer.MIN_VALUE,
                operation,
                scope,
                null,
                null,
                null,
                null,
                rate,
                burst,
                max,
                Mode.ENFORCE,
                "configuration",
                0);
    }

    @Override
    public synchronized void put(Document<LimitRule> document) {
        Limit limit = new Limit(document.id(), document.body(), nanoTime, hits);
        Limit before = ofOperators.put(document.id(), limit);
        publish();
        if (before != null) {
            before.retire();
        }
        countAll(limit);
    }

    @Override
    public synchronized void removed(String id) {
        Limit before = ofOperators.remove(id);
        if (before != null) {
            publish();
            before.retire();
        }
    }

    private void publish() {
        List<Limit> all = new ArrayList<>(configured);
        all.addAll(ofOperators.values());
        current = new LimitSet(all);
    }

    /// Counts who is connected already. Who comes meanwhile counts itself, or is counted here, and not twice.
    private void countAll(Limit limit) {
        if (limit.rule().operation() == Operation.CONNECTIONS) {
            connections.forEach(connection -> connection.countIn(limit));
        }
    }

    // ---- questions ----

    LimitSet current() {
        return current;
    }

    /// Whether and when one more handshake from an address is admitted.
    Admission handshake(IpAddress address) {
        LimitSet limits = current;
        for (Limit limit : limits.of(Operation.CONNECTIONS)) {
            // A dry run counts when the connection is there, since it comes anyway.
            if (limit.enforced() && !limit.needsUser() && limit.matches(address, "") && limit.isFull(address)) {
                limit.rejected(clock.millis());
                return Admission.refused(limit.tooMany());
            }
        }
        List<Limit> rates = limits.of(Operation.HANDSHAKE);
        if (rates.isEmpty()) {
            return Admission.NOW;
        }
        Optional<Refusal> refusal = take(rates, address, null, "", "", 1, false);
        if (refusal.isPresent()) {
            return Admission.refused(refusal.get());
        }
        long now = nanoTime.getAsLong();
        long wait = 0;
        List<Turnstile> turnstiles = new ArrayList<>(1);
        for (Limit limit : rates) {
            if (limit.enforced() && limit.paces() && limit.matches(address, "")) {
                wait = Math.max(wait, limit.turn(now));
                turnstiles.add(limit.turnstile());
            }
        }
        return turnstiles.isEmpty() ? Admission.NOW : new Admission(Optional.empty(), wait, turnstiles);
    }

    /// Whether a connect request is admitted.
    Optional<Refusal> connect(GuardedConnection connection) {
        List<Limit> limits = current.of(Operation.CONNECT);
        return limits.isEmpty() ? Optional.empty() : take(limits, connection.address(), connection, "", "", 1, false);
    }

    /// Whether an operation of a connection is admitted.
    ///
    /// @param limits    of its plan, for this kind of operation
    /// @param namespace of the channel
    /// @param units     operations, or bytes
    Optional<Refusal> take(
            List<Limit> limits, GuardedConnection connection, String channel, String namespace, long units) {
        return limits.isEmpty()
                ? Optional.empty()
                : take(limits, connection.address(), connection, channel, namespace, units, true);
    }

    /// @param planned whether address and user are known to match; else there is no channel
    private Optional<Refusal> take(
            List<Limit> limits,
            IpAddress address,
            @Nullable GuardedConnection connection,
            String channel,
            String namespace,
            long units,
            boolean planned) {
        long now = nanoTime.getAsLong();
        int count = limits.size();
        @Nullable Bucket[] taken = new Bucket[count];
        for (int i = 0; i < count; i++) {
            Limit limit = limits.get(i);
            if (planned
                    ? !limit.matchesChannel(channel, namespace)
                    : !limit.matches(address, connection == null ? "" : connection.user())) {
                continue;
            }
            Bucket bucket = connection == null ? limit.bucket(address) : limit.bucket(connection, namespace);
            long wait = limit.take(bucket, limit.cost(units), now);
            if (wait == 0) {
                taken[i] = bucket;
            } else if (limit.rejected(clock.millis())) {
                for (int back = 0; back < i; back++) {
                    Bucket other = taken[back];
                    if (other != null) {
                        other.giveBack(limits.get(back).cost(units));
                    }
                }
                return Optional.of(limit.refusal(wait, now));
            }
        }
        for (int i = 0; i < count; i++) {
            if (taken[i] != null) {
                limits.get(i).admitted();
            }
        }
        return Optional.empty();
    }

    /// Whether a connection may be one more of those that are counted.
    ///
    /// @param byUser whether its user has become known, or it is new
    /// @param counted added to: where it counts now
    Optional<Refusal> count(GuardedConnection connection, boolean byUser, List<Limit> counted) {
        int before = counted.size();
        for (Limit limit : current.of(Operation.CONNECTIONS)) {
            if (limit.needsUser() != byUser
                    || counted.contains(limit)
                    || !limit.matches(connection.address(), connection.user())) {
                continue;
            }
            boolean fits = limit.count(connection, !limit.enforced());
            if (!fits && limit.rejected(clock.millis())) {
                while (counted.size() > before) {
                    counted.removeLast().uncount(connection.address(), connection.user());
                }
                return Optional.of(limit.tooMany());
            }
            counted.add(limit);
            if (fits) {
                limit.admitted();
            }
        }
        return Optional.empty();
    }
}
