package dev.heliograph.console.runbook.run;

import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.bans.BanProposals;
import dev.heliograph.console.connections.DisconnectProposals;
import dev.heliograph.console.nodes.DrainProposals;
import dev.heliograph.console.runbook.action.Actions;
import dev.heliograph.console.runbook.action.Looks;
import dev.heliograph.console.runbook.action.Sight;
import dev.heliograph.console.workspace.Background;
import dev.heliograph.console.workspace.Workspace;
import java.time.Clock;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// What a run works with.
public record Tools(
        Actions actions, Looks looks, Sight sight, TranscriptStore store, Background background, Clock clock) {

    /// Those of a cluster.
    ///
    /// @param firing how many alerts of a name fire; empty without an Alertmanager
    public static Tools of(Workspace workspace, TranscriptStore store, Optional<ToLongFunction<String>> firing) {
        AdminApi api = workspace.api();
        Clock clock = workspace.clock();
        return new Tools(
                new Actions(
                        new BanProposals(workspace),
                        new DrainProposals(api),
                        new DisconnectProposals(workspace, () -> {}),
                        clock),
                new Looks(api, clock),
                new Sight(api, firing),
                store,
                workspace.background(),
                clock);
    }
}
