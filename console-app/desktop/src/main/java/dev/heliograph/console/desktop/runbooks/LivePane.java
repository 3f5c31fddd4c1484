package dev.heliograph.console.desktop.runbooks;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.table.LiveColumn;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.desktop.ui.table.RowAction;
import dev.heliograph.console.runbooks.RunbooksState.Live;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.Variable;
import dev.heliograph.runbook.VariableType;
import dev.heliograph.runbook.run.Reading;
import dev.heliograph.runbook.run.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;

/// What a step of the runbook sees now. A row can be taken as the value of a variable that its first cell fits.
final class LivePane extends BorderPane {

    private static final List<VariableType> TAKEN =
            List.of(VariableType.NETWORK, VariableType.ADDRESS, VariableType.NAME);

    private static final double FIRST = 150;
    private static final double NARROWEST = 88;
    private static final double LETTER = 8;
    private static final double PADDING = 28;

    private final Runbook runbook;
    private final BiConsumer<String, String> use;
    private final Label title = new Label(text("runbooks.live.title"));
    private List<String> columns = List.of();
    private Optional<LiveTable<String, List<String>>> table = Optional.empty();

    LivePane(Runbook runbook, BiConsumer<String, String> use) {
        this.runbook = runbook;
        this.use = use;
        title.getStyleClass().add("side-title");
        setTop(title);
        getStyleClass().add("live-pane");
    }

    void show(Optional<Live> live, RunState state) {
        if (live.isEmpty()) {
            return;
        }
        Live now = live.get();
        title.setText(text(
                "runbooks.live.of",
                state.runbook().step(now.step()).map(step -> step.title()).orElse(now.step())));
        Loaded<Reading> reading = now.reading();
        reading.data().ifPresent(this::show);
        table.ifPresent(shown -> shown.state(reading.problem()
                .<ViewState>map(sentence -> new ViewState.Failed(sentence, Optional.empty()))
                .orElse(
                        reading.data().isEmpty()
                                ? new ViewState.Loading(text("runbooks.live.reading"), Optional.empty())
                                : ViewState.ready())));
    }

    private void show(Reading reading) {
        if (!reading.columns().equals(columns) || table.isEmpty()) {
            columns = reading.columns();
            table = Optional.of(table(reading));
            setCenter(table.get());
        }
        table.get().publish(reading.rows());
        table.get().summary(reading.note());
    }

    private LiveTable<String, List<String>> table(Reading reading) {
        List<LiveColumn<List<String>, String>> made = new ArrayList<>();
        for (int i = 0; i < reading.columns().size(); i++) {
            made.add(column(i, reading));
        }
        LiveTable<String, List<String>> next = new LiveTable<>(text("runbooks.live.title"), List::getFirst, made);
        next.setId("runbook-live");
        next.emptyState(
                (ViewState.Empty) ViewState.empty(text("runbooks.live.empty"), text("runbooks.live.empty.hint")));
        List<RowAction<List<String>>> actions = new ArrayList<>();
        for (Variable variable : runbook.variables()) {
            if (TAKEN.contains(variable.type())) {
                actions.add(RowAction.<List<String>>of(
                                "use-" + variable.name(),
                                text("runbooks.live.use", variable.name()),
                                rows -> use.accept(
                                        variable.name(), rows.getFirst().getFirst()))
                        .single()
                        .when(rows -> variable.type().accepts(rows.getFirst().getFirst())));
            }
        }
        next.actions(actions);
        next.onOpen(this::take);
        return next;
    }

    private static LiveColumn<List<String>, String> column(int index, Reading reading) {
        String title = reading.columns().get(index);
        if (index == 0) {
            return LiveColumn.text("c0", title, (List<String> row) -> row.getFirst())
                    .width(FIRST)
                    .growing();
        }
        boolean measure = reading.rows().stream()
                .allMatch(row -> row.get(index).isEmpty()
                        || Character.isDigit(row.get(index).charAt(0)));
        double width = Math.max(NARROWEST, LETTER * title.length() + PADDING);
        return measure
                ? LiveColumn.<List<String>, String>measure("c" + index, title, row -> row.get(index), text -> text)
                        .width(width)
                : LiveColumn.text("c" + index, title, (List<String> row) -> row.get(index))
                        .width(width);
    }

    /// For the first variable that it fits.
    private void take(List<String> row) {
        runbook.variables().stream()
                .filter(variable -> TAKEN.contains(variable.type()))
                .filter(variable -> variable.type().accepts(row.getFirst()))
                .findFirst()
                .ifPresent(variable -> use.accept(variable.name(), row.getFirst()));
    }
}
