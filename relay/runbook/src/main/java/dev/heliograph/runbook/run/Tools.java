package dev.heliograph.runbook.run;

import dev.heliograph.runbook.ActionKind;
import dev.heliograph.runbook.Measure;
import java.util.List;
import java.util.Map;

/// What steps are done with. Methods block, and throw [dev.heliograph.runbook.RunbookException] for arguments
/// that make
/// no sense, and what [#sentence] knows for what the cluster refuses or cannot do. Threadsafe.
public interface Tools {

    /// Does a step that only looks.
    ///
    /// @param arguments filled in
    Reading look(ActionKind kind, Map<String, String> arguments);

    /// @param arguments filled in
    double measure(Measure measure, List<String> arguments);

    /// A change, ready to be made; made of a dry run as far as there is one.
    ///
    /// @param arguments filled in
    /// @param reason    for the record, unless another one is given when it is made
    Change propose(ActionKind kind, Map<String, String> arguments, String reason);

    /// A failure in a sentence for people.
    default String sentence(RuntimeException failure) {
        return String.valueOf(failure.getMessage());
    }
}
