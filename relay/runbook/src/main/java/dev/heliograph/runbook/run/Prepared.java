package dev.heliograph.runbook.run;

import dev.heliograph.runbook.Step;
import java.util.List;

/// A step that changes something, or what takes one back, ready to be done.
///
/// @param unmet sentences on what the runbook expects before it and is not so
public record Prepared(Step step, Change change, List<String> unmet) {

    public Prepared {
        unmet = List.copyOf(unmet);
    }
}
