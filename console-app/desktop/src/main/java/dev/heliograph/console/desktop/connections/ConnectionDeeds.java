package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.bans.BanProposals;
import dev.heliograph.console.connections.ConnectionsModel;
import dev.heliograph.console.connections.GroupBy;
import dev.heliograph.console.connections.GroupsState;
import dev.heliograph.console.connections.QueryText;
import dev.heliograph.console.connections.Selection;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.table.RowAction;
import dev.heliograph.console.wire.ConnectionRow;
import dev.heliograph.console.wire.GroupRow;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/// What is done with the rows of the list and of the groups: to look into one, to end some, to ban. The forms for it
/// come into the drawer. On JavaFX's thread.
final class ConnectionDeeds {

    private final ConnectionsModel model;
    private final ListPane list;
    private final GroupsPane groups;
    private final Drawer drawer;
    private final Consumer<String> ask;
    private final DetailPane detail;
    private final DisconnectPane disconnect;
    private final BanPane ban;

    /// Adds them to the rows.
    ///
    /// @param ask shows what a query means
    ConnectionDeeds(
            ConnectionsModel model,
            Commander commander,
            Clock clock,
            ListPane list,
            GroupsPane groups,
            Drawer drawer,
            Consumer<String> ask) {
        this.model = model;
        this.list = list;
        this.groups = groups;
        this.drawer = drawer;
        this.ask = ask;
        this.detail = new DetailPane(new DetailActions(), clock);
        this.disconnect = new DisconnectPane((selection, form) ->
                commander.offer(text("connections.disconnect.preparing"), () -> model.end(selection, form)));
        this.ban = new BanPane(
                clock,
                (target, expiry) -> commander.offer(
                        text("connections.ban.preparing", target.key()),
                        () -> model.bans().banGroup(target.by(), target.key(), expiry, "")));
        listActions();
        groupActions();
    }

    /// Shows one connection, when it is in the drawer.
    DetailPane detail() {
        return detail;
    }

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

    boolean isAnySelected() {
        return model.grouped().get()
                ? groups.table().selectedRows().size() == 1
                : !list.table().selectedRows().isEmpty();
    }

    void openSelected() {
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

    void endSelected() {
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

    void endMatching() {
        end(new Selection.Matching(
                model.grouped().get()
                        ? model.groups().state().get().query()
                        : model.list().state().get().query()));
    }

    private void end(Selection selection) {
        disconnect.begin(selection);
        drawer.open(text("connections.form.title"), disconnect, () -> {});
    }

    void banSelected() {
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
        ask.accept(QueryText.narrowed(model.list().state().get().query(), condition));
    }

    private final class DetailActions implements DetailPane.Actions {

        @Override
        public void disconnect(ConnectionRow row) {
            end(List.of(row));
        }

        @Override
        public void ban(ConnectionRow row) {
            ConnectionDeeds.this.ban(List.of(row));
        }

        @Override
        public void retry() {
            model.detail().retry();
        }
    }
}
