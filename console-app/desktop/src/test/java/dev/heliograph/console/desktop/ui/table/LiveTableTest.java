package dev.heliograph.console.desktop.ui.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.text.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableRow;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // made on JavaFX's thread
class LiveTableTest extends UiTest {

    record Row(String id, String user, long queue) {

        Row(int number) {
            this("id" + number, "user" + number, number);
        }
    }

    private final List<List<Row>> selections = new CopyOnWriteArrayList<>();
    private final List<Row> opened = new CopyOnWriteArrayList<>();
    private final List<Boolean> holds = new CopyOnWriteArrayList<>();
    private final List<Optional<SortChoice>> sorts = new CopyOnWriteArrayList<>();
    private final List<TableLayout> layouts = new CopyOnWriteArrayList<>();
    private final List<List<Row>> dropped = new CopyOnWriteArrayList<>();
    private LiveTable<String, Row> table;

    @BeforeEach
    void show() {
        show(this::table, 800, 500);
    }

    private LiveTable<String, Row> table() {
        table = new LiveTable<>(
                "Connections",
                Row::id,
                List.of(
                        LiveColumn.text("user", "User", Row::user).sorts().growing(),
                        LiveColumn.measure("queue", "Queue", Row::queue, Formats::count)
                                .sorts(),
                        LiveColumn.status(
                                "state",
                                "State",
                                row -> row.queue() > 100
                                        ? Status.of("slow", Tone.WARNING)
                                        : Status.of("fine", Tone.GOOD)),
                        LiveColumn.text("id", "Id", Row::id).hidden()));
        table.onSelection(selections::add);
        table.onOpen(opened::add);
        table.onHold(holds::add);
        table.onSort(sorts::add);
        table.onLayout(layouts::add);
        table.actions(List.of(
                RowAction.of("disconnect", "Disconnect", "Shortcut+D", dropped::add),
                RowAction.<Row>of("detail", "Detail", _ -> {}).single()));
        return table;
    }

    private TableCell<?, ?> hovered(String shown) {
        TableCell<?, ?> cell = robot().lookup(
                        (Node node) -> node instanceof TableCell<?, ?> each && shown.equals(each.getText()))
                .queryAs(TableCell.class);
        robot().moveTo(cell);
        settle();
        return cell;
    }

    @Test
    void whatHasNoRoomIsWholeInATooltip() {
        String whole = "a name that is longer than any column of this table could ever be in a window of 800 pixels "
                + "and whose end nobody could read without help";
        publish(List.of(new Row("id1", whole, 1), new Row("id2", "bob", 2)));

        assertThat(hovered(whole).getTooltip())
                .isNotNull()
                .extracting(Tooltip::getText)
                .isEqualTo(whole);
        assertThat(hovered("bob").getTooltip()).isNull();
    }

    private void publish(List<Row> rows) {
        robot().interact(() -> table.publish(rows));
        settle();
    }

    private static List<Row> rows(int... numbers) {
        return IntStream.of(numbers).mapToObj(Row::new).toList();
    }

    private static List<Row> many(int count) {
        return IntStream.range(0, count).mapToObj(Row::new).toList();
    }

    private String cell(int row, int column) {
        return ((Labeled) robot().from(row(row))
                        .lookup((Node node) -> node.getStyleClass().contains("table-cell"))
                        .nth(column)
                        .query())
                .getText();
    }

    private TableRow<?> row(int index) {
        return robot().lookup(
                        (Node node) -> node instanceof TableRow<?> row && row.getIndex() == index && !row.isEmpty())
                .queryAs(TableRow.class);
    }

    private List<Integer> highlighted() {
        settle();
        return robot()
                .lookup((Node node) -> node instanceof TableRow<?> row && row.isSelected() && !row.isEmpty())
                .queryAllAs(IndexedCell.class)
                .stream()
                .map(cell -> ((IndexedCell<?>) cell).getIndex())
                .sorted()
                .toList();
    }

    @Test
    void showsWhatIsPublished() {
        publish(rows(1, 2));
        assertThat(cell(0, 0)).isEqualTo("user1");
        assertThat(cell(1, 1)).isEqualTo("2");

        publish(List.of(new Row("id1", "user1", 700), new Row(2)));
        assertThat(cell(0, 1)).isEqualTo("700");
        assertThat(robot().lookup("700 rows").tryQuery()).isEmpty();
        assertThat(robot().lookup("2 rows").tryQuery()).isPresent();
    }

