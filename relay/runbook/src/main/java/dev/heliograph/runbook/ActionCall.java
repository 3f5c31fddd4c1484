package dev.heliograph.runbook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// An operation with its arguments, as a step has it.
///
/// @param arguments by name, in their order
public record ActionCall(ActionKind kind, Map<String, Template> arguments) {

    public ActionCall {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /// The arguments with the values put in.
    ///
    /// @throws RunbookException if a variable has no value yet
    public Map<String, String> fill(Values values) {
        Map<String, String> filled = new LinkedHashMap<>();
        arguments.forEach(
                (name, template) -> filled.put(name, kind.language(name).fill(template, values)));
        return filled;
    }

    /// The names of the variables in it.
    public Set<String> variables() {
        Set<String> names = new TreeSet<>();
        arguments.values().forEach(template -> names.addAll(template.variables()));
        return names;
    }
}
