package dev.heliograph.console.desktop.ui.table;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.Controls;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.StateView;
import dev.heliograph.console.desktop.ui.ViewState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;

/// A table of very many rows that change all the time. Shows what is published; filtering and ordering are its model's
/// work, elsewhere than on JavaFX's thread.
///
/// - [#publish] costs time for the rows in sight only, however many there are.
/// - Rows are selected by id. What is selected stays so while rows move, go and come back, until the operator unselects
/// it.
/// - While the pointer is over the rows, or any is selected, [#onHold] says that rows should stay where they are.
/// - A click on a title asks for another order through [#onSort], also during a hold; the titles show the choice at
/// once.
/// - Keys: arrows, page up and down, home and end (with Shift for a range, with Ctrl without selecting), Space, Ctrl+A,
///   Ctrl+C for a tab-separated copy, Enter or a double click for the detail, Escape to unselect, and those of its
///   actions.
///
/// On JavaFX's thread.
///
/// @param <K> the id of a row, with `equals` and `hashCode`
/// @param <V> a row: immutable, with `equals`, so that an unchanged one costs nothing
public final class LiveTable<K, V> extends BorderPane {

    private static final double ROW_HEIGHT = 30;

    private final Function<? super V, ? extends K> id;
    private final PublishedList<V> published = new PublishedList<>();
    private final RowSelection<K> selection = new RowSelection<>();
    private final TableView<V> table = new TableView<>();
    private final TableColumns<V> columns;
    private final TableRows<V> rows;
    private final StateView placeholder = new StateView();
    private final Trouble trouble = new Trouble();
    private final TableFooter footer = new TableFooter();

    private Predicate<? super V> departed = _ -> false;
    private ViewState emptiness =
            ViewState.empty(text("controls.table.empty.title"), text("controls.table.empty.hint"));
    private ViewState state = ViewState.ready();
    private Consumer<? super List<V>> selectionListener = _ -> {};
    private Consumer<? super V> openListener = _ -> {};
    private Consumer<? super Boolean> holdListener = _ -> {};
    private List<RowAction<V>> actions = List.of();
    private final ContextMenu menu = new ContextMenu();
    private boolean held;

    /// @param accessibleName what the table is of, for those who cannot see it: "Connections"
    /// @param id             of a row
    /// @param columns        in the order that they have at first
    public LiveTable(
            String accessibleName, Function<? super V, ? extends K> id, List<? extends LiveColumn<V, ?>> columns) {
        Fx.checkThread();
        this.id = id;
        getStyleClass().add("live-table");
        // Selection by index is of no use here; and JavaFX's own costs seconds with very many rows.
        table.setSelectionModel(null);
        table.setFixedCellSize(ROW_HEIGHT);
        table.setAccessibleText(accessibleName);
        table.setItems(published);
        table.setPlaceholder(new StackPane());
        this.columns = new TableColumns<>(table, columns);
        this.rows = new TableRows<>(table);
        table.setRowFactory(_ -> row());
        table.addEventFilter(KeyEvent.KEY_PRESSED, new TableKeys(new Keyboard())::handle);
        table.hoverProperty().subscribe(_ -> hold());
        table.setContextMenu(menu);
        // JavaFX does not even begin to show a menu without items.
        table.addEventFilter(ContextMenuEvent.CONTEXT_MENU_REQUESTED, _ -> fillMenu());
        menu.showingProperty().subscribe(_ -> hold());
        setTop(trouble);
        setCenter(new StackPane(table, placeholder));
        setBottom(footer);
        show();
    }

    /// Its rows of now, in the order in which they are to be seen. The list is kept: it must not change any more, and
    /// be
    /// quick by index.
    public void publish(List<V> next) {
        publish(next, _ -> false);
    }

    /// Shows these rows from now on.
    ///
    /// @param gone which of the rows are not there any more and only still shown
    public void publish(List<V> next, Predicate<? super V> gone) {
        Fx.checkThread();
        departed = gone;
        boolean wasEmpty = published.isEmpty();
        published.publish(next);
        selection.rows(next.size(), index -> id.apply(next.get(index)));
        rows.refresh();
        footer.rows(next.size());
        footer.missing(selection.missing());
        if (wasEmpty || next.isEmpty()) {
            show();
        }
    }

    /// How it stands with the rows. A failure is told above rows that there are already; these stay.
    public void state(ViewState next) {
        state = next;
        show();
    }

    /// What is shown when there are no rows, although all went well.
    public void emptyState(ViewState.Empty next) {
        emptiness = next;
        show();
    }

    /// What is to be read below the table, beside the number of rows.
    public void summary(String sentence) {
        footer.summary(sentence);
    }

    /// What can be done with the selected rows.
    public void actions(List<RowAction<V>> next) {
        actions = List.copyOf(next);
    }

    /// Hears of the selected rows when others are selected.
    public void onSelection(Consumer<? super List<V>> listener) {
        selectionListener = listener;
    }

    /// Hears of the row whose detail is wanted.
    public void onOpen(Consumer<? super V> listener) {
        openListener = listener;
    }

    /// Hears whether rows should stay where they are.
    public void onHold(Consumer<? super Boolean> listener) {
        holdListener = listener;
        listener.accept(held);
    }

    /// Hears of the order that the operator wants; of none, if that of the model will do.
    public void onSort(Consumer<? super Optional<SortChoice>> listener) {
        columns.onSort(listener);
    }

    /// Shows an order in the titles without asking for it.
    public void sort(Optional<SortChoice> choice) {
        columns.sort(choice);
    }

    public Optional<SortChoice> sort() {
        return columns.sort();
    }

    /// What a click on the title of a column does.
    public void toggleSort(String column) {
        columns.toggleSort(column);
    }

