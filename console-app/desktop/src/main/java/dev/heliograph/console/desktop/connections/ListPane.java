package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.connections.ListModel;
import dev.heliograph.console.connections.ListState;
import dev.heliograph.console.connections.QueryField;
import dev.heliograph.console.connections.QueryText;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.desktop.ui.table.SortChoice;
import dev.heliograph.console.live.Rows;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.ConnectionRow;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// The list of connections. On JavaFX's thread.
final class ListPane implements AutoCloseable {

    private final ListModel model;
    private final LiveTable<String, ConnectionRow> table;
    private final List<Watch> watches;

    ListPane(ListModel model, Clock clock) {
        this.model = model;
        this.table = new LiveTable<>(text("connections.list"), ConnectionRow::id, ConnectionColumns.list(clock));
        table.setId("connections-table");
        table.onHold(model::freeze);
        table.onSort(this::sort);
        watches = List.of(Fx.show(model.rows(), this::show), Fx.show(model.state(), this::show));
    }

    LiveTable<String, ConnectionRow> table() {
        return table;
    }

    private void sort(Optional<SortChoice> choice) {
        choice.flatMap(each -> QueryField.of(each.column()))
                .ifPresentOrElse(
                        field -> model.order(field, choice.get().descending()),
                        () -> model.ask(QueryText.condition(model.state().get().query())));
    }

    private void show(Rows<ConnectionRow> rows) {
        table.publish(rows.list(), rows::isDeparted);
        summary(model.state().get(), rows);
    }

    private void show(ListState state) {
        if (state.loading()) {
            table.state(ViewState.loading(text("connections.list.loading"), model::cancel));
        } else if (state.problem().isPresent()) {
            table.state(ViewState.failed(state.problem().get(), model::retry));
        } else if (state.at().isEmpty()) {
            table.state(new ViewState.Loading(text("connections.list.loading"), Optional.empty()));
        } else {
            table.state(ViewState.ready());
        }
        boolean all = QueryText.condition(state.query()).isEmpty();
        table.emptyState(
                all
                        ? new ViewState.Empty(
                                text("connections.empty.title"), text("connections.empty.hint"), Optional.empty())
                        : new ViewState.Empty(
                                text("connections.nothing.title"),
                                text("connections.nothing.hint"),
                                Optional.of(
                                        new ViewState.Step(text("connections.nothing.step"), () -> model.ask("")))));
        // While another order is asked for, the titles show that one already.
        if (!state.loading()) {
            QueryText.Order order = QueryText.order(state.query());
            table.sort(
                    QueryText.hasOrder(state.query())
                            ? Optional.of(new SortChoice(order.field().word(), order.descending()))
                            : Optional.empty());
        }
        summary(state, model.rows().get());
    }

    private void summary(ListState state, Rows<ConnectionRow> rows) {
        StringBuilder words = new StringBuilder();
        if (state.at().isPresent()) {
            words.append(text("connections.list.matched", Formats.count(state.matched())));
        }
        if (rows.waiting() > 0 && rows.isFrozen()) {
            words.append("  ·  ").append(text("connections.list.waiting", Formats.count(rows.waiting())));
        }
        if (!state.missing().isEmpty()) {
            words.append("  ·  ").append(text("connections.missing", String.join(", ", state.missing())));
        }
        table.summary(words.toString());
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }
}
