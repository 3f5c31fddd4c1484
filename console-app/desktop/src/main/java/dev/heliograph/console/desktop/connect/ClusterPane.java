package dev.heliograph.console.desktop.connect;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.api.Trust;
import dev.heliograph.console.cluster.Profile;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;

/// The cluster that is chosen: what is known of it, and what can be done.
final class ClusterPane {

    /// @param connect goes there
    /// @param edit    opens the form
    /// @param remove  forgets it; was asked whether it is sure
    record Ways(Runnable connect, Runnable edit, Runnable remove) {}

    private final Button connect;
    private final Node view;

    ClusterPane(Profile profile, Ways ways) {
        Label title = Parts.title(profile.name());
        title.setGraphic(Parts.spot(profile.colour()));
        title.setGraphicTextGap(12);
        GridPane facts = new GridPane(16, 8);
        fact(facts, "connect.form.environment", profile.environment().label());
        fact(
                facts,
                "connect.form.addresses",
                profile.addresses().stream().map(URI::toString).collect(Collectors.joining("\n")));
        fact(facts, "connect.form.tls", trust(profile.trust()));
        profile.prometheus().ifPresent(address -> fact(facts, "connect.prometheus", address.toString()));
        if (!profile.matchers().isEmpty()) {
            fact(facts, "connect.matchers", profile.matchers());
        }
        profile.alertmanager().ifPresent(address -> fact(facts, "connect.alertmanager", address.toString()));
        profile.ansible().ifPresent(ansible -> {
            fact(facts, "connect.inventory", ansible.inventory().toString());
            fact(facts, "connect.playbooks", ansible.folder().toString());
        });
        connect = Parts.primary("cluster-connect", text("connect.open"), ways.connect());

        HBox sure = Parts.buttons();
        HBox usual = Parts.buttons(
                connect,
                Parts.button("cluster-edit", text("connect.edit"), ways.edit()),
                Parts.button("cluster-remove", text("connect.remove"), () -> sure.setVisible(true)));
        Button remove = Parts.button("cluster-remove-sure", text("connect.remove"), ways.remove());
        remove.getStyleClass().add("danger");
        sure.setVisible(false);
        sure.managedProperty().bind(sure.visibleProperty());
        usual.managedProperty().bind(usual.visibleProperty());
        usual.visibleProperty().bind(sure.visibleProperty().not());
        Label question = Parts.sentence(text("connect.remove.sure", profile.name()));
        sure.getChildren()
                .addAll(
                        question,
                        Parts.button("cluster-keep", text("connect.cancel"), () -> sure.setVisible(false)),
                        remove);
        view = Parts.pane("cluster", title, facts, usual, sure);
    }

    Node view() {
        return view;
    }

    private static String trust(Trust trust) {
        return switch (trust) {
            case Trust.Known _ -> text("connect.form.tls.known");
            case Trust.Authority(Path pem) -> text("connect.form.tls.authority") + ": " + pem;
            case Trust.Pinned _ -> text("connect.form.tls.pinned");
        };
    }

    private static void fact(GridPane facts, String key, String value) {
        Label name = Parts.muted(text(key));
        name.setMinWidth(160);
        Label words = Parts.sentence(value);
        GridPane.setValignment(name, javafx.geometry.VPos.TOP);
        facts.addRow(facts.getRowCount(), name, words);
    }
}
