package dev.heliograph.console.desktop.nodes;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.nodes.DrainTexts;
import dev.heliograph.console.wire.DrainKind;
import dev.heliograph.console.wire.DrainRow;
import dev.heliograph.console.wire.DrainState;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// How far the drain of a node is, and the buttons to pause it, to go on and to end it.
final class DrainCard extends VBox {

    /// What the buttons do, with the name of the node.
    record Deeds(Consumer<String> pause, Consumer<String> resume, Consumer<String> cancel) {}

    private final Label title = new Label();
    private final ProgressBar progress = new ProgressBar();
    private final Label words = new Label();
    private final Label note = new Label();
    private final Button pause = new Button(text("nodes.pause"), new FontIcon(Feather.PAUSE));
    private final Button resume = new Button(text("nodes.resume"), new FontIcon(Feather.PLAY));
    private final Button cancel = new Button(text("nodes.cancel"), new FontIcon(Feather.X));

    DrainCard(String node, Deeds deeds) {
        getStyleClass().add("drain-card");
        setId("drain-" + node);
        title.getStyleClass().add("drain-title");
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        progress.setMaxWidth(Double.MAX_VALUE);
        note.getStyleClass().add("hint");
        for (Label label : new Label[] {words, note}) {
            label.setWrapText(true);
            label.setMinHeight(USE_PREF_SIZE);
        }
        pause.setId("pause-" + node);
        resume.setId("resume-" + node);
        cancel.setId("cancel-" + node);
        pause.setOnAction(_ -> deeds.pause().accept(node));
        resume.setOnAction(_ -> deeds.resume().accept(node));
        cancel.setOnAction(_ -> deeds.cancel().accept(node));
        HBox head = new HBox(8, title, pause, resume, cancel);
        head.setAlignment(Pos.CENTER_LEFT);
        for (Button button : new Button[] {pause, resume, cancel}) {
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        getChildren().setAll(head, progress, words, note);
    }

    void show(DrainRow row) {
        title.setText(
                text(row.kind() == DrainKind.REBALANCE ? "nodes.card.rebalance" : "nodes.card.drain", row.node()));
        progress.setProgress(DrainTexts.progress(row));
        words.setText(DrainTexts.progressSentence(row));
        show(note, !row.note().isEmpty());
        note.setText(row.note());
        show(pause, row.state() == DrainState.RUNNING);
        show(resume, row.state() == DrainState.PAUSED);
        boolean done = row.state() == DrainState.DONE;
        cancel.setText(text(done ? "nodes.take-clients" : "nodes.cancel"));
        show(cancel, done ? row.kind() == DrainKind.DRAIN : DrainTexts.active(row));
    }

    private static void show(Region node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