    /// Hears when the operator has arranged the columns otherwise.
    public void onLayout(Consumer<? super TableLayout> listener) {
        columns.onLayout(listener);
    }

    /// Arranges the columns. Those that it does not know stay as they are, at the end.
    public void layout(TableLayout layout) {
        columns.layout(layout);
    }

    public TableLayout tableLayout() {
        return columns.layout();
    }

    /// A button that opens the choice of columns, for the page's bar.
    public MenuButton columnChooser() {
        return columns.chooser();
    }

    /// The ids of the selected rows, also of those that are not there any more.
    public Set<K> selectedIds() {
        return Set.copyOf(selection.ids());
    }

    /// The selected rows that are there, in their order and with their values of now.
    public List<V> selectedRows() {
        List<V> selected = new ArrayList<>();
        if (!selection.isEmpty()) {
            for (V row : published.rows()) {
                if (selection.contains(id.apply(row)) && !departed.test(row)) {
                    selected.add(row);
                }
            }
        }
        return selected;
    }

    /// Selects these and no others, whether they are there or not yet.
    public void select(Collection<? extends K> ids) {
        selection.set(ids);
        selected();
        if (selection.cursor() >= 0) {
            rows.reveal(selection.cursor());
        }
    }

    /// What is published.
    public List<V> rows() {
        return published.rows();
    }

    /// The table within, for what this class does not offer.
    public TableView<V> view() {
        return table;
    }

    @Override
    public void requestFocus() {
        table.requestFocus();
    }

    private LiveRow<V> row() {
        LiveRow<V> row = new LiveRow<>(new Look());
        row.addEventFilter(MouseEvent.MOUSE_PRESSED, event -> press(row, event));
        return row;
    }

    private void press(LiveRow<V> row, MouseEvent event) {
        table.requestFocus();
        V value = row.getItem();
        if (row.isEmpty() || value == null) {
            if (!event.isShiftDown() && !event.isShortcutDown()) {
                clear();
            }
            return;
        }
        if (event.getButton() == MouseButton.SECONDARY) {
            if (!selection.contains(id.apply(value))) {
                selection.point(row.getIndex(), false, false);
                selected();
            }
        } else if (event.getButton() == MouseButton.PRIMARY) {
            selection.point(row.getIndex(), event.isShiftDown(), event.isShortcutDown());
            selected();
            if (event.getClickCount() == 2) {
                openListener.accept(value);
            }
        }
        event.consume();
    }

    private void selected() {
        rows.restyle();
        footer.selected(selection.ids().size());
        footer.missing(selection.missing());
        hold();
        selectionListener.accept(selectedRows());
    }

    private void clear() {
        if (!selection.isEmpty()) {
            selection.clear();
            selected();
        }
    }

    private void hold() {
        boolean next = table.isHover() || menu.isShowing() || !selection.isEmpty();
        if (next != held) {
            held = next;
            footer.held(next);
            holdListener.accept(next);
        }
    }

    private void show() {
        boolean empty = published.isEmpty();
        ViewState instead = state instanceof ViewState.Ready ? emptiness : state;
        placeholder.show(empty ? instead : ViewState.ready());
        trouble.show(empty ? ViewState.ready() : state);
        // How many there are is not known before they are read.
        footer.known(!(empty && (state instanceof ViewState.Failed || state instanceof ViewState.Loading)));
    }

    private void fillMenu() {
        List<V> chosen = selectedRows();
        menu.getItems().setAll(RowMenu.items(chosen, actions, this::copy));
        columns.sortMenu().ifPresent(menu.getItems()::add);
    }

    private void copy() {
        ClipboardContent content = new ClipboardContent();
        content.putString(columns.tabSeparated(selectedRows()));
        Clipboard.getSystemClipboard().setContent(content);
    }

    private boolean act(KeyEvent event) {
        List<V> chosen = selectedRows();
        if (chosen.isEmpty()) {
            return false;
        }
        for (RowAction<V> action : actions) {
            if (action.key().filter(key -> key.match(event)).isPresent()) {
                if (action.possible().test(chosen)) {
                    action.run().accept(chosen);
                }
                return true;
            }
        }
        return false;
    }

    /// What the rows ask.
    private final class Look implements LiveRow.Look<V> {

        @Override
        public boolean isSelected(V row) {
            return selection.contains(id.apply(row));
        }

        @Override
        public boolean isCursor(int index) {
            return selection.cursor() == index;
        }

        @Override
        public boolean isDeparted(V row) {
            return departed.test(row);
        }
    }

    /// What the keys do.
    private final class Keyboard implements TableKeys.Target {

        @Override
        public int size() {
            return published.size();
        }

        @Override
        public int page() {
            return rows.page();
        }

        @Override
        public int cursor() {
            return selection.cursor();
        }

        @Override
        public void move(int index, boolean range, boolean leave) {
            selection.move(index, range, leave);
            rows.reveal(selection.cursor());
            selected();
        }

        @Override
        public void toggle() {
            if (selection.cursor() >= 0) {
                selection.toggle(selection.cursor());
                selected();
            }
        }

        @Override
        public void all() {
            selection.all();
            selected();
        }

        @Override
        public boolean clear() {
            boolean something = !selection.isEmpty();
            LiveTable.this.clear();
            return something;
        }

        @Override
        public void copy() {
            LiveTable.this.copy();
        }

        @Override
        public boolean open() {
            int cursor = selection.cursor();
            if (cursor < 0) {
                return false;
            }
            openListener.accept(published.get(cursor));
            return true;
        }

        @Override
        public boolean act(KeyEvent event) {
            return LiveTable.this.act(event);
        }

        @Override
        public void scroll(double pixels) {
            rows.scroll(pixels);
        }
    }

    @Override
    public String getUserAgentStylesheet() {
        return Controls.stylesheet();
    }
}
