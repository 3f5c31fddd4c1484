package dev.heliograph.console.desktop.testing;

import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.Trust;
import dev.heliograph.console.workspace.ClusterLink;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.testkit.RelayCluster;
import java.time.Clock;
import java.time.Duration;
import org.awaitility.Awaitility;

/// Relays in processes of their own, and a console that is connected to them as `ann` the operator and armed.
public final class RealCluster implements AutoCloseable {

    private final RelayCluster relays;
    private final ClusterLink link;

    private RealCluster(RelayCluster relays) {
        this.relays = relays;
        this.link = new ClusterLink(
                "test", relays.adminUris(), new Trust.Known(), RelayCluster.OPERATOR, Clock.systemUTC());
        Awaitility.await("the role of the operator")
                .atMost(Duration.ofSeconds(20))
                .until(() -> workspace()
                        .gate()
                        .role()
                        .get()
                        .filter(Role.OPERATOR::equals)
                        .isPresent());
        workspace().gate().arm(Duration.ofHours(1));
    }

    public static RealCluster start(int nodes) {
        return new RealCluster(RelayCluster.start(nodes));
    }

    public RelayCluster relays() {
        return relays;
    }

    public Workspace workspace() {
        return link.workspace();
    }

    @Override
    public void close() {
        link.close();
        relays.close();
    }
}
