package dev.heliograph.fleet;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// What is to be done about the load, and why.
///
/// @param hosts   that become relays or cease to be; none to hold
/// @param figures empty if the load is not known
/// @param desired relays that there are to be, as far as that is known
public record Decision(
        Verb verb, List<String> hosts, Optional<Figures> figures, OptionalInt desired, List<Reason> reasons) {

    public enum Verb {
        SCALE_OUT,
        SCALE_IN,
        HOLD
    }

    /// Causes are few and sentences are many: who wants to know whether a decision is news compares causes.
    public enum Cause {
        LOAD,
        UNKNOWN,
        COLOUR_UNCLEAR,
        DEPLOYMENT,
        UNDER_WAY,
        RELAY_LOST,
        DRAIN,
        COOLDOWN,
        BACKOFF,
        MAXIMUM,
        MINIMUM,
        MARGIN
    }

    public record Reason(Cause cause, String sentence) {}

    /// @param nodes  relays of the active colour that take clients
    /// @param wanted relays that the load asks for
    /// @param most   relays that there may be: the maximum, or fewer if there are not enough hosts
    public record Figures(int nodes, int wanted, int most) {}

    public Decision {
        hosts = List.copyOf(hosts);
        reasons = List.copyOf(reasons);
    }

    /// `Scale out by relay4, from 3 to 4 relays: ...`
    public String sentence() {
        String why = reasons.stream().map(Reason::sentence).collect(Collectors.joining("; "));
        int nodes = figures.map(Figures::nodes).orElse(0);
        String by = " by " + String.join(", ", hosts) + ", from " + nodes + " to ";
        return switch (verb) {
                    case SCALE_OUT -> "Scale out" + by + relays(nodes + hosts.size());
                    case SCALE_IN -> "Scale in" + by + relays(nodes - hosts.size());
                    case HOLD -> figures.isPresent() ? "Hold at " + relays(nodes) : "Hold";
                }
                + ": " + why;
    }

    /// Whether it differs from another one in more than the numbers of its sentences.
    boolean isNewsAfter(Decision before) {
        return verb != before.verb || !hosts.equals(before.hosts) || !causes().equals(before.causes());
    }

    private List<Cause> causes() {
        return reasons.stream().map(Reason::cause).toList();
    }

    private static String relays(int number) {
        return number == 1 ? "1 relay" : number + " relays";
    }
}
