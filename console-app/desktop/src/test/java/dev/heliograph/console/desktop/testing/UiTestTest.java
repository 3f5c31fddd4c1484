package dev.heliograph.console.desktop.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.Test;

class UiTestTest extends UiTest {

    @Test
    void clicksAndTypes() {
        AtomicInteger clicks = new AtomicInteger();
        show(() -> {
            Button button = new Button("Count");
            button.setOnAction(_ -> clicks.incrementAndGet());
            TextField field = new TextField("before");
            field.setId("field");
            return new VBox(new Label("A label"), button, field);
        });

        clickText("Count");
        write("field", "ip:10.0.0.0/8 _*@é");
        press(KeyCode.BACK_SPACE);

        assertThat(clicks).hasValue(1);
        assertThat(find("field", TextField.class).getText()).isEqualTo("ip:10.0.0.0/8 _*@");
        assertThat(texts()).containsExactly("A label", "Count", "ip:10.0.0.0/8 _*@");
        assertThat(isTextShown("label")).isTrue();
        assertThat(focused()).contains(find("field"));
    }

    @Test
    void whatIsThrownOnTheThreadOfTheToolkitFailsTheTest() {
        assertThatThrownBy(() -> runOnFx(() -> {
                    throw new IllegalArgumentException("wrong");
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("wrong");
    }

    @Test
    void fontsAreThoseOfTheConsole() {
        show(() -> new VBox(new Label("0123456789")));

        Label label = (Label) findText("0123456789");
        assertThat(onFx(() -> label.getFont().getFamily())).isEqualTo("Heliograph Sans");
    }

    @Test
    void aPictureIsDrawnTheSameTwice() {
        GoldenPicture.check("toolkit", 320, 120, () -> {
            VBox box = new VBox(
                    8, new Label("Connections 15,204"), new Button("Ban 203.0.113.0/24"), new TextField("mono"));
            box.getChildren().getLast().getStyleClass().add("mono");
            box.setStyle("-fx-padding: 8; -fx-background-color: -color-bg-default");
            return box;
        });
    }
}
