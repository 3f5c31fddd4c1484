package dev.heliograph.runbook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One thing to be done.
///
/// @param id      in its runbook
/// @param title   a few words that begin with a verb; what the block says, else the heading above it
/// @param when    what must hold for it to be needed; else it is left out
/// @param before  what must hold before it
/// @param after   what must hold when it is done
/// @param timeout until when that must be so
/// @param undo    what takes it back
/// @param noUndo  why nothing does; empty if something does, or nothing need be taken back
public record Step(
        String id,
        String title,
        StepClass stepClass,
        ActionCall action,
        List<Check> when,
        List<Check> before,
        List<Check> after,
        Duration timeout,
        Optional<ActionCall> undo,
        String noUndo) {

    public Step {
        when = List.copyOf(when);
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /// All its checks.
    public List<Check> checks() {
        List<Check> all = new ArrayList<>(when);
        all.addAll(before);
        all.addAll(after);
        return List.copyOf(all);
    }

    /// The names of the variables that it cannot do without.
    public Set<String> variables() {
        Set<String> names = new TreeSet<>(action.variables());
        checks().forEach(check -> names.addAll(check.variables()));
        undo.ifPresent(call -> names.addAll(call.variables()));
        return names;
    }
}