    @Test
    void rowsComeAndGo() {
        publish(many(1_000));
        publish(rows(7));
        assertThat(cell(0, 0)).isEqualTo("user7");
        assertThat(robot().lookup((Node node) -> node instanceof TableRow<?> row && !row.isEmpty())
                        .queryAll())
                .hasSize(1);

        publish(many(3));
        assertThat(cell(0, 0)).isEqualTo("user0");
        assertThat(cell(2, 0)).isEqualTo("user2");
    }

    @Test
    void theSelectionStaysWithItsRows() {
        publish(rows(1, 2, 3, 4));
        robot().clickOn(row(1));
        assertThat(selections.getLast()).containsExactly(new Row(2));

        publish(rows(4, 3, 2, 1));
        assertThat(highlighted()).containsExactly(2);

        publish(rows(4, 3));
        assertThat(highlighted()).isEmpty();
        assertThat(table.selectedIds()).containsExactly("id2");
        assertThat(robot().lookup("1 selected, 1 of them gone").tryQuery()).isPresent();

        publish(rows(2, 4));
        assertThat(highlighted()).containsExactly(0);
        assertThat(selections).hasSize(1);
    }

    @Test
    void selectsSeveralWithTheKeyboard() {
        publish(many(50));
        robot().clickOn(row(2));
        robot().press(KeyCode.SHIFT).type(KeyCode.DOWN, 3).release(KeyCode.SHIFT);
        assertThat(highlighted()).containsExactly(2, 3, 4, 5);

        robot().press(KeyCode.CONTROL)
                .type(KeyCode.DOWN, 2)
                .release(KeyCode.CONTROL)
                .type(KeyCode.SPACE);
        assertThat(highlighted()).containsExactly(2, 3, 4, 5, 7);

        robot().press(KeyCode.CONTROL).type(KeyCode.A).release(KeyCode.CONTROL);
        assertThat(table.selectedIds()).hasSize(50);

        robot().type(KeyCode.ESCAPE);
        assertThat(table.selectedIds()).isEmpty();
    }

    @Test
    void theKeyboardGoesThroughAllRowsAndOpensOne() {
        publish(many(1_000));
        robot().clickOn(row(0));
        robot().type(KeyCode.END);
        Awaitility.await().untilAsserted(() -> assertThat(highlighted()).containsExactly(999));
        robot().type(KeyCode.PAGE_UP);
        robot().type(KeyCode.ENTER);

        assertThat(opened)
                .singleElement()
                .satisfies(row -> assertThat(row.queue()).isBetween(960L, 998L));
    }

    @Test
    void aDoubleClickOpensTheDetail() {
        publish(rows(5));
        robot().doubleClickOn(row(0));

        assertThat(opened).containsExactly(new Row(5));
    }

    @Test
    void rowsAreToStayWhileAnyIsSelectedOrPointedAt() {
        robot().moveTo(table.getBottom());
        publish(many(5));
        assertThat(holds).containsExactly(false);

        robot().moveTo(row(0));
        assertThat(holds).containsExactly(false, true);

        robot().clickOn(row(0));
        robot().moveTo(table.getBottom());
        assertThat(holds).containsExactly(false, true);
        assertThat(robot().lookup("Order held").query().isVisible()).isTrue();

        robot().type(KeyCode.ESCAPE);
        assertThat(holds).containsExactly(false, true, false);
    }

    @Test
    void aColumnAsksForTheMostFirstThenTheLeastThenNothing() {
        publish(rows(1, 2, 3));
        // The headless robot's clicks look like those for a context menu to JavaFX's titles, which then do not sort.
        for (String column : List.of("queue", "queue", "queue", "user")) {
            robot().interact(() -> table.toggleSort(column));
        }

        assertThat(sorts)
                .containsExactly(
                        Optional.of(new SortChoice("queue", true)),
                        Optional.of(new SortChoice("queue", false)),
                        Optional.empty(),
                        Optional.of(new SortChoice("user", false)));
        assertThat(cell(0, 0)).as("rows are where the model puts them").isEqualTo("user1");
    }

    @Test
    void copiesTheSelectedRowsWithTheirTitles() {
        publish(rows(1, 200, 3));
        robot().clickOn(row(0));
        robot().press(KeyCode.SHIFT).type(KeyCode.DOWN).release(KeyCode.SHIFT);
        robot().press(KeyCode.CONTROL).type(KeyCode.C).release(KeyCode.CONTROL);

        List<String> copied = new ArrayList<>();
        robot().interact(() -> copied.add(Clipboard.getSystemClipboard().getString()));
        assertThat(copied).containsExactly("User\tQueue\tState\nuser1\t1\tfine\nuser200\t200\tslow\n");
    }

