package dev.heliograph.console.desktop.audit;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.audit.AuditExport;
import dev.heliograph.console.audit.AuditFilter;
import dev.heliograph.console.audit.AuditFilter.Period;
import dev.heliograph.console.audit.AuditModel;
import dev.heliograph.console.audit.AuditUndo;
import dev.heliograph.console.desktop.ui.Action;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.ModelPage;
import dev.heliograph.console.desktop.ui.PageHeader;
import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.file.FileKind;
import dev.heliograph.console.desktop.ui.file.TextFiles;
import dev.heliograph.console.desktop.ui.form.SearchField;
import dev.heliograph.console.desktop.ui.form.SidePanel;
import dev.heliograph.console.desktop.ui.form.States;
import dev.heliograph.console.desktop.ui.form.TextPanel;
import dev.heliograph.console.desktop.ui.table.LiveColumn;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.desktop.ui.table.RowAction;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.wire.AuditRow;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What operators did: filtered, live, with a way back, and for the report of an incident. On JavaFX's thread.
public final class AuditPage extends ModelPage {

    private final AuditModel model;
    private final Commander commander;
    private final LiveTable<String, AuditRow> table;
    private final AuditPanel panel = new AuditPanel(this::undo, this::closePanel);
    private final TextPanel exported;
    private final SearchField words = new SearchField(text("audit.search"));
    private final SearchField operator = new SearchField(text("audit.search.operator"));
    private final SearchField action = new SearchField(text("audit.search.action"));
    private final ComboBox<Period> period = new ComboBox<>();
    private final Button older = new Button(text("audit.older"));
    private final HBox bottom = new HBox(older);

    /// @param files for what is exported
    public AuditPage(AuditModel model, Commander commander, TextFiles files) {
        super(model);
        this.model = model;
        this.commander = commander;
        table = table();
        exported = new TextPanel("audit-export", text("audit.export"), files, this::closePanel);
        MenuButton export = new MenuButton(text("audit.export"), new FontIcon(Feather.DOWNLOAD));
        export.setId("audit-export-menu");
        for (AuditExport form : AuditExport.values()) {
            MenuItem item = new MenuItem(form.title());
            item.setOnAction(_ -> export(form));
            export.getItems().add(item);
        }
        words.setId("audit-text");
        operator.setId("audit-operator");
        operator.setPrefWidth(120);
        operator.setMinWidth(100);
        action.setId("audit-action");
        action.setPrefWidth(140);
        action.setMinWidth(110);
        words.onSearch(_ -> filter());
        operator.onSearch(_ -> filter());
        action.onSearch(_ -> filter());
        period.setId("audit-period");
        period.setAccessibleText(text("audit.period"));
        period.getItems().setAll(Period.ALL, Period.WEEK, Period.DAY, Period.HOUR);
        period.setConverter(new StringConverter<>() {
            @Override
            public String toString(Period value) {
                return value == null ? "" : value.title();
            }

            @Override
            public Period fromString(String title) {
                throw new UnsupportedOperationException("it is chosen, not written");
            }
        });
        period.setValue(Period.ALL);
        period.setPrefWidth(140);
        period.setMinWidth(140);
        period.setOnAction(_ -> filter());
        words.setMinWidth(140);
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox bar = new HBox(words, operator, action, period);
        bar.getStyleClass().add("page-bar");
        older.setId("audit-older");
        older.setOnAction(_ -> model.more());
        bottom.getStyleClass().addAll("page-bar", "bottom");
        String style =
                Objects.requireNonNull(SidePanel.class.getResource("form.css")).toExternalForm();
        bar.getStylesheets().add(style);
        bottom.getStylesheets().add(style);
        BorderPane list = new BorderPane(table);
        list.setTop(bar);
        list.setBottom(bottom);
        root().setTop(new PageHeader(text("audit.title"), export));
        root().setCenter(list);
        watch(model.lines(), this::show);
        watch(
                model.liveProblem(),
                problem -> table.summary(
                        problem.map(why -> text("audit.not-live", why)).orElse("")));
    }

