package dev.heliograph.runbook;

import java.util.List;
import java.util.Optional;
import org.commonmark.node.Node;

/// A runbook as it is written.
///
/// @param id        unique among the runbooks; the name of its file without `.md`
/// @param alerts    names of the alerts that it is for; a procedure may have none
/// @param severity  of them: `page`, `ticket` or `info`; `procedure` for what is begun on purpose
/// @param owner     who keeps it right
/// @param variables in the order of the file
/// @param steps     in the order of the file
/// @param document  what stands below the front matter; it is not to be changed
public record Runbook(
        String id,
        String title,
        List<String> alerts,
        String severity,
        String owner,
        List<Variable> variables,
        List<Step> steps,
        Node document) {

    /// The severity of what no alert begins.
    public static final String PROCEDURE = "procedure";

    public Runbook {
        alerts = List.copyOf(alerts);
        variables = List.copyOf(variables);
        steps = List.copyOf(steps);
    }

    /// Whether it is begun on purpose, not by an alert.
    public boolean isProcedure() {
        return severity.equals(PROCEDURE);
    }

    public Optional<Step> step(String id) {
        return steps.stream().filter(step -> step.id().equals(id)).findFirst();
    }
}
