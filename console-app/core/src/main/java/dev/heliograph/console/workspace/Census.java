package dev.heliograph.console.workspace;

import dev.heliograph.console.action.Blast;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.wire.NodeRow;

/// How many connections the cluster has, for the share of them that a change touches.
public final class Census {

    /// From this share on, of four parts, a change is one of the most dangerous.
    private static final int MOST_OF_FOUR = 1;

    private Census() {}

    /// Connections of all nodes now. Blocks; throws what the API throws.
    public static long connections(AdminApi api) {
        return api.nodes().nodes().stream().mapToLong(NodeRow::clients).sum();
    }

    /// So many of all connections.
    public static Blast blast(AdminApi api, long touched) {
        return new Blast(touched, connections(api), Messages.text("common.connections"));
    }

    /// [Risk#TYPE_NAME] for more than a quarter of what there is, else the risk that it would have.
    public static Risk risk(Blast blast, Risk otherwise) {
        return blast.total() > 0 && blast.touched() * 4 > blast.total() * MOST_OF_FOUR ? Risk.TYPE_NAME : otherwise;
    }
}
