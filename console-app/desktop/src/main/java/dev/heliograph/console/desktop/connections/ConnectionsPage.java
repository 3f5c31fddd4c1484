package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.connections.ConnectionsModel;
import dev.heliograph.console.connections.GroupBy;
import dev.heliograph.console.connections.GroupsState;
import dev.heliograph.console.connections.ListState;
import dev.heliograph.console.connections.Measure;
import dev.heliograph.console.connections.SavedView;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.ModelPage;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Insets;
import javafx.scene.layout.VBox;

/// The connections of the cluster: a live list or groups, one in detail, and what can be done to them.
public final class ConnectionsPage extends ModelPage {

    private final ConnectionsModel model;
    private final ListPane list;
    private final GroupsPane groups;
    private final ConnectionsBar bar;
    private final Drawer drawer = new Drawer();
    private final ConnectionDeeds deeds;
    private final SaveViewPane saveView = new SaveViewPane(this::saveView);
    private final OperationsStrip operations;
    private final List<Action> actions;

    /// @param keptLayout how the columns were arranged last; empty for never
    /// @param keepLayout keeps that for the next start
    public ConnectionsPage(
            ConnectionsModel model,
            Commander commander,
            Clock clock,
            Optional<String> keptLayout,
            Consumer<String> keepLayout) {
        super(model);
        this.model = model;
        this.list = new ListPane(model.list(), clock);
        this.groups = new GroupsPane(model.groups());
        this.deeds = new ConnectionDeeds(model, commander, clock, list, groups, drawer, this::ask);
        this.operations = new OperationsStrip(row -> commander.offer(
                text("connections.cancel.title", row.operation()),
                () -> model.operations().cancel(row)));
        this.bar =
                new ConnectionsBar(model, this::ask, new ViewsMenu(this::show, model.views()::delete, this::beginSave));
        bar.columns(list.table().columnChooser(), groups.table().columnChooser());
        keptLayout.flatMap(Layouts::read).ifPresent(list.table()::layout);
        list.table().onLayout(layout -> keepLayout.accept(Layouts.write(layout)));
        VBox top = new VBox(8, bar, operations);
        top.setPadding(new Insets(12, 12, 8, 12));
        root().setId("connections-page");
        root().getStylesheets()
                .add(Objects.requireNonNull(ConnectionsPage.class.getResource("connections.css"))
                        .toExternalForm());
        root().setTop(top);
        root().setRight(drawer);
        closeLater(list::close);
        closeLater(groups::close);
        watch(model.grouped(), this::show);
        watch(model.list().state(), this::show);
        watch(model.groups().state(), this::show);
        watch(model.detail().state(), deeds.detail()::show);
        watch(model.operations().recent(), operations::show);
        watch(model.views().all(), bar.views()::show);
        this.actions = List.of(
                Action.of("connections.query", text("connections.action.query"), "/", this::search),
                Action.of("connections.refresh", text("connections.action.refresh"), "R", this::refresh),
                Action.of("connections.group", text("connections.action.group"), "G", this::toggleGroups),
                Action.of("connections.more", text("connections.action.more"), "M", bar::more)
                        .when(() -> !model.grouped().get()),
                Action.of("connections.save-view", text("connections.action.save-view"), "S", this::beginSave),
                Action.of("connections.open", text("connections.action.open"), "O", deeds::openSelected)
                        .when(deeds::isAnySelected),
                Action.of("connections.disconnect", text("connections.action.disconnect"), "D", deeds::endSelected)
                        .when(deeds::isAnySelected),
                Action.of(
                        "connections.disconnect-all",
                        text("connections.action.disconnect-all"),
                        "Shift+D",
                        deeds::endMatching),
                Action.of("connections.ban", text("connections.action.ban"), "B", deeds::banSelected)
                        .when(deeds::isAnySelected),
                Action.of("connections.close", text("connections.action.close"), "Esc", drawer::shut)
                        .when(drawer::isOpen));
    }

    @Override
    public void focus() {
        (model.grouped().get() ? groups.table() : list.table()).requestFocus();
    }

    @Override
    public void search() {
        bar.focus();
    }

    @Override
    public List<Action> actions() {
        return actions;
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

    /// Shows the connection that the model looks into.
    void openDetail() {
        deeds.openDetail();
    }

    ConnectionsBar bar() {
        return bar;
    }

    // ---- what is shown ----

    private void show(boolean grouped) {
        boolean typing = root().getCenter() != null && root().getCenter().isFocusWithin();
        root().setCenter(grouped ? groups.table() : list.table());
        bar.grouped(grouped);
        if (typing) {
            // The keyboard was in the table that has gone, and would go to the frame.
            focus();
        }
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
}
