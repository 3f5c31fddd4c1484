package dev.heliograph.console.desktop.ui.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heliograph.console.bans.Cidr;
import dev.heliograph.console.desktop.testing.UiTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // made on JavaFX's thread
class FormsTest extends UiTest {

    private final List<Object> heard = new CopyOnWriteArrayList<>();
    private DurationField duration;
    private CidrField cidr;
    private NumberField number;
    private SegmentedChoice<String> choice;
    private SearchField search;

    @BeforeEach
    void show() {
        show(() -> {
            duration = new DurationField("Ends after", true, List.of("15m", "1h30m"));
            duration.field().setId("duration");
            duration.onChange(heard::add);
            cidr = new CidrField("Network");
            cidr.field().setId("cidr");
            number = new NumberField("Pace", false, 1, 10_000, "a second");
            number.field().setId("number");
            choice = new SegmentedChoice<>("Range", List.of("1 min", "1 h", "24 h"), word -> word);
            choice.onChoice(heard::add);
            search = new SearchField("Search the audit");
            search.setId("search");
            search.onSearch(heard::add);
            return new VBox(10, duration, cidr, number, choice, search, new Button("elsewhere"));
        });
    }

    @Test
    void lengthsOfTimeAreTyped() {
        write("duration", "1h30m");

        assertThat(onFx(duration::value)).contains(Duration.ofMinutes(90));
        assertThat(heard).last().isEqualTo(Optional.of(Duration.ofMinutes(90)));
        assertThat(onFx(duration::isValid)).isTrue();
    }

    @Test
    void orTakenFromAMenu() {
        click(onFx(() -> duration.lookup(".menu-button")));
        clickText("1 h 30 min");

        assertThat(onFx(duration::getText)).isEqualTo("1h30m");
    }

    @Test
    void whatIsWrongIsToldWhenTheFieldIsLeft() {
        write("duration", "soon");
        assertThat(isTextShown("no length of time")).isFalse();
        assertThat(onFx(duration::isValid)).isFalse();

        press(KeyCode.TAB);
        awaitText("\"soon\" is no length of time. Write 30s, 5m, 1h30m or 7d.");

        write("duration", "5m");
        assertThat(isTextShown("no length of time")).isFalse();
    }

    @Test
    void aFormThatCannotBeSentSaysWhatIsMissing() {
        runOnFx(cidr::complain);
        awaitText("This is needed.");
        assertThat(onFx(cidr::isValid)).isFalse();
        assertThat(onFx(number::isValid)).as("may be left out").isTrue();
    }

    @Test
    void networksAreChecked() {
        write("cidr", "203.0.113.0/24");
        assertThat(onFx(cidr::value)).contains(new Cidr("203.0.113.0", 24, false));

        write("cidr", "203.0.113.0/40");
        press(KeyCode.TAB);
        await("the field says so", () -> !cidr.field().getAccessibleHelp().isEmpty());
    }

    @Test
    void numbersStayInTheirRange() {
        write("number", "9,999");
        press(KeyCode.UP);
        press(KeyCode.UP);
        assertThat(onFx(number::value)).contains(10_000L);

        write("number", "20000");
        press(KeyCode.TAB);
        awaitText("It must be from 1 to 10,000.");
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
