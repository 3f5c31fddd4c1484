package dev.heliograph.console.desktop.alerts;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.alerts.AlertsModel;
import dev.heliograph.console.desktop.markdown.Embeds;
import dev.heliograph.console.desktop.markdown.MarkdownView;
import dev.heliograph.console.desktop.ui.Fx;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Says how an Alertmanager is connected, and does it.
final class ConnectForm extends ScrollPane {

    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");
    private static final double WIDTH = 720;

    private final TextField address = new TextField();
    private final Label said = new Label();
    private final Button connect = new Button(text("alerts.connect.do"));
    private final AlertsModel model;

    ConnectForm(AlertsModel model) {
        this.model = model;
        address.setId("alertmanager-address");
        address.getStyleClass().add("mono");
        address.setPromptText("http://alertmanager:9093");
        address.setAccessibleText(text("alerts.connect.label"));
        HBox.setHgrow(address, Priority.ALWAYS);
        connect.setId("alertmanager-connect");
        connect.getStyleClass().add("accent");
        connect.setMinWidth(Region.USE_PREF_SIZE);
        connect.setOnAction(_ -> connect());
        address.setOnAction(_ -> connect());
        said.setId("alertmanager-said");
        said.getStyleClass().add("hint");
        said.setWrapText(true);
        said.setMinHeight(Region.USE_PREF_SIZE);
        HBox line = new HBox(8, address, connect);
        line.setAlignment(Pos.CENTER_LEFT);
        VBox box = new VBox(
                12,
                new MarkdownView(text("alerts.connect.text"), new Embeds() {}),
                line,
                said,
                new MarkdownView(text("alerts.connect.more"), new Embeds() {}));
        box.setMaxWidth(WIDTH);
        box.getStyleClass().add("connect-form");
        setContent(new StackPane(box));
        setFitToWidth(true);
        getStyleClass().add("edge-to-edge");
    }

    private void connect() {
        connect.setDisable(true);
        say(text("alerts.connect.trying"), false);
        Fx.then(
                model.connect(address.getText()),
                version -> {
                    connect.setDisable(false);
                    say(text("alerts.connect.done", version), false);
                },
                failure -> {
                    connect.setDisable(false);
                    say(String.valueOf(failure.getMessage()), true);
                });
    }

    private void say(String sentence, boolean problem) {
        said.setText(sentence);
        said.pseudoClassStateChanged(DANGER, problem);
        address.pseudoClassStateChanged(DANGER, problem);
    }

    @Override
    public void requestFocus() {
        address.requestFocus();
    }
}
