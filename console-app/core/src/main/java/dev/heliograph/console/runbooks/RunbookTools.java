package dev.heliograph.console.runbooks;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.JsonReads;
import dev.heliograph.console.cluster.Ansible;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.runbook.ActionKind;
import dev.heliograph.runbook.Measure;
import dev.heliograph.runbook.cluster.AnsiblePlaybooks;
import dev.heliograph.runbook.cluster.ClusterTools;
import dev.heliograph.runbook.cluster.FiringAlerts;
import dev.heliograph.runbook.cluster.Metrics;
import dev.heliograph.runbook.cluster.NoPlaybooks;
import dev.heliograph.runbook.cluster.Playbooks;
import dev.heliograph.runbook.run.Change;
import dev.heliograph.runbook.run.Reading;
import dev.heliograph.runbook.run.RunContext;
import dev.heliograph.runbook.run.Tools;
import dev.heliograph.runbook.run.TranscriptStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Does the steps of runbooks as the console does things: changes are its own proposals. Threadsafe.
public final class RunbookTools implements Tools {

    private final ClusterTools cluster;
    private final RunbookActions actions;

    /// @param metrics   of a Prometheus, if one is connected
    /// @param alerts    of an Alertmanager, if one is connected
    /// @param playbooks see [#playbooks]
    public RunbookTools(
            Workspace workspace,
            Optional<Metrics> metrics,
            Optional<FiringAlerts> alerts,
            Optional<Playbooks> playbooks) {
        this.cluster = new ClusterTools(new JsonReads(workspace.api()), metrics, alerts, playbooks, workspace.clock());
        this.actions = new RunbookActions(workspace);
    }

    /// Runs the playbooks of a cluster on this machine; without an inventory it says what is missing.
    ///
    /// @param outputs the folder where the output of one that fails is kept
    public static Playbooks playbooks(Optional<Ansible> ansible, Path outputs) {
        return ansible.<Playbooks>map(set -> new AnsiblePlaybooks(
                        set.folder(),
                        set.inventory(),
                        AnsiblePlaybooks.PROGRAM,
                        AnsiblePlaybooks.ATTENDED,
                        Optional.of(outputs)))
                .orElseGet(() -> new NoPlaybooks(Path.of("ansible"), Messages.text("runbooks.no-inventory")));
    }

    /// What runs of a cluster work with.
    public static RunContext context(
            Workspace workspace,
            TranscriptStore store,
            Optional<Metrics> metrics,
            Optional<FiringAlerts> alerts,
            Optional<Playbooks> playbooks) {
        return new RunContext(
                new RunbookTools(workspace, metrics, alerts, playbooks),
                store,
                task -> {
                    var _ = workspace.background().call(() -> {
                        task.run();
                        return true;
                    });
                },
                workspace.clock());
    }

    @Override
    public Reading look(ActionKind kind, Map<String, String> arguments) {
        return cluster.look(kind, arguments);
    }

    @Override
    public double measure(Measure measure, List<String> arguments) {
        return cluster.measure(measure, arguments);
    }

    @Override
    public ProposedChange propose(ActionKind kind, Map<String, String> arguments, String reason) {
        if (kind == ActionKind.ANSIBLE_PLAYBOOK) {
            return ProposedChange.of(kind, cluster.propose(kind, arguments, reason));
        }
        return new ProposedChange(actions.propose(kind, arguments, reason), reason, Optional.empty());
    }

    @Override
    public String sentence(RuntimeException failure) {
        return failure instanceof AdminException admin ? admin.sentence() : Tools.super.sentence(failure);
    }

    /// A proposal as a change of a run.
    ///
    /// @param because the reason, unless another one is given
    /// @param here    what the proposal does, if that is done on this machine, and takes minutes
    record ProposedChange(Proposal proposal, String because, Optional<Change> here) implements Change {

        /// What the console has no proposal of its own for.
        static ProposedChange of(ActionKind kind, Change change) {
            return new ProposedChange(RunbookActions.plain(kind, change), "", Optional.of(change));
        }

        @Override
        public String title() {
            return proposal.title();
        }

        @Override
        public List<String> effects() {
            return proposal.blast().map(blast -> List.of(blast.sentence())).orElse(List.of());
        }

        @Override
        public Done make(String reason) {
            Outcome outcome = proposal.work().perform(reason.isBlank() ? because : reason);
            return new Done(outcome.sentence(), outcome.undo().map(undo -> new Undoing(undo, because)));
        }

        @Override
        public Done make(String reason, Consumer<String> told) {
            return here.map(change -> change.make(reason, told)).orElseGet(() -> make(reason));
        }
    }

    private record Undoing(Proposal.Undo undo, String because) implements Change {

        @Override
        public String title() {
            return undo.title();
        }

        @Override
        public List<String> effects() {
            return List.of();
        }

        @Override
        public Done make(String reason) {
            return new Done(
                    undo.work().perform(reason.isBlank() ? because : reason).sentence(), Optional.empty());
        }
    }
}
