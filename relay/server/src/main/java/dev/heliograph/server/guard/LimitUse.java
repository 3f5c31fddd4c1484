package dev.heliograph.server.guard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a limit did, and how much of it is used now.
///
/// @param counters since the rule was put down as it is, or the node started
/// @param fullest  of its buckets or counts, the most used first, 10 at most
public record LimitUse(Counters counters, List<Use> fullest) {

    static final int SHOWN = 10;

    /// @param admitted    operations that this and all other rules admitted
    /// @param rejected    by this rule
    /// @param wouldReject what it would have, were it enforced
    /// @param lastHit     when it last rejected or would have, in Unix milliseconds; 0 for never
    public record Counters(long admitted, long rejected, long wouldReject, long lastHit) {

        static final Counters NONE = new Counters(0, 0, 0, 0);

        Counters plus(Counters other) {
            return new Counters(
                    admitted + other.admitted,
                    rejected + other.rejected,
                    wouldReject + other.wouldReject,
                    Math.max(lastHit, other.lastHit));
        }
    }

    /// @param key  the user, address, namespace or client that it is of; empty for a node
    /// @param used 0 for nothing, 1 for all of it, more if it is overdrawn or the limit was lowered
    public record Use(String key, double used) {}

    static final LimitUse NONE = new LimitUse(Counters.NONE, List.of());

    LimitUse plus(LimitUse other) {
        List<Use> all = new ArrayList<>(fullest);
        all.addAll(other.fullest);
        return new LimitUse(counters.plus(other.counters), fullest(all));
    }

    static List<Use> fullest(List<Use> all) {
        return all.stream()
                .sorted(Comparator.comparingDouble(Use::used).reversed())
                .limit(SHOWN)
                .toList();
    }
}
