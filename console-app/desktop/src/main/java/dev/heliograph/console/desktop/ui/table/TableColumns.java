package dev.heliograph.console.desktop.ui.table;

import static dev.heliograph.console.text.Messages.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.animation.PauseTransition;
import javafx.beans.Observable;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.util.Duration;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The columns of a live table: their titles, what is sorted by, and how the operator arranged them.
final class TableColumns<V> {

    /// While a column is dragged wider its width changes all the time; only the last one is worth keeping.
    private static final Duration SETTLED = Duration.millis(400);

    private static final double MIN_WIDTH = 48;

    private final TableView<V> table;
    private final Map<String, LiveColumn<V, ?>> columns = new LinkedHashMap<>();
    private final Map<String, TableColumn<V, ?>> views = new LinkedHashMap<>();
    private final TableLayout original;
    private final PauseTransition settling = new PauseTransition(SETTLED);
    private Optional<SortChoice> sort = Optional.empty();
    private Consumer<? super Optional<SortChoice>> sortListener = _ -> {};
    private Consumer<? super TableLayout> layoutListener = _ -> {};
    private boolean arranging;

    TableColumns(TableView<V> table, List<? extends LiveColumn<V, ?>> columns) {
        this.table = table;
        columns.forEach(column -> this.columns.put(column.id(), column));
        columns.forEach(column -> views.put(column.id(), view(column)));
        table.getColumns().setAll(views.values());
        original = layout();
        table.setSortPolicy(_ -> {
            titleClicked();
            return true;
        });
        settling.setOnFinished(_ -> layoutListener.accept(layout()));
        table.getColumns().addListener((Observable _) -> arranged());
        views.values().forEach(view -> {
            view.widthProperty().subscribe((_, _) -> arranged());
            view.visibleProperty().subscribe((_, _) -> {
                arranged();
                fill();
            });
        });
        table.widthProperty().subscribe(_ -> fill());
    }

    void onSort(Consumer<? super Optional<SortChoice>> listener) {
        sortListener = listener;
    }

    Optional<SortChoice> sort() {
        return sort;
    }

    void sort(Optional<SortChoice> choice) {
        sort = choice;
        arranging = true;
        try {
            choice.ifPresentOrElse(
                    each -> {
                        TableColumn<V, ?> view = views.get(each.column());
                        if (view != null) {
                            view.setSortType(
                                    each.descending()
                                            ? TableColumn.SortType.DESCENDING
                                            : TableColumn.SortType.ASCENDING);
                            table.getSortOrder().setAll(List.of(view));
                        }
                    },
                    () -> table.getSortOrder().clear());
        } finally {
            arranging = false;
        }
    }

    void onLayout(Consumer<? super TableLayout> listener) {
        layoutListener = listener;
    }

    TableLayout layout() {
        return new TableLayout(table.getColumns().stream()
                .map(view -> new TableLayout.Column(
                        view.getId(),
                        view.getWidth() > 0 ? Math.rint(view.getWidth()) : view.getPrefWidth(),
                        view.isVisible()))
                .toList());
    }

    void layout(TableLayout layout) {
        arranging = true;
        try {
            List<TableColumn<V, ?>> order = new ArrayList<>();
            for (TableLayout.Column column : layout.columns()) {
                TableColumn<V, ?> view = views.get(column.id());
                if (view != null && !order.contains(view)) {
                    view.setPrefWidth(Math.max(MIN_WIDTH, column.width()));
                    view.setVisible(column.shown());
                    order.add(view);
                }
            }
            views.values().stream().filter(view -> !order.contains(view)).forEach(order::add);
            table.getColumns().setAll(order);
        } finally {
            arranging = false;
        }
        fill();
    }

    MenuButton chooser() {
        return new ColumnChooser<>(views.values(), () -> {
            layout(original);
            arranged();
        });
    }

    /// The rows as lines of cells with tabs in between, below a line with the titles; of the columns that are shown.
    String tabSeparated(List<V> rows) {
        List<LiveColumn<V, ?>> shown = table.getVisibleLeafColumns().stream()
                .<LiveColumn<V, ?>>map(view -> column(view.getId()))
                .toList();
        StringBuilder lines = new StringBuilder();
        lines.append(shown.stream().map(LiveColumn::title).collect(Collectors.joining("\t")))
                .append('\n');
        for (V row : rows) {
            lines.append(shown.stream()
                            .map(column -> column.textOf(row).replaceAll("\\s", " "))
                            .collect(Collectors.joining("\t")))
                    .append('\n');
        }
        return lines.toString();
    }

