package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.bans.BanProposals;
import dev.heliograph.console.connections.ConnectionsModel;
import dev.heliograph.console.connections.GroupBy;
import dev.heliograph.console.connections.GroupsState;
import dev.heliograph.console.connections.ListState;
import dev.heliograph.console.connections.Measure;
import dev.heliograph.console.connections.QueryText;
import dev.heliograph.console.connections.SavedView;
import dev.heliograph.console.connections.Selection;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.Page;
import dev.heliograph.console.desktop.ui.table.RowAction;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.ConnectionRow;
import dev.heliograph.console.wire.GroupRow;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.Parent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

/// The connections of the cluster: a live list or groups, one in detail, and what can be done to them.
public final class ConnectionsPage implements Page {

    private final ConnectionsModel model;
    private final BorderPane root = new BorderPane();
    private final ListPane list;
    private final GroupsPane groups;
    private final ConnectionsBar bar;
    private final Drawer drawer = new Drawer();
    private final DetailPane detail;
    private final DisconnectPane disconnect;
    private final BanPane ban;
    private final SaveViewPane saveView = new SaveViewPane(this::saveView);
    private final OperationsStrip operations;
    private final List<Watch> watches = new ArrayList<>();
    private final List<Action> actions;

    /// @param keptLayout how the columns were arranged last; empty for never
    /// @param keepLayout keeps that for the next start
    public ConnectionsPage(
            ConnectionsModel model,
            Commander commander,
            Clock clock,
            Optional<String> keptLayout,
            Consumer<String> keepLayout) {
        Fx.checkThread();
        this.model = model;
        this.list = new ListPane(model.list(), clock);
        this.groups = new GroupsPane(model.groups());
        this.detail = new DetailPane(new DetailActions(), clock);
        this.disconnect = new DisconnectPane((selection, form) ->
                commander.offer(text("connections.disconnect.preparing"), () -> model.end(selection, form)));
        this.ban = new BanPane(
                clock,
                (target, expiry) -> commander.offer(
                        text("connections.ban.preparing", target.key()),
                        () -> model.bans().banGroup(target.by(), target.key(), expiry, "")));
        this.operations = new OperationsStrip(row -> commander.offer(
                text("connections.cancel.title", row.operation()),
                () -> model.operations().cancel(row)));
        this.bar =
                new ConnectionsBar(model, this::ask, new ViewsMenu(this::show, model.views()::delete, this::beginSave));
        bar.columns(list.table().columnChooser(), groups.table().columnChooser());
        keptLayout.flatMap(Layouts::read).ifPresent(list.table()::layout);
        list.table().onLayout(layout -> keepLayout.accept(Layouts.write(layout)));
        listActions();
        groupActions();
        VBox top = new VBox(8, bar, operations);
        top.setPadding(new Insets(12, 12, 8, 12));
        root.setId("connections-page");
        root.getStylesheets()
                .add(Objects.requireNonNull(ConnectionsPage.class.getResource("connections.css"))
                        .toExternalForm());
        root.setTop(top);
        root.setRight(drawer);
        watches.add(Fx.show(model.grouped(), this::show));
        watches.add(Fx.show(model.list().state(), this::show));
        watches.add(Fx.show(model.groups().state(), this::show));
        watches.add(Fx.show(model.detail().state(), detail::show));
        watches.add(Fx.show(model.operations().recent(), operations::show));
        watches.add(Fx.show(model.views().all(), bar.views()::show));
        this.actions = List.of(
                Action.of("connections.query", text("connections.action.query"), "/", this::focus),
                Action.of("connections.refresh", text("connections.action.refresh"), "R", this::refresh),
                Action.of("connections.group", text("connections.action.group"), "G", this::toggleGroups),
                Action.of("connections.more", text("connections.action.more"), "M", bar::more)
                        .when(() -> !model.grouped().get()),
                Action.of("connections.save-view", text("connections.action.save-view"), "S", this::beginSave),
                Action.of("connections.open", text("connections.action.open"), "O", this::openSelected)
                        .when(this::isAnySelected),
                Action.of("connections.disconnect", text("connections.action.disconnect"), "D", this::endSelected)
                        .when(this::isAnySelected),
                Action.of(
                        "connections.disconnect-all",
                        text("connections.action.disconnect-all"),
                        "Shift+D",
                        this::endMatching),
                Action.of("connections.ban", text("connections.action.ban"), "B", this::banSelected)
                        .when(this::isAnySelected),
                Action.of("connections.close", text("connections.action.close"), "Esc", drawer::shut)
                        .when(drawer::isOpen));
    }

    @Override
    public Parent view() {
        return root;
    }

    @Override
    public void shown() {
        model.looked(true);
    }

    @Override
    public void hidden() {
        model.looked(false);
    }

    @Override
    public void focus() {
        bar.focus();
    }

    @Override
    public List<Action> actions() {
        return actions;
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
        list.close();
        groups.close();
        model.looked(false);
    }

    /// Shows what a query means: where other pages lead to.
    public void ask(String query) {
        if (model.grouped().get()) {
            GroupsState state = model.groups().state().get();
            model.groups().ask(state.by(), state.measure(), query);
            bar.query(query);
        }
        model.list().ask(query);
    }

    // ---- what is shown ----

    private void show(boolean grouped) {
        root.setCenter(grouped ? groups.table() : list.table());
        bar.grouped(grouped);
    }

    private void show(ListState state) {
        bar.show(state);
    }

    private void show(GroupsState state) {
        bar.show(state);
    }

