package dev.heliograph.console.connections;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.live.LiveRows;
import dev.heliograph.console.live.Rows;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.GroupList;
import dev.heliograph.console.wire.GroupRow;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.util.Optional;

/// The connections that a query means, in groups: asked for every two seconds while somebody looks. Threadsafe.
public final class GroupsModel implements AutoCloseable {

    /// The largest ones; the rest is one.
    static final int MOST = 200;

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Workspace workspace;
    private final Value<GroupsState> state = new Value<>(GroupsState.NOTHING);
    private final LiveRows<String, GroupRow> rows =
            new LiveRows<>(GroupRow::key, GroupsState.NOTHING.measure().order());
    private Optional<Watch> asking = Optional.empty();
    private int turn;

    GroupsModel(Workspace workspace) {
        this.workspace = workspace;
    }

    public Value<GroupsState> state() {
        return state;
    }

    /// The largest groups, the rest excepted.
    public Value<Rows<GroupRow>> rows() {
        return rows.picture();
    }

    /// Whether rows are to stay where they are.
    public void freeze(boolean frozen) {
        rows.freeze(frozen);
    }

    /// Shows these groups from now on.
    public synchronized void ask(GroupBy by, Measure measure, String query) {
        GroupsState shown = state.get();
        if (shown.by() == by && shown.query().equals(QueryText.condition(query))) {
            rows.order(measure.order());
        } else {
            rows.reset(measure.order(), _ -> true);
        }
        state.update(before -> before.asking(by, measure, QueryText.condition(query)));
        turn++;
        if (asking.isPresent()) {
            restart();
        }
    }

    /// Asks again at once.
    public synchronized void retry() {
        if (asking.isPresent()) {
            restart();
        }
    }

    synchronized void looked(boolean now) {
        if (now && asking.isEmpty()) {
            restart();
        } else if (!now) {
            stop();
        }
    }

    private void restart() {
        stop();
        int mine = turn;
        asking = Optional.of(workspace.background().every(PAUSE, () -> fetch(mine)));
    }

    private void stop() {
        asking.ifPresent(Watch::close);
        asking = Optional.empty();
        turn++;
    }

    private void fetch(int mine) {
        GroupsState wanted = state.get();
        try {
            GroupList groups = workspace
                    .api()
                    .groups(wanted.by().word(), wanted.query(), wanted.measure().word(), MOST);
            tell(mine, Optional.of(groups), "");
        } catch (AdminException e) {
            tell(mine, Optional.empty(), e.sentence());
        }
    }

    private synchronized void tell(int mine, Optional<GroupList> groups, String problem) {
        if (mine == turn) {
            groups.ifPresent(now -> rows.replace(now.groups()));
            state.update(before -> groups.map(before::answered).orElseGet(() -> before.failed(problem)));
        }
    }

    @Override
    public synchronized void close() {
        stop();
        rows.close();
    }
}
