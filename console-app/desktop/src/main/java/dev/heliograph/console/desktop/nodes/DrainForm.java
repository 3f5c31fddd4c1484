package dev.heliograph.console.desktop.nodes;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.nodes.DrainPlan;
import dev.heliograph.console.nodes.NodeView;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.text.Times;
import dev.heliograph.runbook.Spans;
import java.time.Duration;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Asks how a node is to be drained, and says while it is filled in how long that takes about.
final class DrainForm extends VBox {

    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");
    private static final double FIELD = 110;

    private final NodeView node;
    private final TextField share = field("drain-share", "100");
    private final TextField pace = field("drain-pace", "100");
    private final TextField within = field("drain-within", "5m");
    private final RadioButton byPace = new RadioButton(text("nodes.form.pace"));
    private final RadioButton byTime = new RadioButton(text("nodes.form.within"));
    private final Label said = new Label();
    private final Button preview = new Button(text("nodes.form.preview"));
    private final Consumer<DrainPlan> done;

    DrainForm(NodeView node, Consumer<DrainPlan> done, Runnable cancel) {
        this.node = node;
        this.done = done;
        getStyleClass().add("node-form");
        Label title = new Label(text("nodes.drain.title", node.name()));
        title.getStyleClass().add("drain-title");
        ToggleGroup either = new ToggleGroup();
        byPace.setToggleGroup(either);
        byTime.setToggleGroup(either);
        byTime.setId("drain-by-time");
        byPace.setSelected(true);
        pace.disableProperty().bind(byTime.selectedProperty());
        within.disableProperty().bind(byPace.selectedProperty());
        Label shareLabel = new Label(text("nodes.form.share"));
        shareLabel.setLabelFor(share);
        GridPane grid = new GridPane(12, 8);
        grid.addRow(0, shareLabel, share, new Label("%"));
        grid.addRow(1, byPace, pace, new Label(text("nodes.form.per-second")));
        grid.addRow(2, byTime, within, new Label(text("nodes.form.time")));
        grid.getChildren().stream()
                .filter(Labeled.class::isInstance)
                .forEach(label -> ((Labeled) label).setMinWidth(USE_PREF_SIZE));
        said.setId("drain-said");
        said.getStyleClass().add("hint");
        said.setWrapText(true);
        said.setMinHeight(USE_PREF_SIZE);
        preview.setId("drain-preview");
        preview.getStyleClass().add("danger");
        preview.setOnAction(_ -> submit());
        Button leave = new Button(text("nodes.form.cancel"));
        leave.setId("drain-form-cancel");
        leave.setOnAction(_ -> cancel.run());
        HBox buttons = new HBox(8, preview, leave);
        buttons.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(title, grid, said, buttons);
        for (TextField field : new TextField[] {share, pace, within}) {
            field.textProperty().subscribe(_ -> estimate());
            field.setOnAction(_ -> submit());
        }
        either.selectedToggleProperty().subscribe(_ -> estimate());
    }

    private static TextField field(String id, String value) {
        TextField field = new TextField(value);
        field.setId(id);
        field.setPrefWidth(FIELD);
        field.setMinWidth(FIELD / 2);
        return field;
    }

    /// @throws IllegalArgumentException with a sentence
    private DrainPlan plan() {
        double percent = number(share.getText(), "nodes.form.share.wrong");
        if (percent > 100) {
            throw new IllegalArgumentException(text("nodes.form.share.wrong"));
        }
        if (byPace.isSelected()) {
            return DrainPlan.atPace(percent, number(pace.getText(), "nodes.form.pace.wrong"));
        }
        Duration time = Spans.parse(within.getText().strip())
                .filter(each -> !each.isZero())
                .orElseThrow(() -> new IllegalArgumentException(text("nodes.form.time.wrong")));
        return DrainPlan.within(percent, time);
    }

    private static double number(String written, String problem) {
        try {
            double number = Double.parseDouble(written.strip());
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below, as for what is too small.
        }
        throw new IllegalArgumentException(text(problem));
    }

    private void estimate() {
        try {
            DrainPlan plan = plan();
            long clients = Math.round(node.row().clients() * plan.percent() / 100);
            double perSecond = plan.perSecond()
                    .orElseGet(() -> clients
                            / (plan.within().orElse(Duration.ofSeconds(1)).toMillis() / 1_000.0));
            Duration takes = plan.within().orElseGet(() -> Duration.ofMillis((long) (1_000 * clients / perSecond)));
            say(
                    text("nodes.form.estimate", Formats.count(clients), Formats.rate(perSecond), Times.span(takes))
                            + (plan.whole() ? " " + text("nodes.drain.takes-nobody", node.name()) : ""),
                    false);
        } catch (IllegalArgumentException e) {
            say(String.valueOf(e.getMessage()), true);
        }
    }

    private void say(String sentence, boolean problem) {
        said.setText(sentence);
        said.pseudoClassStateChanged(DANGER, problem);
        preview.setDisable(problem);
    }

    private void submit() {
        if (!preview.isDisabled()) {
            done.accept(plan());
        }
    }

    @Override
    public void requestFocus() {
        pace.requestFocus();
        pace.selectAll();
    }
}
