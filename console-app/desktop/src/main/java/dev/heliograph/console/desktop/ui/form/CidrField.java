package dev.heliograph.console.desktop.ui.form;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.bans.Cidr;

/// An address or a network. On JavaFX's thread.
public final class CidrField extends InputField<Cidr> {

    public CidrField(String name) {
        super(name, true, Cidr::parse);
        getStyleClass().add("cidr-field");
        field().setPrefColumnCount(20);
        setPromptText(text("controls.cidr.prompt"));
    }
}