    private LiveColumn<V, ?> column(String id) {
        return java.util.Objects.requireNonNull(columns.get(id), id);
    }

    private <T> TableColumn<V, T> view(LiveColumn<V, T> column) {
        TableColumn<V, T> view = new TableColumn<>(column.title());
        view.setId(column.id());
        view.setPrefWidth(column.width());
        view.setMinWidth(MIN_WIDTH);
        view.setVisible(column.shown());
        view.setSortable(column.sortable());
        view.setCellValueFactory(
                cell -> new ReadOnlyObjectWrapper<>(column.value().apply(cell.getValue())));
        view.setCellFactory(_ -> new LiveCell<>(column));
        if (column.alignment() == Pos.CENTER_RIGHT) {
            view.getStyleClass().add("right");
        }
        return view;
    }

    /// A title was clicked, and JavaFX has made something of it. What it makes begins with the least always, and would
    /// sort by several; so the choice is made anew from the one before.
    private void titleClicked() {
        if (arranging) {
            return;
        }
        table.getSortOrder().stream()
                .map(TableColumn::getId)
                .filter(id -> sort.map(choice -> !choice.column().equals(id)).orElse(true))
                .findFirst()
                .or(() -> sort.map(SortChoice::column))
                .ifPresent(this::toggleSort);
    }

    /// What a click on the title does: by this column, then the other way round, then none.
    void toggleSort(String id) {
        Optional<SortChoice> next = sort.filter(choice -> choice.column().equals(id))
                .map(this::next)
                .orElseGet(() -> Optional.of(new SortChoice(id, column(id).descending())));
        sort(next);
        sortListener.accept(next);
    }

    private Optional<SortChoice> next(SortChoice choice) {
        boolean first = choice.descending() == column(choice.column()).descending();
        return first ? Optional.of(new SortChoice(choice.column(), !choice.descending())) : Optional.empty();
    }

    private void arranged() {
        if (!arranging) {
            settling.playFromStart();
        }
    }

    /// The titles as a menu, for those who work with the keyboard; empty if nothing can be sorted by.
    Optional<Menu> sortMenu() {
        Menu menu = new Menu(text("controls.table.sort"), new FontIcon(Feather.BAR_CHART));
        for (TableColumn<V, ?> view : table.getVisibleLeafColumns()) {
            if (view.isSortable()) {
                MenuItem item = new MenuItem(view.getText());
                item.setId("sort-" + view.getId());
                sort.filter(choice -> choice.column().equals(view.getId()))
                        .ifPresent(choice -> item.setGraphic(
                                new FontIcon(choice.descending() ? Feather.ARROW_DOWN : Feather.ARROW_UP)));
                item.setOnAction(_ -> toggleSort(view.getId()));
                menu.getItems().add(item);
            }
        }
        return menu.getItems().isEmpty() ? Optional.empty() : Optional.of(menu);
    }

    /// Gives the column that grows the room that is left.
    private void fill() {
        Map<Boolean, List<TableColumn<V, ?>>> shown = new HashMap<>(table.getColumns().stream()
                .filter(TableColumn::isVisible)
                .collect(Collectors.partitioningBy(view -> column(view.getId()).grows())));
        List<TableColumn<V, ?>> growing = shown.getOrDefault(true, List.of());
        if (growing.isEmpty() || table.getWidth() <= 0) {
            return;
        }
        TableColumn<V, ?> last = growing.getLast();
        double others = table.getColumns().stream()
                .filter(view -> view.isVisible() && !view.equals(last))
                .mapToDouble(view -> view.getWidth() > 0 ? view.getWidth() : view.getPrefWidth())
                .sum();
        double room = table.getWidth() - others - SCROLL_BAR;
        boolean arrangingBefore = arranging;
        arranging = true;
        try {
            last.setPrefWidth(Math.max(column(last.getId()).width(), room));
        } finally {
            arranging = arrangingBefore;
        }
    }

    /// What is kept free of columns at the right, so that a vertical scroll bar does not call for a horizontal one.
    private static final double SCROLL_BAR = 18;
}