    @Test
    void theMenuOffersWhatCanBeDoneWithTheRowsUnderThePointer() {
        publish(many(5));
        robot().clickOn(row(0));
        robot().press(KeyCode.SHIFT).type(KeyCode.DOWN).release(KeyCode.SHIFT);
        robot().clickOn(row(1), MouseButton.SECONDARY);
        ContextMenu menu = table.view().getContextMenu();
        assertThat(menu.getItems())
                .filteredOn(item -> item.getId() != null)
                .extracting(MenuItem::getId, MenuItem::isDisable)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("disconnect", false),
                        org.assertj.core.groups.Tuple.tuple("detail", true),
                        org.assertj.core.groups.Tuple.tuple("copy-rows", false));

        robot().clickOn("Disconnect");
        assertThat(dropped).containsExactly(rows(0, 1));

        robot().clickOn(row(4), MouseButton.SECONDARY);
        assertThat(highlighted()).containsExactly(4);
        assertThat(menu.getItems()).filteredOn(MenuItem::isDisable).isEmpty();
    }

    @Test
    void actionsHaveKeys() {
        publish(many(5));
        robot().clickOn(row(3));
        robot().press(KeyCode.CONTROL).type(KeyCode.D).release(KeyCode.CONTROL);

        assertThat(dropped).containsExactly(rows(3));
    }

    @Test
    void columnsAreChosenAndRemembered() {
        robot().interact(() -> table.setTop(table.columnChooser()));
        publish(rows(1));
        robot().clickOn("Columns").clickOn("Id");
        Awaitility.await().untilAsserted(() -> assertThat(layouts).isNotEmpty());
        assertThat(layouts.getLast().columns()).last().satisfies(column -> {
            assertThat(column.id()).isEqualTo("id");
            assertThat(column.shown()).isTrue();
        });

        robot().interact(() -> table.layout(new TableLayout(List.of(
                new TableLayout.Column("queue", 90, true),
                new TableLayout.Column("no such column", 10, true),
                new TableLayout.Column("user", 300, false)))));
        assertThat(table.view().getVisibleLeafColumns())
                .extracting(column -> column.getId())
                .containsExactly("queue", "state", "id");
        assertThat(table.tableLayout().columns().getFirst()).isEqualTo(new TableLayout.Column("queue", 90, true));
    }

    @Test
    void saysWhyThereIsNothing() {
        robot().interact(() -> table.emptyState(
                (ViewState.Empty) ViewState.empty("No connection matches", "Take a part of the query away.")));
        assertThat(robot().lookup("No connection matches").tryQuery()).isPresent();

        robot().interact(() -> table.state(ViewState.loading("Reading connections", () -> {})));
        assertThat(robot().lookup("No connection matches").tryQuery()).isEmpty();
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(robot().lookup("Reading connections").tryQuery())
                                .isPresent());

        robot().interact(() -> table.state(ViewState.failed("The node does not answer.", () -> {})));
        assertThat(robot().lookup("The node does not answer.").tryQuery()).isPresent();
    }

    @Test
    void aFailureLeavesTheRowsThatThereAre() {
        List<String> retried = new CopyOnWriteArrayList<>();
        publish(rows(1, 2));
        robot().interact(() -> table.state(ViewState.failed("The node does not answer.", () -> retried.add("again"))));
        assertThat(cell(0, 0)).isEqualTo("user1");

        robot().clickOn("Try again");
        assertThat(retried).hasSize(1);

        robot().interact(() -> table.state(ViewState.ready()));
        assertThat(robot().lookup("The node does not answer.")
                        .query()
                        .getParent()
                        .isVisible())
                .isFalse();
    }

    @Test
    void rowsThatAreGoneLookSoAndAreNotActedOn() {
        List<Row> shown = rows(1, 2);
        robot().interact(() -> {
            table.publish(shown, row -> row.id().equals("id1"));
            table.select(List.of("id1", "id2"));
        });
        settle();

        assertThat(row(0).getPseudoClassStates()).extracting(Object::toString).contains("departed");
        assertThat(table.selectedRows()).containsExactly(new Row(2));
    }
}
