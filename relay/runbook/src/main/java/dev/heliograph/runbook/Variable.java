package dev.heliograph.runbook;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Something that a runbook must be told before its steps can be done.
///
/// @param fallback    its value if nobody gives one
/// @param labels      of an alert that it is filled from; the first that is there and of the type
/// @param description for the operator
public record Variable(
        String name, VariableType type, Optional<String> fallback, List<String> labels, String description) {

    public Variable {
        labels = List.copyOf(labels);
    }

    /// Its value, as far as an alert with these labels or the fallback tells; what is not of the type is left out.
    public Optional<String> from(Map<String, String> alert) {
        for (String label : labels) {
            String value = alert.get(label);
            if (value != null && type.accepts(value)) {
                return Optional.of(value);
            }
        }
        return fallback;
    }
}
