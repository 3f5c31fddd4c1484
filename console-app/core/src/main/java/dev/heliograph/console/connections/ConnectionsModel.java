package dev.heliograph.console.connections;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.bans.BanProposals;
import dev.heliograph.console.live.Rows;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.ConnectionRow;
import dev.heliograph.console.workspace.PageModel;
import dev.heliograph.console.workspace.Workspace;

/// What the page of connections shows and does: a list or groups, one connection in detail, the operations that end
/// connections, and saved views. Asks the cluster only while somebody looks. Threadsafe.
public final class ConnectionsModel implements PageModel {

    private final ListModel list;
    private final GroupsModel groups;
    private final DetailModel detail;
    private final OperationsModel operations;
    private final DisconnectProposals disconnects;
    private final BanProposals bans;
    private final SavedViews views;
    private final Value<Boolean> grouped = new Value<>(false);
    private final Value<SeenValues> seen = new Value<>(SeenValues.NONE);
    private final Watch rows;
    private boolean looked;

    public ConnectionsModel(Workspace workspace, SavedViews views) {
        this.list = new ListModel(workspace);
        this.groups = new GroupsModel(workspace);
        this.detail = new DetailModel(workspace);
        this.operations = new OperationsModel(workspace);
        this.disconnects = new DisconnectProposals(workspace, operations::soon);
        this.bans = new BanProposals(workspace);
        this.views = views;
        this.rows = list.rows().listen(this::see);
    }

    public ListModel list() {
        return list;
    }

    public GroupsModel groups() {
        return groups;
    }

    public DetailModel detail() {
        return detail;
    }

    public OperationsModel operations() {
        return operations;
    }

    public SavedViews views() {
        return views;
    }

    /// Makes proposals that ban those of a row or a group.
    public BanProposals bans() {
        return bans;
    }

    /// Whether groups are shown instead of the list.
    public Value<Boolean> grouped() {
        return grouped;
    }

    /// Shows the list, or the groups.
    public synchronized void group(boolean next) {
        grouped.set(next);
        look();
    }

    @Override
    public synchronized void shown() {
        looked = true;
        look();
    }

    @Override
    public synchronized void hidden() {
        looked = false;
        look();
    }

    private void look() {
        list.looked(looked && !grouped.get());
        groups.looked(looked && grouped.get());
        detail.looked(looked);
        operations.looked(looked);
    }

    /// Shows what a view means.
    public void show(SavedView view) {
        if (view.by().isPresent()) {
            groups.ask(view.by().get(), view.measure(), view.query());
        } else {
            list.ask(view.query());
        }
        group(view.by().isPresent());
    }

    /// Shows the connections of a group as a list.
    public void drill(GroupBy by, String key) {
        list.ask(QueryText.narrowed(groups.state().get().query(), by.condition(key)));
        group(false);
    }

    /// What could stand at a place of a query, with the values that were seen.
    public Completion complete(String query, int caret) {
        return Completion.at(query, caret, seen.get());
    }

    /// Ends connections. Blocks; throws what the API throws.
    public Proposal end(Selection selection, DisconnectForm form) {
        return disconnects.end(selection, form);
    }

    private void see(Rows<ConnectionRow> picture) {
        // Suggestions need no more than a sample.
        int some = Math.min(picture.list().size(), ListModel.LIVE_ROWS);
        if (some > 0) {
            seen.set(SeenValues.of(picture.list().subList(0, some)));
        }
    }

    @Override
    public void close() {
        rows.close();
        list.close();
        groups.close();
        detail.close();
        operations.close();
    }
}
