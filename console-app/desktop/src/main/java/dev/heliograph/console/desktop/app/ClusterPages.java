package dev.heliograph.console.desktop.app;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.alerts.Alert;
import dev.heliograph.console.alerts.Alertmanager;
import dev.heliograph.console.alerts.AlertsModel;
import dev.heliograph.console.alerts.HttpAlertmanager;
import dev.heliograph.console.audit.AuditModel;
import dev.heliograph.console.bans.BansModel;
import dev.heliograph.console.capacity.Packaged;
import dev.heliograph.console.capacity.PlanModel;
import dev.heliograph.console.channels.ChannelsModel;
import dev.heliograph.console.connections.ConnectionsModel;
import dev.heliograph.console.connections.SavedViews;
import dev.heliograph.console.desktop.alerts.AlertsPage;
import dev.heliograph.console.desktop.audit.AuditPage;
import dev.heliograph.console.desktop.bans.BansPage;
import dev.heliograph.console.desktop.capacity.CapacityPage;
import dev.heliograph.console.desktop.channels.ChannelsPage;
import dev.heliograph.console.desktop.connections.ConnectionsPage;
import dev.heliograph.console.desktop.limits.LimitsPage;
import dev.heliograph.console.desktop.nodes.NodesPage;
import dev.heliograph.console.desktop.overview.OverviewPage;
import dev.heliograph.console.desktop.runbooks.RunbooksPage;
import dev.heliograph.console.desktop.shell.Layers;
import dev.heliograph.console.desktop.shell.PageEntry;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.Page;
import dev.heliograph.console.desktop.ui.file.TextFiles;
import dev.heliograph.console.limits.LimitsModel;
import dev.heliograph.console.nodes.NodesModel;
import dev.heliograph.console.overview.AlertMarks;
import dev.heliograph.console.overview.DeploymentMarks;
import dev.heliograph.console.overview.History;
import dev.heliograph.console.overview.OverviewModel;
import dev.heliograph.console.overview.PrometheusHistory;
import dev.heliograph.console.runbooks.RunbookFolder;
import dev.heliograph.console.runbooks.RunbookTools;
import dev.heliograph.console.runbooks.RunbooksModel;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.workspace.Workspace;
import dev.heliograph.runbook.RunbookException;
import dev.heliograph.runbook.cluster.AlertmanagerAlerts;
import dev.heliograph.runbook.cluster.PrometheusMetrics;
import dev.heliograph.runbook.run.TranscriptStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// The pages of one cluster, and what leads from one to another. A model is made with its page, when that is
/// opened for
/// the first time; that of the overview at once, since its charts begin when it does. On JavaFX's thread.
final class ClusterPages implements AutoCloseable {

    /// An Alertmanager or a Prometheus of the same network takes milliseconds.
    private static final Duration CONNECT = Duration.ofSeconds(3);

    private final Workspace workspace;
    private final Layers layers;
    private final Desk desk;
    private final TextFiles files;
    private final HttpClient http;
    private final Value<Optional<URI>> alertmanager;
    private final OverviewModel overview;
    private final RunbooksModel runbooks;
    private final List<AutoCloseable> models = new ArrayList<>();
    private Consumer<String> open = _ -> {};

    ClusterPages(Wiring.Target target, Workspace workspace, Layers layers, Desk desk) {
        this.workspace = workspace;
        this.layers = layers;
        this.desk = desk;
        this.files = new TextFiles(desk.files(), workspace.background());
        this.http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
        this.alertmanager = new Value<>(target.alertmanager().or(this::keptAlertmanager));
        Optional<History> archive =
                target.prometheus().map(address -> new PrometheusHistory(address, target.matchers(), http));
        this.overview = new OverviewModel(workspace, archive);
        this.runbooks = new RunbooksModel(
                workspace,
                () -> RunbookFolder.find(System.getenv(), desk.application(), Path.of("")),
                RunbookTools.context(
                        workspace,
                        new TranscriptStore(desk.transcripts()),
                        target.prometheus().map(address -> new PrometheusMetrics(address, http)),
                        Optional.of(this::firing),
                        Optional.of(RunbookTools.playbooks(
                                target.ansible(), desk.transcripts().resolve("playbooks")))));
        models.add(overview);
        models.add(new AlertMarks(
                workspace, alertmanager, address -> connect(address).alerts(), overview.marks()));
        models.add(new DeploymentMarks(workspace, overview.marks()));
        models.add(runbooks.ended().listen(ended -> ended.ifPresent(step -> Fx.run(() -> tell(step)))));
        models.add(alertmanager.listen(
                address -> address.ifPresent(there -> desk.kept().keep(fileOf("alertmanager"), there.toString()))));
    }