    private LiveTable<String, AuditRow> table() {
        LiveTable<String, AuditRow> made = new LiveTable<>(
                text("audit.title"),
                AuditRow::id,
                List.of(
                        LiveColumn.<AuditRow>text(
                                        "at",
                                        text("audit.column.at"),
                                        row -> Times.second(Instant.ofEpochMilli(row.at())))
                                .width(172),
                        LiveColumn.<AuditRow>text("operator", text("audit.column.operator"), AuditRow::operator)
                                .width(80),
                        LiveColumn.<AuditRow>text("action", text("audit.column.action"), AuditRow::action)
                                .width(112),
                        LiveColumn.<AuditRow>text("target", text("audit.column.target"), AuditRow::target)
                                .width(140),
                        LiveColumn.<AuditRow>status("outcome", text("audit.column.outcome"), AuditPage::outcome)
                                .width(104),
                        LiveColumn.<AuditRow>text("reason", text("audit.column.reason"), AuditRow::reason)
                                .width(96)
                                .growing()));
        made.setId("audit");
        made.emptyState((ViewState.Empty) ViewState.empty(text("audit.empty.title"), text("audit.empty.hint")));
        made.onSelection(rows -> {
            if (rows.size() == 1) {
                panel.show(rows.getFirst());
                root().setRight(panel);
            }
        });
        made.actions(List.of(RowAction.<AuditRow>of("undo", text("audit.undo"), "U", _ -> undo())
                .single()
                .when(rows -> AuditUndo.isOffered(rows.getFirst()))));
        return made;
    }

    /// In a word; what comes after it, "failed: no such file", is in the details.
    private static Status outcome(AuditRow row) {
        String word = row.outcome().split(":", 2)[0];
        return word.equals("ok")
                ? Status.of(word, Tone.GOOD)
                : Status.of(word, word.toLowerCase(Locale.ROOT).startsWith("refused") ? Tone.WARNING : Tone.BAD);
    }

    private void show(Loaded<AuditModel.Lines> loaded) {
        table.publish(loaded.data().map(AuditModel.Lines::rows).orElse(List.of()));
        table.state(States.of(loaded, text("audit.reading"), model::hidden, model::refresh));
        boolean more = loaded.data().filter(AuditModel.Lines::more).isPresent();
        bottom.setVisible(more);
        bottom.setManaged(more);
        older.setDisable(loaded.loading());
    }

    private void filter() {
        model.show(new AuditFilter(operator.getText(), action.getText(), words.getText(), period.getValue()));
    }

    private Optional<AuditRow> chosen() {
        List<AuditRow> rows = table.selectedRows();
        return rows.size() == 1 ? Optional.of(rows.getFirst()) : Optional.empty();
    }

    /// Shows one of the lines that are there.
    void select(String id) {
        table.select(List.of(id));
    }

    private void undo() {
        chosen().filter(AuditUndo::isOffered)
                .ifPresent(row -> commander.offer(
                        text("audit.undo.preparing"), () -> model.undo().propose(row)));
    }

    private void export(AuditExport form) {
        String cluster = model.cluster();
        exported.show("audit." + form.ending(), kind(form), model.all().thenApply(rows -> form.of(rows, cluster)));
        panel(exported);
    }

    private static FileKind kind(AuditExport form) {
        return switch (form) {
            case MARKDOWN -> FileKind.MARKDOWN;
            case CSV -> FileKind.CSV;
            case JSON -> FileKind.JSON;
        };
    }

    private void panel(Node shown) {
        root().setRight(shown);
        shown.requestFocus();
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
    public void search() {
        words.requestFocus();
    }

    @Override
    public List<Action> actions() {
        return List.of(
                Action.of("audit.undo", text("audit.undo"), "U", this::undo)
                        .when(() -> chosen().filter(AuditUndo::isOffered).isPresent()),
                Action.of("audit.timeline", text("audit.export.timeline"), "X", () -> export(AuditExport.MARKDOWN)),
                Action.of("audit.older", text("audit.older"), "O", model::more),
                Action.of("audit.refresh", text("audit.refresh"), "R", model::refresh));
    }
}
