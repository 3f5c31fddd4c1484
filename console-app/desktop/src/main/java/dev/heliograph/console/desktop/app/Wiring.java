package dev.heliograph.console.desktop.app;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.api.Trust;
import dev.heliograph.console.cluster.Ansible;
import dev.heliograph.console.cluster.Profile;
import dev.heliograph.console.cluster.Profiles;
import dev.heliograph.console.cluster.TokenStoreException;
import dev.heliograph.console.cluster.Tokens;
import dev.heliograph.console.connect.ConnectModel;
import dev.heliograph.console.connect.Connection;
import dev.heliograph.console.desktop.connect.ConnectPage;
import dev.heliograph.console.desktop.shell.AppShell;
import dev.heliograph.console.desktop.shell.ClusterLook;
import dev.heliograph.console.desktop.shell.Layers;
import dev.heliograph.console.desktop.theme.Theme;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.workspace.ClusterLink;
import dev.heliograph.console.workspace.VirtualBackground;
import dev.heliograph.console.workspace.Workspace;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javafx.stage.Stage;

/// Puts the application together: every constructor of a page and its model is called here and nowhere else.
final class Wiring {

    private final Theme theme;
    private final Clock clock;
    private final Tokens tokens;
    private final Desk desk;
    private final VirtualBackground background = new VirtualBackground();
    private final ConnectModel connect;
    private final ConsoleWindow window;

    /// @param tokens where tokens are kept
    /// @param config the directory of what the operator has set
    /// @param desk   what is around the clusters
    Wiring(Stage stage, Theme theme, Clock clock, WindowState state, Tokens tokens, Path config, Desk desk) {
        this.theme = theme;
        this.clock = clock;
        this.tokens = tokens;
        this.desk = desk;
        this.connect = new ConnectModel(
                new Profiles(config, clock),
                tokens,
                background,
                connection -> Fx.run(() -> open(Target.of(connection))));
        this.window = new ConsoleWindow(stage, theme, state, new ConnectPage(connect, desk.files()));
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
        Layers layers = Layers.of(workspace);
        ClusterPages pages = new ClusterPages(target, workspace, layers, desk);
        AppShell[] shell = new AppShell[1];
        shell[0] = new AppShell(
                workspace,
                target.look(),
                layers,
                pages.entries(),
                theme,
                new AppShell.Outside(window::chooseCluster, () -> askForToken(shell[0], link)));
        pages.navigate(shell[0]::open);
        window.add(new OpenCluster(target.look().name(), link, pages, shell[0]));
        target.note().ifPresent(layers.toasts()::warn);
    }

    private void askForToken(AppShell shell, ClusterLink link) {
        shell.askForToken(
                connect.state().get().keeping(),
                (token, remember) -> Fx.then(
                        // One that is refused is not worth keeping: the next start would ask again.
                        link.signIn(token)
                                .thenCompose(_ -> background.call(() -> {
                                    tokens.keep(link.workspace().cluster(), token, remember);
                                    return token;
                                })),
                        _ -> {},
                        failure -> {
                            // The banner tells of a refusal.
                            if (failure instanceof TokenStoreException) {
                                shell.layers()
                                        .toasts()
                                        .warn(text("connect.not-remembered", String.valueOf(failure.getMessage())));
                            }
                        }));
    }

    /// The window has closed.
    void close() {
        window.closeAll();
        background.close();
    }

    /// A cluster to connect to.
    ///
    /// @param prometheus   for charts of the past
    /// @param matchers     of its relays in that Prometheus; may be empty
    /// @param alertmanager for the page of alerts
    /// @param ansible      for steps of runbooks that run a playbook
    /// @param note         for the operator to read when it is there
    record Target(
            ClusterLook look,
            List<URI> addresses,
            Trust trust,
            String token,
            Optional<URI> prometheus,
            String matchers,
            Optional<URI> alertmanager,
            Optional<Ansible> ansible,
            Optional<String> note) {

        static Target of(Connection connection) {
            Profile profile = connection.profile();
            return new Target(
                    new ClusterLook(
                            profile.name(),
                            profile.environment().word(),
                            profile.colour().hex()),
                    profile.addresses(),
                    profile.trust(),
                    connection.token(),
                    profile.prometheus(),
                    profile.matchers(),
                    profile.alertmanager(),
                    profile.ansible(),
                    connection.note());
        }

        static Target of(Arguments arguments) {
            return new Target(
                    ClusterLook.of(arguments.clusterName(), arguments.environment()),
                    arguments.urls(),
                    arguments.ca().<Trust>map(Trust.Authority::new).orElseGet(Trust.Known::new),
                    arguments.token().orElseThrow(),
                    arguments.prometheus(),
                    arguments.matchers(),
                    arguments.alertmanager(),
                    arguments.ansible(),
                    Optional.empty());
        }
    }
}
