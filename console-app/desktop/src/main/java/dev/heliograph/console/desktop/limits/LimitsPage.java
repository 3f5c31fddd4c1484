package dev.heliograph.console.desktop.limits;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.ModelPage;
import dev.heliograph.console.desktop.ui.PageHeader;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.form.States;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.desktop.ui.table.RowAction;
import dev.heliograph.console.limits.LimitForm;
import dev.heliograph.console.limits.LimitsModel;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.wire.LimitRate;
import dev.heliograph.console.wire.LimitRow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Limits with what they do now; changes are staged, applied together and taken back by a timer unless they are kept.
/// On
/// JavaFX's thread.
public final class LimitsPage extends ModelPage {

    private final LimitsModel model;
    private final LiveTable<String, LimitLine> table;
    private final LimitEditor editor;
    private final LimitDetail detail;
    private final StagedBar staged;
    private final TrialBar trial;

    public LimitsPage(LimitsModel model, Commander commander) {
        super(model);
        this.model = model;
        editor = new LimitEditor(model, this::closePanel);
        detail = new LimitDetail(model.clock(), this::edit, this::remove, this::closePanel);
        staged = new StagedBar(model, commander);
        trial = new TrialBar(model, commander);
        table = new LiveTable<>(text("limits.title"), LimitLine::name, LimitLine.columns());
        table.setId("limits");
        table.emptyState((ViewState.Empty) ViewState.empty(
                text("limits.empty.title"), text("limits.empty.hint"), text("limits.new"), this::create));
        table.actions(List.of(
                RowAction.<LimitLine>of("edit", text("limits.edit"), "E", _ -> edit())
                        .single()
                        .when(lines -> !lines.getFirst().row().configured()),
                RowAction.<LimitLine>of("remove", text("limits.stage.removal"), "Delete", _ -> remove())
                        .single()
                        .when(lines -> !lines.getFirst().row().configured())));
        table.onOpen(line -> look(line.row()));
        table.onSelection(this::selected);
        Button create = new Button(text("limits.new"), new FontIcon(Feather.PLUS));
        create.setId("limit-new");
        create.getStyleClass().add(Styles.ACCENT);
        create.setOnAction(_ -> create());
        root().setTop(new VBox(new PageHeader(text("limits.title"), create), trial));
        root().setCenter(table);
        root().setBottom(staged);
        everySecond(this::tick);
        closeLater(editor::close);
        closeLater(staged::close);
        closeLater(trial::close);
        watch(model.limits(), _ -> show());
        watch(model.rates(), _ -> show());
        watch(
                model.liveProblem(),
                problem -> table.summary(
                        problem.map(why -> text("limits.no-rates", why)).orElse("")));
    }

    private void show() {
        Loaded<List<LimitRow>> loaded = model.limits().get();
        Map<String, LimitRate> rates = model.rates().get();
        table.publish(loaded.data().orElse(List.of()).stream()
                .map(row -> new LimitLine(row, rates.getOrDefault(row.name(), new LimitRate(row.name(), 0, 0, 0))))
                .toList());
        table.state(States.of(loaded, text("limits.reading"), () -> {}, model::refresh));
        if (root().getRight() == detail) {
            chosen().ifPresent(detail::show);
        }
    }

    private void tick() {
        trial.tick();
    }

    private Optional<LimitRow> chosen() {
        List<LimitLine> lines = table.selectedRows();
        return lines.size() == 1 ? Optional.of(lines.getFirst().row()) : Optional.empty();
    }

    private void selected(List<LimitLine> lines) {
        // A form that is being filled is not taken away by a click into the table.
        if (lines.size() == 1 && root().getRight() != editor) {
            look(lines.getFirst().row());
        }
    }

    private void look(LimitRow row) {
        detail.show(row);
        root().setRight(detail);
    }

    private void create() {
        open(LimitForm.empty(), false);
    }

    private void edit() {
        chosen().filter(row -> !row.configured()).ifPresent(row -> open(LimitForm.of(row), true));
    }

    /// @param there whether it is a limit that is there
    void open(LimitForm form, boolean there) {
        editor.edit(form, there);
        panel(editor);
    }

    private void remove() {
        chosen().filter(row -> !row.configured()).ifPresent(row -> model.stageRemoval(row.name()));
    }

    private boolean isOneChosen() {
        return chosen().filter(row -> !row.configured()).isPresent();
    }

    private void panel(Node panel) {
        root().setRight(panel);
        panel.requestFocus();
    }

    private void closePanel() {
        root().setRight(null);
        table.requestFocus();
    }

    @Override
    public void focus() {
        table.requestFocus();
    }

    @Override
    public List<Action> actions() {
        return List.of(
                Action.of("limits.new", text("limits.new"), "N", this::create),
                Action.of("limits.edit", text("limits.edit"), "E", this::edit).when(this::isOneChosen),
                Action.of("limits.remove", text("limits.stage.removal"), "D", this::remove)
                        .when(this::isOneChosen),
                Action.of("limits.apply", text("limits.apply"), "A", staged::apply)
                        .when(() -> !model.staged().get().isEmpty()),
                Action.of("limits.keep", text("limits.trial.keep"), "K", trial::keep)
                        .when(() -> model.trial().running().get().isPresent()),
                Action.of("limits.revert", text("limits.trial.revert"), "Z", model::revertNow)
                        .when(() -> model.trial().running().get().isPresent()),
                Action.of("limits.refresh", text("limits.refresh"), "R", model::refresh));
    }
}
