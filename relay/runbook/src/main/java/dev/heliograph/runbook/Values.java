package dev.heliograph.runbook;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The variables of a runbook with the values that they have so far. Immutable; each value is of its variable's type.
public final class Values {

    private final Map<String, Variable> variables;
    private final Map<String, String> values;

    private Values(Map<String, Variable> variables, Map<String, String> values) {
        this.variables = variables;
        this.values = values;
    }

    /// What an alert with these labels, and the fallbacks, tell.
    public static Values of(Runbook runbook, Map<String, String> labels) {
        Map<String, Variable> variables = new TreeMap<>();
        Map<String, String> values = new TreeMap<>();
        for (Variable variable : runbook.variables()) {
            variables.put(variable.name(), variable);
            variable.from(labels).ifPresent(value -> values.put(variable.name(), value));
        }
        return new Values(variables, values);
    }

    /// @throws RunbookException if there is no such variable, or this is no value for it
    public Values with(String name, String value) {
        Variable variable = variables.get(name);
        if (variable == null) {
            throw new RunbookException("This runbook has no variable " + name + ".");
        }
        if (!variable.type().accepts(value)) {
            throw new RunbookException(
                    "'" + shown(value) + "' is no " + variable.type().word() + ".");
        }
        Map<String, String> next = new TreeMap<>(values);
        next.put(name, value);
        return new Values(variables, next);
    }

    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// All that have a value, by name.
    public Map<String, String> all() {
        return Map.copyOf(values);
    }

    /// The value as it is written in a language.
    Optional<String> in(Language language, String name) {
        Variable variable = variables.get(name);
        return variable == null ? Optional.empty() : get(name).map(value -> language.quote(variable.type(), value));
    }

    private static String shown(String value) {
        String line = value.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Values that && that.values.equals(values) && that.variables.equals(variables);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