    private void show(SavedView view) {
        if (!view.columns().isEmpty()) {
            list.table().layout(Layouts.showing(list.table().tableLayout(), view.columns()));
        }
        bar.query(view.query());
        model.show(view);
    }

    private void refresh() {
        if (model.grouped().get()) {
            model.groups().retry();
        } else {
            model.list().retry();
        }
    }

    private void toggleGroups() {
        if (model.grouped().get()) {
            model.group(false);
        } else {
            bar.group(GroupBy.NETWORK);
        }
    }

    // ---- views ----

    private void beginSave() {
        saveView.begin(bar.query());
        drawer.open(text("connections.views.save"), saveView, () -> {});
        saveView.focus();
    }

    private void saveView(String name) {
        GroupsState state = model.groups().state().get();
        boolean grouped = model.grouped().get();
        model.views()
                .save(new SavedView(
                        name,
                        bar.query(),
                        Layouts.shown(list.table().tableLayout()),
                        grouped ? Optional.of(state.by()) : Optional.empty(),
                        grouped ? state.measure() : Measure.CONNECTIONS,
                        false));
        drawer.shut();
    }

    // ---- what is done ----

    private void listActions() {
        list.table().onOpen(this::open);
        list.table()
                .actions(List.of(
                        RowAction.of("open", text("connections.action.open"), this::openFirst)
                                .single(),
                        RowAction.of("disconnect", text("connections.action.disconnect"), this::end),
                        RowAction.of("ban", text("connections.action.ban"), this::ban),
                        RowAction.<ConnectionRow>of(
                                        "same-user",
                                        text("connections.action.same-user"),
                                        rows -> narrow(GroupBy.USER.condition(
                                                rows.getFirst().user())))
                                .single(),
                        RowAction.<ConnectionRow>of(
                                        "same-address",
                                        text("connections.action.same-address"),
                                        rows -> narrow(GroupBy.ADDRESS.condition(
                                                rows.getFirst().ip())))
                                .single()));
    }

    private void groupActions() {
        groups.table().onOpen(row -> {
            model.drill(model.groups().state().get().by(), row.key());
        });
        groups.table()
                .actions(List.of(
                        RowAction.<GroupRow>of(
                                        "drill",
                                        text("connections.action.drill"),
                                        rows -> model.drill(
                                                model.groups().state().get().by(),
                                                rows.getFirst().key()))
                                .single(),
                        RowAction.<GroupRow>of(
                                        "disconnect-group",
                                        text("connections.action.disconnect-group"),
                                        rows -> endGroup(rows.getFirst()))
                                .single(),
                        RowAction.<GroupRow>of(
                                        "ban-group", text("connections.action.ban"), rows -> banGroup(rows.getFirst()))
                                .single()
                                .when(_ -> canBanGroup())));
    }

    private boolean isAnySelected() {
        return model.grouped().get()
                ? groups.table().selectedRows().size() == 1
                : !list.table().selectedRows().isEmpty();
    }

    private void openSelected() {
        if (model.grouped().get()) {
            model.drill(
                    model.groups().state().get().by(),
                    groups.table().selectedRows().getFirst().key());
        } else {
            open(list.table().selectedRows().getFirst());
        }
    }

    private void openFirst(List<ConnectionRow> rows) {
        open(rows.getFirst());
    }

    private void open(ConnectionRow row) {
        model.detail().open(row.id());
        openDetail();
    }

    /// Shows the connection that the model looks into.
    void openDetail() {
        if (!drawer.isShowing(detail)) {
            drawer.open(text("connections.detail.title"), detail, model.detail()::shut);
        }
    }

    ConnectionsBar bar() {
        return bar;
    }

    private void endSelected() {
        if (model.grouped().get()) {
            endGroup(groups.table().selectedRows().getFirst());
        } else {
            end(list.table().selectedRows());
        }
    }

    private void end(List<ConnectionRow> rows) {
        end(new Selection.Chosen(rows.stream().map(ConnectionRow::id).toList()));
    }

    private void endGroup(GroupRow row) {
        GroupsState state = model.groups().state().get();
        end(new Selection.InGroup(state.query(), state.by(), row.key()));
    }

    private void endMatching() {
        end(new Selection.Matching(
                model.grouped().get()
                        ? model.groups().state().get().query()
                        : model.list().state().get().query()));
    }

    private void end(Selection selection) {
        disconnect.begin(selection);
        drawer.open(text("connections.form.title"), disconnect, () -> {});
    }

    private void banSelected() {
        if (model.grouped().get()) {
            banGroup(groups.table().selectedRows().getFirst());
        } else {
            ban(list.table().selectedRows());
        }
    }

    private void ban(List<ConnectionRow> rows) {
        beginBan(BanTargets.of(rows));
    }

    private boolean canBanGroup() {
        return BanProposals.bansGroupsBy(model.groups().state().get().by().word());
    }

    private void banGroup(GroupRow row) {
        GroupBy by = model.groups().state().get().by();
        beginBan(canBanGroup() && !row.key().isEmpty() ? List.of(new BanPane.Target(by.word(), row.key())) : List.of());
    }

    private void beginBan(List<BanPane.Target> targets) {
        ban.begin(targets);
        drawer.open(text("connections.ban.title"), ban, () -> {});
    }

    private void narrow(String condition) {
        ask(QueryText.narrowed(model.list().state().get().query(), condition));
    }

    private final class DetailActions implements DetailPane.Actions {

        @Override
        public void disconnect(ConnectionRow row) {
            end(List.of(row));
        }

        @Override
        public void ban(ConnectionRow row) {
            ConnectionsPage.this.ban(List.of(row));
        }

        @Override
        public void retry() {
            model.detail().retry();
        }
    }
}
