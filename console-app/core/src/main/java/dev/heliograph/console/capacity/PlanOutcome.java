package dev.heliograph.console.capacity;

import dev.heliograph.capacity.Curve;
import dev.heliograph.capacity.Demand;
import dev.heliograph.capacity.DemandInput;
import dev.heliograph.capacity.PlanReport;
import java.util.Optional;

/// What was found for a load.
public sealed interface PlanOutcome {

    /// The load that it is for.
    Demand demand();

    /// Relays that carry it.
    ///
    /// @param report without the curve, as `heliograph plan` writes it
    /// @param varied what the curve is about
    /// @param curve  empty if the value of what varies is 0, which cannot be multiplied, or if nothing
    ///     carries even the least of it
    record Carried(PlanReport report, DemandInput varied, Optional<Curve> curve) implements PlanOutcome {

        @Override
        public Demand demand() {
            return report.plan().demand();
        }
    }

    /// No number of relays carries it.
    ///
    /// @param why in words
    record Impossible(Demand demand, String why) implements PlanOutcome {}
}
