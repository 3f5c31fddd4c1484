package dev.heliograph.console.desktop.nodes;

import static dev.heliograph.console.text.Messages.text;

import java.util.Optional;
import java.util.function.BiConsumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Asks how clients are to be rebalanced.
final class RebalanceForm extends VBox {

    private static final PseudoClass DANGER = PseudoClass.getPseudoClass("danger");
    private static final double FIELD = 110;

    private final TextField pace = new TextField("20");
    private final TextField tolerance = new TextField("");
    private final Label said = new Label();
    private final BiConsumer<Double, Optional<Double>> done;

    RebalanceForm(BiConsumer<Double, Optional<Double>> done, Runnable cancel) {
        this.done = done;
        getStyleClass().add("node-form");
        Label title = new Label(text("nodes.rebalance.title"));
        title.getStyleClass().add("drain-title");
        pace.setId("rebalance-pace");
        tolerance.setId("rebalance-tolerance");
        tolerance.setPromptText(text("nodes.form.tolerance.usual"));
        pace.setPrefWidth(FIELD);
        tolerance.setPrefWidth(FIELD);
        GridPane grid = new GridPane(12, 8);
        grid.addRow(0, new Label(text("nodes.rebalance.pace")), pace, new Label(text("nodes.form.per-second")));
        grid.addRow(1, new Label(text("nodes.form.tolerance")), tolerance, new Label("%"));
        Label hint = new Label(text("nodes.form.rebalance.hint"));
        hint.getStyleClass().add("hint");
        hint.setWrapText(true);
        hint.setMinHeight(USE_PREF_SIZE);
        said.getStyleClass().add("hint");
        said.pseudoClassStateChanged(DANGER, true);
        Button preview = new Button(text("nodes.form.rebalance.preview"));
        preview.setId("rebalance-preview");
        preview.getStyleClass().add("accent");
        preview.setOnAction(_ -> submit());
        Button leave = new Button(text("nodes.form.cancel"));
        leave.setId("rebalance-form-cancel");
        leave.setOnAction(_ -> cancel.run());
        HBox buttons = new HBox(8, preview, leave);
        buttons.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(title, grid, hint, said, buttons);
        pace.setOnAction(_ -> submit());
        tolerance.setOnAction(_ -> submit());
    }

    private void submit() {
        try {
            double perSecond = Double.parseDouble(pace.getText().strip());
            Optional<Double> percent = tolerance.getText().isBlank()
                    ? Optional.empty()
                    : Optional.of(Double.valueOf(tolerance.getText().strip()));
            if (perSecond > 0 && percent.filter(each -> each < 0).isEmpty()) {
                done.accept(perSecond, percent);
                return;
            }
        } catch (NumberFormatException _) {
            // Said below, as for what is too small.
        }
        said.setText(text("nodes.form.pace.wrong"));
    }

    @Override
    public void requestFocus() {
        pace.requestFocus();
        pace.selectAll();
    }
}
