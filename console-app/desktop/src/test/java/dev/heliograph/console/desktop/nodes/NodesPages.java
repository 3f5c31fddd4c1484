package dev.heliograph.console.desktop.nodes;

import dev.heliograph.console.desktop.shell.PageEntry;
import dev.heliograph.console.desktop.testing.RealConsole;
import dev.heliograph.console.nodes.NodesModel;
import dev.heliograph.testkit.RelayCluster;
import java.util.List;
import org.kordamp.ikonli.feather.Feather;

/// Consoles of real relays that have the page of nodes, and no other.
final class NodesPages {

    private NodesPages() {}

    static RealConsole of(RelayCluster cluster) {
        return new RealConsole(
                cluster,
                (workspace, commander) -> List.of(new PageEntry(
                        "nodes",
                        "Nodes",
                        Feather.SERVER,
                        () -> new NodesPage(new NodesModel(workspace), commander, workspace.clock()))));
    }
}
