package dev.heliograph.fleet;

import dev.heliograph.fleet.Decision.Cause;
import dev.heliograph.fleet.Decision.Figures;
import dev.heliograph.fleet.Decision.Reason;
import dev.heliograph.fleet.Decision.Verb;
import dev.heliograph.fleet.RelayNode.State;
import dev.heliograph.runbook.Spans;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/// Decides how many relays there are to be. Pure: the same arguments give the same decision.
///
/// The load asks for as many relays as keep each at its target of connections and of processors, and for one more than
/// can carry all of it below their limits, so that one may be lost. More are added at once; one at a time is
/// taken away, and only if the others would carry the highest load of the cooldown and a fifth more. Whatever
/// is not known, or in motion, holds.
///
/// @param hosts             that can be relays, in the order in which they become some
/// @param targetConnections of a relay
/// @param targetCpu         share of a host's processors
/// @param maxCpu            the same when one relay is lost
/// @param cooldownOut       from any change of the relays until some are added
/// @param cooldownIn        from any change of the relays until one is taken away
public record FleetPolicy(
        List<String> hosts,
        int min,
        int max,
        long targetConnections,
        double targetCpu,
        double maxCpu,
        Duration cooldownOut,
        Duration cooldownIn) {

    /// What a smaller fleet must be able to carry beyond the load, or the next small rise would undo its change.
    static final double MARGIN = 1.2;

    /// More clients than this on another colour are no remnant: as the alert HeliographMixedColours has it.
    private static final double REMNANT = 0.05;

    /// Sums of shares are not exact.
    private static final double ROUNDING = 1e-9;

    public FleetPolicy {
        hosts = List.copyOf(hosts);
    }

    /// @param now after all that the history tells of
    public Decision decide(Observation seen, History history, Instant now) {
        return switch (seen) {
            case Observation.Unknown unknown ->
                hold(Optional.empty(), history.desired(), new Reason(Cause.UNKNOWN, unknown.why()));
            case Observation.Load load -> decide(load, history, now);
        };
    }

    private Decision decide(Observation.Load load, History history, Instant now) {
        Map<String, Long> clients = new TreeMap<>();
        load.relays().stream()
                .filter(RelayNode::answers)
                .forEach(relay -> clients.merge(relay.colour(), relay.connections(), Long::sum));
        long total = clients.values().stream().mapToLong(Long::longValue).sum();
        Optional<String> colour = active(clients, total);
        if (colour.isEmpty()) {
            return hold(Optional.empty(), history.desired(), unclear(clients));
        }
        List<RelayNode> relays = load.relays().stream()
                .filter(relay -> relay.colour().equals(colour.get()))
                .toList();
        return new Deliberation(load, relays, total, history, now).decide();
    }

    /// The colour that has the clients. With none at all there may be only one colour.
    private static Optional<String> active(Map<String, Long> clients, long total) {
        return clients.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(most -> clients.size() == 1 || total > 0 && total - most.getValue() <= REMNANT * total)
                .map(Map.Entry::getKey);
    }

    private static Reason unclear(Map<String, Long> clients) {
        return clients.isEmpty()
                ? new Reason(Cause.UNKNOWN, "no relay answers Prometheus")
                : new Reason(
                        Cause.COLOUR_UNCLEAR,
                        "clients are on no one colour (" + clients + "), so none is the active one");
    }

    private static Decision hold(Optional<Figures> figures, OptionalInt desired, Reason... reasons) {
        return new Decision(Verb.HOLD, List.of(), figures, desired, List.of(reasons));
    }

    /// One decision on a load that is known.
    private final class Deliberation {

        private final Observation.Load load;
        private final History history;
        private final Instant now;

        /// Of the active colour.
        private final List<RelayNode> relays;

        private final List<RelayNode> serving;
        private final List<String> spare;
        private final long connections;
        private final double cpu;

        /// The lowest limit of a relay; 0 for any number.
        private final long limit;

        private final Figures figures;

        Deliberation(Observation.Load load, List<RelayNode> relays, long total, History history, Instant now) {
            this.load = load;
            this.history = history;
            this.now = now;
            this.relays = relays;
            this.serving =
                    relays.stream().filter(relay -> relay.is(State.SERVES)).toList();
            this.spare = hosts.stream()
                    .filter(host ->
                            relays.stream().noneMatch(relay -> relay.host().equals(host)))
                    .toList();
            this.connections = total;
            this.cpu = relays.stream().mapToDouble(RelayNode::cpu).sum();
            this.limit = relays.stream()
                    .mapToLong(RelayNode::limit)
                    .filter(each -> each > 0)
                    .min()
                    .orElse(0);
            int nodes = serving.size();
            this.figures = new Figures(nodes, wanted(total, cpu), Math.min(max, nodes + spare.size()));
        }

        Decision decide() {
            // First, since its playbook holds the lock, too.
            if (history.underWay().isPresent()) {
                return wait(Cause.UNDER_WAY, history.underWay().get() + " is under way");
            }
            if (load.deployLocked()) {
                return wait(Cause.DEPLOYMENT, "a deployment holds the lock");
            }
            Optional<RelayNode> lost =
                    relays.stream().filter(relay -> relay.is(State.LATELY_LOST)).findFirst();
            if (lost.isPresent()) {
                return wait(Cause.RELAY_LOST, lost.get().name() + " has only just ceased to answer");
            }
            int target = Math.min(Math.max(figures.wanted(), min), figures.most());
            if (target > figures.nodes()) {
                return out(target);
            }
            if (figures.wanted() > figures.most()) {
                return stay(new Reason(Cause.MAXIMUM, "there may be no more than " + figures.most()), asked());
            }
            return in();
        }

        private Decision out(int target) {
            Instant from = history.changed().plus(cooldownOut);
            if (now.isBefore(from)) {
                return stay(cooldown(from, target), asked());
            }
            if (now.isBefore(history.notBefore())) {
                return wait(Cause.BACKOFF, "the last attempt failed, the next one is in " + until(history.notBefore()));
            }
            List<Reason> reasons = new ArrayList<>(List.of(asked()));
            if (figures.wanted() < min) {
                reasons.add(new Reason(Cause.MINIMUM, "there are to be at least " + min));
            }
            if (figures.wanted() > figures.most()) {
                reasons.add(new Reason(Cause.MAXIMUM, "there may be no more than " + figures.most()));
            }
            return act(Verb.SCALE_OUT, spare.subList(0, target - figures.nodes()), target, reasons);
        }

        private Decision in() {
            int fewer = figures.nodes() - 1;
            if (fewer < min) {
                return stay(new Reason(Cause.MINIMUM, "there are to be at least " + min), asked());
            }
            if (load.peak().isEmpty()) {
                return stay(new Reason(Cause.UNKNOWN, "the last peak of the load is not known"), asked());
            }
            double peakCpu = Math.max(cpu, load.peak().get().cpu());
            long peak = Math.max(connections, load.peak().get().connections());
            int needed = wanted((long) Math.ceil(peak * MARGIN), peakCpu * MARGIN);
            if (needed > fewer) {
                return stay(asked(), new Reason(Cause.MARGIN, "with a margin for the last peak it is " + needed));
            }
            Optional<RelayNode> moving =
                    relays.stream().filter(relay -> !relay.is(State.SERVES)).findFirst();
            if (moving.isPresent()) {
                boolean drains = moving.get().is(State.DRAINS);
                return stay(
                        new Reason(
                                drains ? Cause.DRAIN : Cause.RELAY_LOST,
                                moving.get().name() + (drains ? " drains" : " does not answer")),
                        asked());
            }
            Optional<RelayNode> least = serving.stream()
                    .filter(relay -> hosts.contains(relay.host()))
                    .min(Comparator.comparingLong(RelayNode::connections)
                            .thenComparing(relay -> hosts.indexOf(relay.host()), Comparator.reverseOrder()));
            if (least.isEmpty()) {
                return stay(new Reason(Cause.UNKNOWN, "none of the relays is on a host of mine"), asked());
            }
            Instant from = history.changed().plus(cooldownIn);
            if (now.isBefore(from)) {
                return stay(cooldown(from, fewer), asked());
            }
            if (now.isBefore(history.notBefore())) {
                return wait(Cause.BACKOFF, "the last attempt failed, the next one is in " + until(history.notBefore()));
            }
            return act(Verb.SCALE_IN, List.of(least.get().host()), fewer, List.of(asked()));
        }

        private Decision act(Verb verb, List<String> which, int desired, List<Reason> reasons) {
            return new Decision(verb, which, Optional.of(figures), OptionalInt.of(desired), reasons);
        }

        /// What was desired before is desired still, and is not to be done now.
        private Decision wait(Cause cause, String sentence) {
            int desired = history.desired().orElse(figures.nodes());
            return hold(Optional.of(figures), OptionalInt.of(desired), new Reason(cause, sentence), asked());
        }

        /// What there is, is desired.
        private Decision stay(Reason... reasons) {
            return hold(Optional.of(figures), OptionalInt.of(figures.nodes()), reasons);
        }

        private Reason cooldown(Instant from, int target) {
            return new Reason(
                    Cause.COOLDOWN,
                    "they changed only just, so it is " + target + " in " + until(from) + " at the soonest");
        }

        private String until(Instant time) {
            return Spans.text(Duration.between(now, time).plusMillis(999));
        }

        private int wanted(long someConnections, double someCpu) {
            int byTargets = Math.max(byConnections(someConnections), byCpu(someCpu));
            return Math.max(byTargets, byLoss(someConnections, someCpu));
        }

        private int byConnections(long number) {
            return Math.toIntExact(Math.ceilDiv(number, targetConnections));
        }

        private int byCpu(double share) {
            return ceil(share / targetCpu);
        }

        /// One more than carry it below their limits. Where there may be one alone, its loss is the loss of all.
        private int byLoss(long number, double share) {
            if (max == 1 || number == 0) {
                return 0;
            }
            int others = Math.max(1, ceil(share / maxCpu));
            return 1 + (limit == 0 ? others : Math.max(others, Math.toIntExact(number / limit) + 1));
        }

        private static int ceil(double number) {
            return (int) Math.ceil(number - ROUNDING);
        }

        private Reason asked() {
            return new Reason(
                    Cause.LOAD,
                    String.format(
                            Locale.ROOT,
                            "the load asks for %d (%,d connections for %d, %.0f %% of a host's processors for %d,"
                                    + " one that may be lost for %d)",
                            figures.wanted(),
                            connections,
                            byConnections(connections),
                            cpu * 100,
                            byCpu(cpu),
                            byLoss(connections, cpu)));
        }
    }
}
