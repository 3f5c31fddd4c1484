package dev.heliograph.console.desktop.nodes;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.ModelPage;
import dev.heliograph.console.desktop.ui.PageHeader;
import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.StatusPill;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.desktop.ui.table.RowAction;
import dev.heliograph.console.nodes.ColourView;
import dev.heliograph.console.nodes.DrainTexts;
import dev.heliograph.console.nodes.NodeView;
import dev.heliograph.console.nodes.NodesModel;
import dev.heliograph.console.nodes.NodesState;
import dev.heliograph.console.nodes.Warning;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.wire.DrainRow;
import dev.heliograph.console.wire.DrainState;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The nodes: how they are, how the colours of a deployment compare, and moving clients between them. On JavaFX's
/// thread.
public final class NodesPage extends ModelPage {

    private static final String STYLESHEET = Objects.requireNonNull(
                    NodesPage.class.getResource("nodes.css"), "nodes.css")
            .toExternalForm();

    private final NodesModel model;
    private final Commander commander;
    private final VBox warnings = new VBox();
    private final DeploymentPanel deployment;
    private final LiveTable<String, NodeView> nodes;
    private final LiveTable<String, ColourView> colours = NodeTables.colours();
    private final SharesBar shares = new SharesBar();
    private final VBox drains = new VBox();
    private final Map<String, DrainCard> cards = new LinkedHashMap<>();
    private final Label noDrains = new Label(text("nodes.drains.none"));
    private final BorderPane side = new BorderPane();
    private final Button drain = new Button(text("nodes.drain"), new FontIcon(Feather.LOG_OUT));

    public NodesPage(NodesModel model, Commander commander, Clock clock) {
        super(model);
        this.model = model;
        this.commander = commander;
        this.nodes = NodeTables.nodes(clock);
        this.deployment = new DeploymentPanel(clock);
        root().getStyleClass().add("nodes-page");
        root().getStylesheets().add(STYLESHEET);
        drain.setId("drain-node");
        drain.setOnAction(_ -> selected().ifPresent(this::drain));
        Button rebalance = new Button(text("nodes.rebalance"), new FontIcon(Feather.SHUFFLE));
        rebalance.setId("rebalance");
        rebalance.setOnAction(_ -> rebalance());
        warnings.getStyleClass().add("warnings");
        root().setTop(new VBox(
                new PageHeader(text("nodes.title"), nodes.columnChooser(), rebalance, drain), deployment, warnings));
        nodes.onSelection(_ -> enable());
        nodes.onOpen(this::drain);
        nodes.actions(List.of(
                RowAction.<NodeView>of("drain", text("nodes.drain"), rows -> drain(rows.getFirst()))
                        .single()
                        .when(rows -> drainable(rows.getFirst())),
                RowAction.<NodeView>of(
                                "pause",
                                text("nodes.pause"),
                                rows -> pause(rows.getFirst().name()))
                        .single()
                        .when(rows -> is(rows.getFirst(), DrainState.RUNNING)),
                RowAction.<NodeView>of(
                                "resume",
                                text("nodes.resume"),
                                rows -> resume(rows.getFirst().name()))
                        .single()
                        .when(rows -> is(rows.getFirst(), DrainState.PAUSED)),
                RowAction.<NodeView>of(
                                "cancel",
                                text("nodes.cancel"),
                                rows -> cancel(rows.getFirst().name()))
                        .single()
                        .when(rows -> cancellable(rows.getFirst()))));

        Label comparing = new Label(text("nodes.colours"));
        comparing.getStyleClass().add("side-title");
        BorderPane left = new BorderPane(colours);
        left.setTop(new VBox(comparing, shares));
        Label moving = new Label(text("nodes.drains"));
        moving.getStyleClass().add("side-title");
        drains.getStyleClass().add("drains");
        noDrains.getStyleClass().add("hint");
        noDrains.setWrapText(true);
        ScrollPane scroll = new ScrollPane(drains);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        side.setTop(moving);
        side.setCenter(scroll);
        SplitPane lower = new SplitPane(left, side);
        lower.setDividerPositions(0.6);
        lower.getStyleClass().add("page-split");
        SplitPane split = new SplitPane(nodes, lower);
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(0.5);
        split.getStyleClass().add("page-split");
        root().setCenter(split);
        watch(model.state(), this::show);
        watch(model.deployment(), deployment::show);
        everySecond(deployment::show);
    }

    @Override
    public void focus() {
        nodes.requestFocus();
    }

