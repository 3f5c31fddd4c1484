package dev.heliograph.runbook.run;

import java.util.Locale;

/// What a check said.
///
/// @param measured the number; nothing unless it was measured
/// @param problem  why it could not be measured; else empty
public record CheckResult(Verdict verdict, double measured, String problem) {

    /// How a check is.
    public enum Verdict {
        HOLDS,
        FAILS,
        /// It could not be measured.
        UNKNOWN
    }

    public boolean holds() {
        return verdict == Verdict.HOLDS;
    }

    /// What was measured, or why nothing was: `312`, `0.5`.
    public String sentence() {
        if (verdict == Verdict.UNKNOWN) {
            return problem;
        }
        return measured == Math.rint(measured)
                ? String.format(Locale.ROOT, "%,.0f", measured)
                : String.format(Locale.ROOT, "%,.1f", measured);
    }
}
