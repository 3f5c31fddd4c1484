package dev.heliograph.server.guard;

import dev.heliograph.server.guard.LimitRule.Operation;
import dev.heliograph.server.ip.IpAddress;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The limits that are in force together, in their order. Never changes: a change makes another.
final class LimitSet {

    static final LimitSet NONE = new LimitSet(List.of());

    /// Connections that are treated alike share a plan; beyond this, with many rules for many networks, each
    /// has its own.
    private static final int MAX_SHARED = 1_000;

    /// What of all limits is for the operations of one connection.
    record Plan(LimitSet of, List<Limit> publish, List<Limit> subscribe, List<Limit> rpc, List<Limit> bytesIn) {}

    private final List<Limit> all;
    private final Map<Operation, List<Limit>> byOperation = new EnumMap<>(Operation.class);
    private final List<Limit> forPlans;
    private final Map<List<Limit>, Plan> plans = new ConcurrentHashMap<>();

    LimitSet(List<Limit> limits) {
        all = limits.stream()
                .sorted(Comparator.comparingInt((Limit limit) -> limit.rule().order())
                        .thenComparing(Limit::name))
                .toList();
        for (Operation operation : Operation.values()) {
            byOperation.put(operation, only(all, operation));
        }
        forPlans = all.stream()
                .filter(limit -> switch (limit.rule().operation()) {
                    case PUBLISH, SUBSCRIBE, RPC, BYTES_IN -> true;
                    case HANDSHAKE, CONNECTIONS, CONNECT -> false;
                })
                .toList();
    }

    private static List<Limit> only(List<Limit> limits, Operation operation) {
        return limits.stream()
                .filter(limit -> limit.rule().operation() == operation)
                .toList();
    }

    List<Limit> all() {
        return all;
    }

    List<Limit> of(Operation operation) {
        return byOperation.getOrDefault(operation, List.of());
    }

    Plan plan(IpAddress address, String user) {
        List<Limit> matching =
                forPlans.stream().filter(limit -> limit.matches(address, user)).toList();
        Plan shared = plans.get(matching);
        if (shared != null) {
            return shared;
        }
        Plan plan = new Plan(
                this,
                only(matching, Operation.PUBLISH),
                only(matching, Operation.SUBSCRIBE),
                only(matching, Operation.RPC),
                only(matching, Operation.BYTES_IN));
        if (plans.size() < MAX_SHARED) {
            plans.put(matching, plan);
        }
        return plan;
    }
}