    @Override
    public List<Action> actions() {
        return List.of(
                Action.of(
                                "nodes.drain",
                                text("nodes.action.drain"),
                                "D",
                                () -> selected().ifPresent(this::drain))
                        .when(() -> selected().filter(NodesPage::drainable).isPresent()),
                Action.of(
                                "nodes.pause",
                                text("nodes.action.pause"),
                                "P",
                                () -> selected().ifPresent(node -> pause(node.name())))
                        .when(() -> selected()
                                .filter(node -> is(node, DrainState.RUNNING))
                                .isPresent()),
                Action.of(
                                "nodes.resume",
                                text("nodes.action.resume"),
                                "R",
                                () -> selected().ifPresent(node -> resume(node.name())))
                        .when(() -> selected()
                                .filter(node -> is(node, DrainState.PAUSED))
                                .isPresent()),
                Action.of(
                                "nodes.cancel",
                                text("nodes.action.cancel"),
                                "X",
                                () -> selected().ifPresent(node -> cancel(node.name())))
                        .when(() -> selected().filter(NodesPage::cancellable).isPresent()),
                Action.of("nodes.rebalance", text("nodes.rebalance.title"), "B", this::rebalance),
                Action.of("nodes.deployment", text("nodes.action.deployment"), "Y", deployment::requestFocus)
                        .when(() -> deployment.isVisible()));
    }

    private void show(NodesState state) {
        ViewState how = state.problem()
                .map(cause -> ViewState.failed(cause.sentence(), model::shown))
                .orElseGet(() -> state.known()
                        ? ViewState.ready()
                        : new ViewState.Loading(text("nodes.loading"), Optional.empty()));
        nodes.state(how);
        colours.state(state.known() || state.problem().isEmpty() ? ViewState.ready() : how);
        nodes.publish(state.nodes(), node -> node.health() == NodeView.Health.MISSING);
        nodes.summary(text("nodes.summary", Formats.count(state.total())));
        colours.publish(state.colours());
        shares.show(state.colours());
        deployment.show(state);
        warnings.getChildren()
                .setAll(state.warnings().stream().map(NodesPage::warning).toList());
        showDrains(state);
        enable();
    }

    private void showDrains(NodesState state) {
        Map<String, DrainRow> now = new LinkedHashMap<>();
        for (NodeView node : state.nodes()) {
            node.drain()
                    .filter(row -> DrainTexts.active(row)
                            || (row.state() == DrainState.DONE && node.row().draining()))
                    .ifPresent(row -> now.put(node.name(), row));
        }
        cards.keySet().retainAll(now.keySet());
        now.forEach((name, row) -> cards.computeIfAbsent(
                        name, node -> new DrainCard(node, new DrainCard.Deeds(this::pause, this::resume, this::cancel)))
                .show(row));
        if (now.isEmpty()) {
            drains.getChildren().setAll(noDrains);
        } else if (!drains.getChildren().equals(List.copyOf(cards.values()))) {
            drains.getChildren().setAll(cards.values());
        }
    }

    private static HBox warning(Warning warning) {
        boolean bad = warning.kind().compareTo(Warning.Kind.NOBODY_TAKES) <= 0 && warning.kind() != Warning.Kind.BUSY;
        StatusPill pill = new StatusPill(
                bad
                        ? Status.of(text("nodes.warning.bad"), Tone.BAD)
                        : Status.of(text("nodes.warning.look"), Tone.WARNING));
        Label words = new Label(warning.sentence());
        words.setWrapText(true);
        HBox line = new HBox(8, pill, words);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private void enable() {
        drain.setDisable(selected().filter(NodesPage::drainable).isEmpty());
    }

    private Optional<NodeView> selected() {
        return nodes.selectedRows().stream().findFirst();
    }

    /// For the palette and for tests.
    void select(String node) {
        nodes.select(List.of(node));
        enable();
    }

    private static boolean drainable(NodeView node) {
        return node.health() != NodeView.Health.MISSING
                && !node.draining()
                && !node.row().draining();
    }

    private static boolean cancellable(NodeView node) {
        return node.draining() || (node.row().draining() && is(node, DrainState.DONE));
    }

    private static boolean is(NodeView node, DrainState state) {
        return node.drain().filter(row -> row.state() == state).isPresent();
    }

    private void drain(NodeView node) {
        if (!drainable(node)) {
            return;
        }
        form(new DrainForm(
                node,
                plan -> {
                    closeForm();
                    commander.offer(text("nodes.drain.title", node.name()), () -> model.drain(node.name(), plan));
                },
                this::closeForm));
    }

    private void rebalance() {
        form(new RebalanceForm(
                (pace, tolerance) -> {
                    closeForm();
                    commander.offer(text("nodes.rebalance.title"), () -> model.rebalance(pace, tolerance));
                },
                this::closeForm));
    }

    private void pause(String node) {
        commander.offer(text("nodes.pause.title", node), () -> model.pause(node));
    }

    private void resume(String node) {
        commander.offer(text("nodes.resume.title", node), () -> model.resume(node));
    }

    private void cancel(String node) {
        commander.offer(text("nodes.cancel.title", node), () -> model.cancel(node));
    }

    private void form(Region form) {
        deployment.brief(true);
        side.setBottom(form);
        form.requestFocus();
    }

    private void closeForm() {
        side.setBottom(null);
        deployment.brief(false);
        nodes.requestFocus();
    }
}
