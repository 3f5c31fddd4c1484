package dev.heliograph.console.desktop.connect;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.cluster.Profile;
import dev.heliograph.console.connect.ConnectState.Keeping;
import java.util.Optional;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Asks for the token of a cluster, and says where it will be kept.
final class TokenPane {

    /// What the operator does.
    interface Ways {
        void connect(String token, boolean remember);

        void cancel();
    }

    private final Node view;

    /// @param why the one of before was not accepted
    TokenPane(Profile profile, Optional<String> why, Optional<Keeping> keeping, Ways ways) {
        PasswordField token = new PasswordField();
        token.setId("token");
        CheckBox remember = new CheckBox(text("connect.token.remember"));
        remember.setId("token-remember");
        remember.setVisible(keeping.filter(Keeping::keyring).isPresent());
        remember.managedProperty().bind(remember.visibleProperty());
        Label where = Parts.muted("");
        where.setId("token-where");
        remember.selectedProperty()
                .subscribe(chosen ->
                        where.setText(keeping.map(each -> each.where(chosen)).orElse("")));
        Button connect = Parts.primary(
                "token-connect",
                text("connect.token.connect"),
                () -> ways.connect(token.getText(), remember.isSelected()));
        token.textProperty().subscribe(typed -> connect.setDisable(typed.isBlank()));

        VBox pane = Parts.pane("token-pane", Parts.title(text("connect.token.title", profile.name())));
        why.ifPresent(sentence -> {
            HBox refused = Parts.warning("token-refused", text("connect.token.refused", sentence));
            pane.getChildren().add(refused);
        });
        if (profile.sendsTokenInTheClear()) {
            pane.getChildren().add(Parts.warning("token-clear", text("connect.clear", profile.name())));
        }
        pane.getChildren()
                .addAll(
                        Parts.named(text("connect.token.label"), token, Parts.muted(text("connect.token.hint"))),
                        new VBox(4, remember, where),
                        Parts.buttons(connect, Parts.button("token-cancel", text("connect.cancel"), ways::cancel)));
        view = pane;
        // Only what is laid out takes the focus.
        Platform.runLater(token::requestFocus);
    }

    Node view() {
        return view;
    }
}
