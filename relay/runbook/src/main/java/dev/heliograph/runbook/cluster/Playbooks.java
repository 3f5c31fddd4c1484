package dev.heliograph.runbook.cluster;

import dev.heliograph.runbook.run.Change;
import java.util.Map;

/// Runs playbooks of Ansible, or does the same where there is none. Threadsafe.
@FunctionalInterface
public interface Playbooks {

    /// @param arguments of the step: `playbook`, `limit`, and variables; they are data
    /// @throws dev.heliograph.runbook.RunbookException if there is no such playbook, or a value cannot be data
    ///     to it
    Change propose(Map<String, String> arguments);
}
