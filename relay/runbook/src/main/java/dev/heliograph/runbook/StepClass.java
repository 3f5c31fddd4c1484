package dev.heliograph.runbook;

import java.util.Locale;
import java.util.Optional;

/// What a step does to the cluster.
public enum StepClass {
    /// Looks, and changes nothing.
    READ,
    /// Changes something that can be taken back.
    MUTATE,
    /// Changes something for good.
    DESTROY;

    /// The word for it in a runbook.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<StepClass> of(String word) {
        for (StepClass each : values()) {
            if (each.word().equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
