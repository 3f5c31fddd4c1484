package dev.heliograph.console.desktop.app;

import dev.heliograph.console.desktop.ui.Page;
import javafx.scene.Parent;
import javafx.scene.control.Label;
import javafx.scene.layout.StackPane;

/// What is in the window while no cluster is open.
final class StartPage implements Page {

    private final StackPane view = new StackPane(new Label(Arguments.USAGE));

    @Override
    public Parent view() {
        return view;
    }
}
