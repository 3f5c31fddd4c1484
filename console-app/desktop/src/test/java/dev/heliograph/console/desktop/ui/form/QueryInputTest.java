package dev.heliograph.console.desktop.ui.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.desktop.testing.UiTest;
import dev.heliograph.console.desktop.ui.form.QueryInput.Completions;
import dev.heliograph.console.desktop.ui.form.QueryInput.Option;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Line;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // made on JavaFX's thread
class QueryInputTest extends UiTest {

    private static final List<Option> FIELDS = List.of(
            new Option("queue", "bytes that wait"), new Option("queue_age", "time"), new Option("user", "name"));

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private QueryInput query;

    private static Completions complete(String text, int caret) {
        int from = text.lastIndexOf(' ', Math.max(0, caret - 1)) + 1;
        String begun = text.substring(Math.min(from, caret), caret);
        List<Option> options = Stream.of(FIELDS)
                .flatMap(List::stream)
                .filter(option -> !begun.isEmpty() && option.text().startsWith(begun))
                .toList();
        return new Completions(from, caret, options);
    }

    @BeforeEach
    void show() {
        show(() -> {
            query = new QueryInput("Query", "queue > 1MiB", QueryInputTest::complete);
            query.field().setId("query");
            query.onAsk(asked::add);
            return new VBox(query);
        });
        click("query");
    }

    @Test
    void asksWithEnter() {
        write("user = 42");
        press(KeyCode.ESCAPE);
        press(KeyCode.ENTER);

        assertThat(asked).containsExactly("user = 42");
    }

    @Test
    void completesWhatIsTyped() {
        write("qu");
        awaitText("bytes that wait");
        press(KeyCode.DOWN);
        press(KeyCode.DOWN);
        press(KeyCode.ENTER);

        assertThat(onFx(query::getText)).isEqualTo("queue_age ");
        assertThat(asked).isEmpty();
        awaitNoText("bytes that wait");
    }

    @Test
    void tabTakesTheFirstCompletion() {
        write("us");
        awaitText("name");
        press(KeyCode.TAB);

        assertThat(onFx(query::getText)).isEqualTo("user ");
        assertThat(focused()).contains(find("query"));
    }

    @Test
    void escapeHidesTheCompletions() {
        write("qu");
        awaitText("bytes that wait");
        press(KeyCode.ESCAPE);

        awaitNoText("bytes that wait");
        assertThat(onFx(query::getText)).isEqualTo("qu");
    }

    @Test
    void underlinesWhereTheErrorIs() {
        write("queu > 3");
        press(KeyCode.ESCAPE);
        runOnFx(() -> query.error("There is no field \"queu\".", OptionalInt.of(0)));
        settle();

        awaitText("There is no field");
        Line line = onFx(() -> (Line) query.lookup(".query-error"));
        Node field = find("query");
        assertThat(onFx(line::isVisible)).isTrue();
        Bounds word = onFx(() -> line.localToScreen(line.getBoundsInLocal()));
        Bounds text = onFx(() -> field.localToScreen(field.getBoundsInLocal()));
        assertThat(word.getMinX() - text.getMinX()).isBetween(8.0, 20.0);
        assertThat(word.getWidth()).isBetween(20.0, 50.0);
        assertThat(word.getMinY()).isBetween(text.getMinY() + text.getHeight() / 2, text.getMaxY());

        write(" ");
        awaitNoText("There is no field");
    }

    @Test
    void knowsWhatWasAskedBefore() {
        runOnFx(() -> query.history(List.of("node = a", "node = b")));
        press(KeyCode.UP);
        press(KeyCode.UP);
        assertThat(onFx(query::getText)).isEqualTo("node = a");

        press(KeyCode.DOWN);
        press(KeyCode.ENTER);
        assertThat(asked).containsExactly("node = b");
        assertThat(onFx(() -> query.history())).containsExactly("node = a", "node = b");
    }
}
