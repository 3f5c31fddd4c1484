package dev.heliograph.runbook.cluster;

import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.run.Change;
import java.nio.file.Path;
import java.util.Map;

/// In the place of playbooks where it is not known which hosts they are for: a step says what is missing, and the
/// command that does it by hand. Threadsafe.
public final class NoPlaybooks implements Playbooks {

    private final Path folder;
    private final String missing;

    /// @param folder  of the playbooks, for the command
    /// @param missing a sentence: what, and where it can be said
    public NoPlaybooks(Path folder, String missing) {
        this.folder = folder;
        this.missing = missing;
    }

    /// @throws RunbookException always
    @Override
    public Change propose(Map<String, String> arguments) {
        PlaybookCall call = PlaybookCall.of(arguments);
        throw new RunbookException(missing + " By hand: " + call.line(AnsiblePlaybooks.PROGRAM, "INVENTORY", folder));
    }
}
