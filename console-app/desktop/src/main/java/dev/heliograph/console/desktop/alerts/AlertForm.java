package dev.heliograph.console.desktop.alerts;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.runbook.Spans;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Asks for what an acknowledgement or a silence needs: a time, a comment, and for a silence its matchers.
final class AlertForm extends VBox {

    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");

    /// What is done with what was filled in; throws IllegalArgumentException with a sentence if something is
    /// wrong.
    interface Done {

        void accept(String matchers, Duration time, String comment);
    }

    private final TextField matchers = new TextField();
    private final TextField comment = new TextField();
    private final ComboBox<String> time = new ComboBox<>();
    private final Label said = new Label();
    private final Done done;

    /// @param what     is done, on the button
    /// @param covering the matchers to begin with; empty if they are settled
    AlertForm(String title, String what, Optional<String> covering, List<String> times, Done done, Runnable cancel) {
        this.done = done;
        getStyleClass().add("alert-form");
        Label heading = new Label(title);
        heading.getStyleClass().add("alert-part");
        heading.setWrapText(true);
        getChildren().add(heading);
        covering.ifPresent(all -> {
            matchers.setId("silence-matchers");
            matchers.getStyleClass().add("mono");
            matchers.setText(all);
            getChildren().add(labelled(text("alerts.form.matchers"), matchers));
        });
        time.setId("alert-time");
        time.setEditable(true);
        time.getItems().setAll(times);
        time.setValue(times.getFirst());
        time.setMaxWidth(Double.MAX_VALUE);
        comment.setId("alert-comment");
        comment.setPromptText(text(covering.isPresent() ? "alerts.form.comment.why" : "alerts.form.comment.prompt"));
        comment.setOnAction(_ -> submit());
        getChildren().addAll(labelled(text("alerts.form.time"), time), labelled(text("alerts.form.comment"), comment));
        said.getStyleClass().add("hint");
        said.setWrapText(true);
        said.setMinHeight(Region.USE_PREF_SIZE);
        said.pseudoClassStateChanged(DANGER, true);
        Button submit = new Button(what);
        submit.setId("alert-form-do");
        submit.getStyleClass().add("accent");
        submit.setOnAction(_ -> submit());
        Button leave = new Button(text("alerts.form.cancel"));
        leave.setId("alert-form-cancel");
        leave.setOnAction(_ -> cancel.run());
        HBox buttons = new HBox(8, submit, leave);
        buttons.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(said, buttons);
        say("");
    }

    private static VBox labelled(String words, Region field) {
        Label label = new Label(words);
        label.setLabelFor(field);
        label.getStyleClass().add("hint");
        return new VBox(2, label, field);
    }

    private void submit() {
        String written = time.getEditor().getText().strip();
        Optional<Duration> span = Spans.parse(written).filter(each -> !each.isZero());
        if (span.isEmpty()) {
            say(text("alerts.form.time.wrong", written));
            return;
        }
        try {
            done.accept(matchers.getText(), span.get(), comment.getText());
        } catch (IllegalArgumentException e) {
            say(String.valueOf(e.getMessage()));
        }
    }

    private void say(String sentence) {
        said.setText(sentence);
        said.setVisible(!sentence.isEmpty());
        said.setManaged(!sentence.isEmpty());
    }

    @Override
    public void requestFocus() {
        comment.requestFocus();
    }
}