    /// What opens another page; to be given before a page is.
    void navigate(Consumer<String> way) {
        open = way;
    }

    List<PageEntry> entries() {
        return List.of(
                entry(
                        "overview",
                        Feather.ACTIVITY,
                        () -> new OverviewPage(overview, _ -> open.accept("nodes"), workspace.clock())),
                entry("connections", Feather.USERS, this::connections),
                entry(
                        "channels",
                        Feather.HASH,
                        () -> new ChannelsPage(
                                new ChannelsModel(workspace),
                                layers.commander(),
                                workspace.gate().role())),
                entry("limits", Feather.SLIDERS, () -> new LimitsPage(new LimitsModel(workspace), layers.commander())),
                entry(
                        "bans",
                        Feather.SLASH,
                        () -> new BansPage(
                                new BansModel(workspace), layers.commander(), workspace.background(), files)),
                entry(
                        "nodes",
                        Feather.SERVER,
                        () -> new NodesPage(new NodesModel(workspace), layers.commander(), workspace.clock())),
                entry(
                        "alerts",
                        Feather.BELL,
                        () -> new AlertsPage(
                                new AlertsModel(workspace, alertmanager, this::connect),
                                layers.commander(),
                                workspace.clock(),
                                this::runbookOf)),
                entry(
                        "runbooks",
                        Feather.BOOK_OPEN,
                        () -> new RunbooksPage(runbooks, layers.commander(), this::follow, files)),
                entry("audit", Feather.LIST, () -> new AuditPage(new AuditModel(workspace), layers.commander(), files)),
                entry("capacity", Feather.TRENDING_UP, this::capacity));
    }

    @Override
    public void close() {
        for (AutoCloseable model : models) {
            try {
                model.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot close " + model, e);
            }
        }
        http.shutdownNow();
    }

    private Page connections() {
        ConnectionsModel model = new ConnectionsModel(
                workspace,
                new SavedViews(
                        desk.kept().find("views.json"), text -> desk.kept().keep("views.json", text)));
        return new ConnectionsPage(
                model,
                layers.commander(),
                workspace.clock(),
                desk.kept().find("connections-table.json"),
                layout -> desk.kept().keep("connections-table.json", layout));
    }

    private Page capacity() {
        String kept = fileOf("capacity") + ".json";
        return new CapacityPage(
                new PlanModel(
                        workspace,
                        overview.state(),
                        Packaged.read(),
                        desk.kept().find(kept),
                        text -> desk.kept().keep(kept, text)),
                files);
    }

    private void runbookOf(Alert alert) {
        Fx.then(
                runbooks.beginFor(alert.name(), alert.labels(), alert.annotations()),
                found -> {
                    if (found) {
                        open.accept("runbooks");
                    } else {
                        layers.toasts().tell(text("pages.no-runbook", alert.name()));
                    }
                },
                failure -> layers.toasts().warn(String.valueOf(failure.getMessage())));
    }

    /// Whoever began the step has gone on to other pages, perhaps.
    private void tell(RunbooksModel.Ended step) {
        if (step.well()) {
            layers.toasts().done(step.sentence(), Optional.empty());
        } else {
            layers.toasts().warn(step.sentence());
        }
    }

    /// A link in a runbook: `page:connections` or an address of the web.
    private void follow(String destination) {
        if (destination.startsWith("page:")) {
            String page = destination.substring("page:".length());
            if (entries().stream().anyMatch(entry -> entry.id().equals(page))) {
                open.accept(page);
                return;
            }
        } else if (destination.startsWith("http://") || destination.startsWith("https://")) {
            desk.browser().accept(destination);
            return;
        }
        layers.toasts().warn(text("pages.no-link", destination));
    }

    /// The names of the alerts that fire; a check says so while no Alertmanager is connected.
    private List<String> firing() {
        URI address = alertmanager.get().orElseThrow(() -> new RunbookException(text("pages.no-alertmanager")));
        return new AlertmanagerAlerts(address, http).names();
    }

    private Alertmanager connect(URI address) {
        return new HttpAlertmanager(address, http, workspace.clock());
    }

    /// The name of a file for this cluster only.
    private String fileOf(String what) {
        return what + "-" + workspace.cluster().replaceAll("[^A-Za-z0-9.-]", "_");
    }

    private Optional<URI> keptAlertmanager() {
        try {
            return desk.kept().find(fileOf("alertmanager")).map(text -> URI.create(text.strip()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static PageEntry entry(String id, Ikon icon, Supplier<Page> make) {
        return new PageEntry(id, text("pages." + id), icon, make);
    }
}
