package dev.heliograph.server.guard;

import dev.heliograph.server.guard.LimitRule.Mode;
import dev.heliograph.server.observe.Instruments;
import dev.heliograph.server.observe.NamedCounts;
import java.util.concurrent.atomic.LongAdder;

/// Counts for each limit by its name what it refuses, or would refuse. Unlike what [Limit] counts it goes on when a
/// rule is changed, or removed and put down again. Threadsafe.
final class RuleHits {

    /// Names of rules that are told apart: more than anybody wants to see in one graph.
    static final int MOST = 100;

    private final NamedCounts rejected;
    private final NamedCounts wouldReject;

    RuleHits(Instruments instruments) {
        this.rejected = counts(instruments, "rejected");
        this.wouldReject = counts(instruments, "would_reject");
    }

    private static NamedCounts counts(Instruments instruments, String outcome) {
        return instruments.named(
                "heliograph_rule_hits",
                "What limits refused, or would have refused if they were not dry runs.",
                "rule",
                MOST,
                "outcome",
                outcome);
    }

    /// What counts the hits of a rule.
    LongAdder of(String name, Mode mode) {
        return switch (mode) {
            case ENFORCE -> rejected.of(name);
            case DRY_RUN -> wouldReject.of(name);
        };
    }
}
