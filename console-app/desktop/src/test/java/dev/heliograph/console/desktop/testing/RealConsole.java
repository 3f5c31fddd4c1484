package dev.heliograph.console.desktop.testing;

import static org.awaitility.Awaitility.await;

import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.Trust;
import dev.heliograph.console.desktop.shell.AppShell;
import dev.heliograph.console.desktop.shell.ClusterLook;
import dev.heliograph.console.desktop.shell.Layers;
import dev.heliograph.console.desktop.shell.PageEntry;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.workspace.ClusterLink;
import dev.heliograph.console.workspace.LinkState;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.testkit.RelayCluster;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import javafx.application.Platform;

/// The frame of the console with some of its pages, connected to real relays as the operator ann, and armed.
public final class RealConsole implements AutoCloseable {

    /// What is to be typed for what is most dangerous.
    public static final String CLUSTER = "test cluster";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ClusterLink link;
    private final AppShell shell;

    /// @param pages makes the entries; called on JavaFX's thread
    public RealConsole(RelayCluster cluster, BiFunction<Workspace, Commander, List<PageEntry>> pages) {
        link = new ClusterLink(
                CLUSTER, cluster.adminUris(), new Trust.Known(), RelayCluster.OPERATOR, Clock.systemUTC());
        Workspace workspace = link.workspace();
        await("the link").atMost(PATIENCE).until(() -> workspace.link().get() instanceof LinkState.Live);
        workspace.gate().arm(Duration.ofHours(1));
        shell = Toolkit.onFx(() -> {
            Layers layers = Layers.of(workspace);
            return new AppShell(
                    workspace,
                    ClusterLook.of(CLUSTER, "staging"),
                    layers,
                    pages.apply(workspace, layers.commander()),
                    Toolkit.theme(),
                    new AppShell.Outside(() -> {}, () -> {}));
        });
    }

    public AppShell shell() {
        return shell;
    }

    public AdminApi api() {
        return link.workspace().api();
    }

    /// The lines of the audit record about an action, the newest first.
    public List<AuditRow> audit(String action) {
        return api().audit(AdminApi.AuditQuestion.newest(200)).entries().stream()
                .filter(row -> row.action().equals(action))
                .toList();
    }

    @Override
    public void close() {
        if (Platform.isFxApplicationThread()) {
            shell.close();
        } else {
            Toolkit.runOnFx(shell::close);
        }
        link.close();
    }
}
