package dev.heliograph.console.desktop.ui.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.testing.UiTest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // made on JavaFX's thread
class FormsTest extends UiTest {

    private final List<Object> heard = new CopyOnWriteArrayList<>();
    private SegmentedChoice<String> choice;
    private SearchField search;

    @BeforeEach
    void show() {
        show(() -> {
            choice = new SegmentedChoice<>("Range", List.of("1 min", "1 h", "24 h"), word -> word);
            choice.onChoice(heard::add);
            search = new SearchField("Search the audit");
            search.setId("search");
            search.onSearch(heard::add);
            return new VBox(10, choice, search);
        });
    }

    @Test
    void oneOfTheSegmentsIsAlwaysChosen() {
        clickText("1 h");
        clickText("1 h");
        assertThat(heard).containsExactly("1 h");
        assertThat(onFx(choice::chosen)).isEqualTo("1 h");

        press(KeyCode.RIGHT);
        press(KeyCode.RIGHT);
        assertThat(heard).containsExactly("1 h", "24 h");
    }

    @Test
    void aSearchIsToldWhenTypingPauses() {
        // All at once: on a busy machine the time between two keys would be a pause, too.
        runOnFx(() -> {
            search.requestFocus();
            search.setText("b");
            search.setText("ban ");
        });
        await("it is told", () -> heard.contains("ban"));

        press(KeyCode.ESCAPE);
        await("the end, too", () -> heard.getLast().equals(""));
        assertThat(heard).containsExactly("ban", "");
    }
}
