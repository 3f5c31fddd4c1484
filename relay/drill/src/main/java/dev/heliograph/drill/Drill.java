package dev.heliograph.drill;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A drill as it is written (runbooks/drills/README.md). Times are those of the drill, which runs ten times as
/// fast as
/// the rules of production: see [Haste].
///
/// @param id         the name of its file without `.yaml`
/// @param hypothesis what is believed, and found out
/// @param quick      whether it belongs to the short set
/// @param redis      how Redis stands
/// @param fault      what is done to the cluster
/// @param settle     for how long the cluster must have run before: rules compare with what was
/// @param healsAfter how long after the alert somebody else mends the cause, as a runbook that only limits the
///     harm
///     expects; empty if the runbook does it
/// @param alert      that must fire; empty if none may
/// @param within     until when
/// @param also       alerts that follow from the same fault and may fire
/// @param runbook    its id
/// @param values     of variables that no label fills
/// @param steps      those that are done, in this order; empty for all of the runbook
/// @param gap        the longest that a subscriber may hear nothing
/// @param recovery   until when, after the last step, no alert fires and all is delivered
public record Drill(
        String id,
        String title,
        String hypothesis,
        boolean quick,
        Redis redis,
        Fault fault,
        Duration settle,
        Optional<Duration> healsAfter,
        Optional<String> alert,
        Duration within,
        List<String> also,
        String runbook,
        Map<String, String> values,
        List<String> steps,
        Duration gap,
        Duration recovery) {

    /// How Redis stands.
    public enum Redis {
        /// One server, behind a proxy that can make it slow.
        SINGLE,
        /// A master and two replicas with three sentinels; publications wait for one replica.
        SENTINEL
    }

    /// What is done to the cluster.
    ///
    /// @param kind      one of [Faults#KINDS]
    /// @param arguments of it
    public record Fault(String kind, Map<String, String> arguments) {

        public Fault {
            arguments = Map.copyOf(arguments);
        }

        Optional<String> text(String name) {
            return Optional.ofNullable(arguments.get(name));
        }

        int number(String name, int fallback) {
            return text(name).map(Integer::parseInt).orElse(fallback);
        }
    }

    public Drill {
        also = List.copyOf(also);
        values = Map.copyOf(values);
        steps = List.copyOf(steps);
    }
}
