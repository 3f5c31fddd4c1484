package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.connections.GroupsModel;
import dev.heliograph.console.connections.GroupsState;
import dev.heliograph.console.connections.Measure;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.desktop.ui.table.SortChoice;
import dev.heliograph.console.live.Rows;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.GroupList;
import dev.heliograph.console.wire.GroupRow;
import java.util.List;
import java.util.Optional;

/// The connections in groups. On JavaFX's thread.
final class GroupsPane implements AutoCloseable {

    private final GroupsModel model;
    private final LiveTable<String, GroupRow> table;
    private final List<Watch> watches;

    GroupsPane(GroupsModel model) {
        this.model = model;
        this.table = new LiveTable<>(text("connections.groups"), GroupRow::key, ConnectionColumns.groups());
        table.setId("groups-table");
        table.onHold(model::freeze);
        table.onSort(this::sort);
        watches = List.of(Fx.show(model.rows(), this::show), Fx.show(model.state(), this::show));
    }

    LiveTable<String, GroupRow> table() {
        return table;
    }

    /// The cluster sorts by a measure, the largest first, and no other way.
    private void sort(Optional<SortChoice> choice) {
        GroupsState state = model.state().get();
        Measure measure = choice.flatMap(each -> Measure.of(each.column())).orElse(Measure.CONNECTIONS);
        model.ask(state.by(), measure, state.query());
    }

    private void show(Rows<GroupRow> rows) {
        table.publish(rows.list(), rows::isDeparted);
    }

    private void show(GroupsState state) {
        if (state.problem().isPresent()) {
            table.state(ViewState.failed(state.problem().get(), model::retry));
        } else if (state.groups().isEmpty()) {
            table.state(new ViewState.Loading(text("connections.groups.loading"), Optional.empty()));
        } else {
            table.state(ViewState.ready());
        }
        table.emptyState(new ViewState.Empty(
                text("connections.nothing.title"), text("connections.groups.hint"), Optional.empty()));
        table.sort(Optional.of(new SortChoice(state.measure().word(), true)));
        table.summary(state.groups().map(GroupsPane::summary).orElse(""));
    }

    private static String summary(GroupList groups) {
        StringBuilder words = new StringBuilder(text("connections.list.matched", Formats.count(groups.matched())));
        if (groups.others() > 0) {
            words.append("  ·  ")
                    .append(text(
                            "connections.groups.others",
                            Formats.count(groups.others()),
                            Formats.count(groups.rest().connections())));
        }
        if (!groups.exact()) {
            words.append("  ·  ").append(text("connections.groups.inexact"));
        }
        if (!groups.missing().isEmpty()) {
            words.append("  ·  ").append(text("connections.missing", String.join(", ", groups.missing())));
        }
        return words.toString();
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
