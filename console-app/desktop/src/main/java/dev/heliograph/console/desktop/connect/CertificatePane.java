package dev.heliograph.console.desktop.connect;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.api.Certificates;
import dev.heliograph.console.cluster.Profile;
import dev.heliograph.console.connect.ConnectState.Unconfirmed;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javafx.application.Platform;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/// Shows certificates that nobody has confirmed, and asks whether they are those of the cluster.
final class CertificatePane {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH).withZone(ZoneId.systemDefault());

    private final Node view;

    CertificatePane(Profile profile, List<Unconfirmed> certificates, Runnable confirm, Runnable cancel) {
        boolean changed = certificates.stream().anyMatch(Unconfirmed::changed);
        VBox pane = Parts.pane("certificate-pane", Parts.title(text("connect.certificate.title", profile.name())));
        pane.getChildren()
                .add(
                        changed
                                ? Parts.warning("certificate-changed", text("connect.certificate.changed"))
                                : Parts.sentence(text("connect.certificate.new")));
        certificates.forEach(each -> pane.getChildren().add(facts(each.shown())));
        Button yes = Parts.button(
                "certificate-confirm",
                text(changed ? "connect.certificate.confirm.changed" : "connect.certificate.confirm"),
                confirm);
        Button no = Parts.button("certificate-cancel", text("connect.cancel"), cancel);
        no.setCancelButton(true);
        yes.getStyleClass().add(changed ? "danger" : "accent");
        pane.getChildren().add(Parts.buttons(yes, no));
        view = pane;
        // Enter must not confirm what nobody has read.
        Platform.runLater(no::requestFocus);
    }

    Node view() {
        return view;
    }

    private static GridPane facts(Certificates.Shown shown) {
        GridPane facts = new GridPane(16, 8);
        fact(facts, "connect.certificate.address", new Label(shown.address()));
        fact(facts, "connect.certificate.subject", Parts.sentence(shown.subject()));
        fact(facts, "connect.certificate.issuer", Parts.sentence(shown.issuer()));
        fact(facts, "connect.certificate.until", new Label(DAY.format(shown.until())));
        // To be selected and compared: two lines of 16 bytes.
        TextArea fingerprint = new TextArea(shown.fingerprint().substring(0, 48) + "\n"
                + shown.fingerprint().substring(48));
        fingerprint.setId("fingerprint");
        fingerprint.setEditable(false);
        fingerprint.setPrefRowCount(2);
        fingerprint.setPrefColumnCount(48);
        fingerprint.setMinHeight(64);
        fingerprint.setPrefHeight(64);
        fingerprint.getStyleClass().add("mono");
        fingerprint.setAccessibleText(text("connect.certificate.fingerprint"));
        fact(facts, "connect.certificate.fingerprint", fingerprint);
        return facts;
    }

    private static void fact(GridPane facts, String key, Node value) {
        Label name = Parts.muted(text(key));
        name.setMinWidth(88);
        GridPane.setValignment(name, VPos.TOP);
        facts.addRow(facts.getRowCount(), name, value);
    }
}
