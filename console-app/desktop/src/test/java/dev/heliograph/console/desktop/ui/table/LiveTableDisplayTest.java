package dev.heliograph.console.desktop.ui.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.text.Formats;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the mouse of the headless toolkit cannot do: keys held while clicking, and clicks on the titles of columns.
@Tag("display")
@SuppressWarnings("NullAway.Init") // made on JavaFX's thread
class LiveTableDisplayTest extends UiTest {

    private final List<Optional<SortChoice>> sorts = new CopyOnWriteArrayList<>();
    private LiveTable<Integer, Integer> table;

    @BeforeEach
    void show() {
        show(
                () -> {
                    table = new LiveTable<>(
                            "Numbers",
                            number -> number,
                            List.of(
                                    LiveColumn.text("name", "Name", (Integer number) -> "row " + number)
                                            .sorts(),
                                    LiveColumn.<Integer, Integer>measure(
                                                    "number", "Number", number -> number, Formats::count)
                                            .sorts()));
                    table.onSort(sorts::add);
                    table.publish(IntStream.range(0, 1_000).boxed().toList());
                    return table;
                },
                800,
                600);
    }

    private Set<Integer> selected() {
        return onFx(() -> table.selectedIds());
    }

    @Test
    void shiftAndAClickSelectARange() {
        clickText("row 2");
        robot().press(KeyCode.SHIFT);
        clickText("row 5");
        robot().release(KeyCode.SHIFT);
        assertThat(selected()).containsExactlyInAnyOrder(2, 3, 4, 5);

        runOnFx(() -> table.publish(List.of(7, 5, 2, 9, 1)));
        assertThat(selected()).containsExactlyInAnyOrder(2, 3, 4, 5);
    }

    @Test
    void controlAndAClickSelectOneMoreOrOneLess() {
        clickText("row 2");
        robot().press(KeyCode.CONTROL);
        clickText("row 4");
        clickText("row 6");
        clickText("row 4");
        robot().release(KeyCode.CONTROL);

        assertThat(selected()).containsExactlyInAnyOrder(2, 6);
    }

    @Test
    void clicksOnTitlesAskForAnOrder() {
        clickText("Number");
        clickText("Number");
        clickText("Number");
        clickText("Name");

        assertThat(sorts)
                .containsExactly(
                        Optional.of(new SortChoice("number", true)),
                        Optional.of(new SortChoice("number", false)),
                        Optional.empty(),
                        Optional.of(new SortChoice("name", false)));
    }
}
