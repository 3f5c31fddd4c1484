package dev.heliograph.console.desktop.channels;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.channels.ChannelsModel;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.form.FormField;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;

/// A test message to be published; it must be JSON.
final class PublishView extends VBox {

    private final TextArea message = new TextArea();
    private final FormField field = new FormField(text("channels.publish.message"), message).id("publish-message");
    private final Button publish = new Button(text("channels.publish.review"));

    PublishView(ChannelsModel model, Commander commander) {
        super(8);
        getStyleClass().add("panel-content");
        message.setPrefRowCount(8);
        message.getStyleClass().add("mono");
        message.setPromptText("{\"text\": \"hello\"}");
        message.setWrapText(true);
        publish.setId("publish-review");
        publish.getStyleClass().add(Styles.ACCENT);
        publish.setOnAction(_ -> model.selected().get().ifPresent(channel -> {
            String json = message.getText();
            commander.offer(text("channels.publish.preparing"), () -> model.publish(channel, json));
        }));
        getChildren().addAll(field, publish);
        message.textProperty().subscribe(json -> {
            Optional<String> problem = ChannelsModel.problem(json);
            field.problem(json.isBlank() ? Optional.empty() : problem);
            publish.setDisable(problem.isPresent());
        });
    }
}
