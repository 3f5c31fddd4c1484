package dev.heliograph.console.desktop.app;

import dev.heliograph.console.api.Trust;
import dev.heliograph.console.desktop.shell.AppShell;
import dev.heliograph.console.desktop.shell.ClusterLook;
import dev.heliograph.console.desktop.shell.PageEntry;
import dev.heliograph.console.desktop.theme.Theme;
import dev.heliograph.console.workspace.ClusterLink;
import dev.heliograph.console.workspace.Workspace;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.stage.Stage;

/// Puts the application together: every constructor of a page and its model is called here and nowhere else.
final class Wiring {

    private final Theme theme;
    private final Clock clock;
    private final ConsoleWindow window;

    Wiring(Stage stage, Theme theme, Clock clock, WindowState state) {
        this.theme = theme;
        this.clock = clock;
        this.window = new ConsoleWindow(stage, theme, state, new StartPage());
    }

    ConsoleWindow window() {
        return window;
    }

    /// Connects to a cluster and shows it.
    void open(Target target) {
        if (window.showIfOpen(target.look().name())) {
            return;
        }
        ClusterLink link =
                new ClusterLink(target.look().name(), target.addresses(), target.trust(), target.token(), clock);
        Workspace workspace = link.workspace();
        AppShell.Layers layers = AppShell.Layers.of(workspace);
        AppShell[] shell = new AppShell[1];
        shell[0] = new AppShell(
                workspace,
                target.look(),
                layers,
                pages(target, workspace, layers),
                theme,
                new AppShell.Outside(window::chooseCluster, () -> shell[0].askForToken(link::signIn)));
        window.add(new OpenCluster(target.look().name(), link, shell[0]));
    }

    private List<PageEntry> pages(Target target, Workspace workspace, AppShell.Layers layers) {
        List<PageEntry> pages = new ArrayList<>();
        return pages;
    }

    /// A cluster to connect to.
    ///
    /// @param prometheus   for charts of the past
    /// @param alertmanager for the page of alerts
    record Target(
            ClusterLook look,
            List<URI> addresses,
            Trust trust,
            String token,
            Optional<URI> prometheus,
            Optional<URI> alertmanager) {

        static Target of(Arguments arguments) {
            return new Target(
                    ClusterLook.of(arguments.clusterName(), arguments.environment()),
                    arguments.urls(),
                    arguments.ca().<Trust>map(Trust.Authority::new).orElseGet(Trust.Known::new),
                    arguments.token().orElseThrow(),
                    arguments.prometheus(),
                    arguments.alertmanager());
        }
    }
}
