package dev.heliograph.console.desktop.runbooks;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.text.Times;
import dev.heliograph.runbook.Runbook;
import dev.heliograph.runbook.run.Entry;
import dev.heliograph.runbook.run.Timeline;
import dev.heliograph.runbook.run.Transcript;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What has happened, the newest at the end, and a line to write something down.
final class TranscriptPane extends BorderPane {

    private final Runbook runbook;
    private final VBox lines = new VBox();
    private final ScrollPane scroll = new ScrollPane(lines);
    private final TextField note = new TextField();
    private final Label unkept = new Label();
    private int shown;

    TranscriptPane(Runbook runbook, Consumer<String> write) {
        this.runbook = runbook;
        getStyleClass().add("transcript");
        Label title = new Label(text("runbooks.transcript.title"));
        title.getStyleClass().add("side-title");
        unkept.getStyleClass().add("unkept");
        unkept.setWrapText(true);
        unkept.setMinHeight(Region.USE_PREF_SIZE);
        setTop(new VBox(title, unkept));
        lines.setId("transcript");
        lines.getStyleClass().add("transcript-lines");
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        setCenter(scroll);
        note.setId("runbook-note");
        note.setPromptText(text("runbooks.transcript.note"));
        HBox.setHgrow(note, Priority.ALWAYS);
        Button add = new Button(text("runbooks.transcript.add"));
        Runnable writing = () -> {
            write.accept(note.getText());
            note.clear();
        };
        add.setOnAction(_ -> writing.run());
        note.setOnAction(_ -> writing.run());
        HBox bottom = new HBox(note, add);
        bottom.getStyleClass().add("step-buttons");
        setBottom(bottom);
    }

    void writeNote() {
        note.requestFocus();
    }

    void show(Transcript transcript, Optional<String> problem) {
        for (Entry entry :
                transcript.entries().subList(shown, transcript.entries().size())) {
            lines.getChildren().add(line(entry));
        }
        if (shown != transcript.entries().size()) {
            shown = transcript.entries().size();
            scroll.applyCss();
            scroll.layout();
            scroll.setVvalue(scroll.getVmax());
        }
        note.setDisable(transcript.finished());
        unkept.setText(
                problem.map(cause -> text("runbooks.transcript.unkept", cause)).orElse(""));
        unkept.setVisible(problem.isPresent());
        unkept.setManaged(problem.isPresent());
    }

    private HBox line(Entry entry) {
        Label time = new Label(Times.clock(entry.at()));
        time.getStyleClass().addAll("mono", "transcript-time");
        time.setMinWidth(Region.USE_PREF_SIZE);
        Label what = new Label(entry.who() + " · " + Timeline.what(entry, Optional.of(runbook)));
        what.getStyleClass().add("transcript-what");
        what.setWrapText(true);
        what.setMinHeight(Region.USE_PREF_SIZE);
        VBox words = new VBox(what);
        if (!entry.text().isEmpty()) {
            Label outcome = new Label(entry.text());
            outcome.getStyleClass().add("hint");
            outcome.setWrapText(true);
            outcome.setMinHeight(Region.USE_PREF_SIZE);
            words.getChildren().add(outcome);
        }
        HBox.setHgrow(words, Priority.ALWAYS);
        HBox line = new HBox(time, words);
        line.getStyleClass()
                .addAll("transcript-line", "kind-" + entry.kind().name().toLowerCase(Locale.ROOT));
        return line;
    }
}
