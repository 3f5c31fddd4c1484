package dev.heliograph.console.desktop.testing;

import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminApi.AuditQuestion;
import dev.heliograph.console.api.Trust;
import dev.heliograph.console.desktop.shell.Layers;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.Page;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.workspace.ClusterLink;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.testkit.RelayCluster;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import javafx.scene.Parent;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.awaitility.Awaitility;

/// A real cluster with the console's link to it, armed, as the operator `ann`. For tests of pages.
public final class LiveCluster implements AutoCloseable {

    private final RelayCluster relays;
    private final ClusterLink link;

    public LiveCluster(int nodes) {
        relays = RelayCluster.start(nodes);
        link = new ClusterLink("demo", relays.adminUris(), new Trust.Known(), RelayCluster.OPERATOR, Clock.systemUTC());
        Awaitility.await("the link is live")
                .atMost(Duration.ofSeconds(20))
                .until(() -> workspace().gate().role().get().equals(Optional.of(Role.OPERATOR)));
        workspace().gate().arm(Duration.ofHours(1));
    }

    public RelayCluster relays() {
        return relays;
    }

    public Workspace workspace() {
        return link.workspace();
    }

    /// The newest lines of the audit record with this action.
    public List<AuditRow> audit(String action) {
        return workspace()
                .api()
                .audit(new AuditQuestion(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(action),
                        Optional.empty(),
                        Optional.empty(),
                        50))
                .entries();
    }

    /// A page with the sheets and toasts that lie over it, and its keys in force. On JavaFX's thread.
    ///
    /// @param made makes it
    public static Parent around(Workspace workspace, BiFunction<Workspace, Commander, ? extends Page> made) {
        Layers layers = Layers.of(workspace);
        Page page = made.apply(workspace, layers.commander());
        StackPane root = new StackPane(
                page.view(), layers.toasts().view(), layers.sheets().view());
        root.addEventHandler(KeyEvent.ANY, event -> {
            if (!layers.sheets().isOpen()) {
                page.actions().stream()
                        .filter(action ->
                                action.matches(event) && action.enabled().getAsBoolean())
                        .findFirst()
                        .ifPresent(action -> {
                            event.consume();
                            action.run().run();
                        });
            }
        });
        page.shown();
        return root;
    }

    @Override
    public void close() {
        link.close();
        relays.close();
    }
}
