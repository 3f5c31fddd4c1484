package dev.heliograph.console.desktop.shell;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.action.Blast;
import dev.heliograph.console.action.Proposal;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Shows what a change does and how much it touches, takes a reason for the record and, for what is most dangerous, the
/// name of the cluster; then what becomes of it.
final class ConfirmSheet implements Sheets.Sheet {

    private final SheetFrame frame;
    private final TextField reason = new TextField();
    private final TextField typed = new TextField();
    private final Optional<String> name;
    private final Label failure = SheetFrame.sentence("", "sheet-failure");
    private final ProgressIndicator busy = new ProgressIndicator();
    private final Button cancel;
    private final Button confirm;
    private boolean working;
    private boolean uncertain;

    /// @param name    to be typed, if it must be
    /// @param perform is given the reason; tells what comes of it by [#failed] or by closing the sheet
    /// @param giveUp  is called when the operator does not want to do it, or not to wait for it any more
    ConfirmSheet(Proposal proposal, Optional<String> name, Consumer<String> perform, Runnable giveUp) {
        this.name = name;
        frame = new SheetFrame(
                "confirm", name.isPresent() ? Feather.ALERT_TRIANGLE : Feather.HELP_CIRCLE, proposal.title());
        name.ifPresent(_ -> frame.warn());
        VBox body = new VBox(12);
        proposal.blast().ifPresent(blast -> body.getChildren().add(blast(blast)));
        if (!proposal.parameters().isEmpty()) {
            body.getChildren().add(parameters(proposal));
        }
        proposal.warnings().forEach(warning -> body.getChildren().add(warning(warning)));
        frame.add(Sheets.scrolling(body));

        reason.setId("reason");
        reason.setPromptText(text("shell.confirm.reason.prompt"));
        frame.add(field(text("shell.confirm.reason"), reason));
        typed.setId("typed-name");
        name.ifPresent(n -> {
            typed.getStyleClass().add("mono");
            frame.add(field(text("shell.confirm.type", n), typed));
        });
        failure.setId("failure");
        failure.setMaxWidth(Double.MAX_VALUE);
        failure.setVisible(false);
        failure.managedProperty().bind(failure.visibleProperty());
        frame.add(failure);

        busy.setVisible(false);
        busy.setPrefSize(24, 24);
        frame.besideButtons(busy);
        cancel = frame.button("cancel", text("shell.cancel"), giveUp);
        confirm = frame.button("do-confirm", verb(proposal.title()), () -> {
            work(true);
            perform.accept(reason.getText().strip());
        });
        confirm.setDefaultButton(true);
        confirm.getStyleClass().add(name.isPresent() ? Styles.DANGER : Styles.ACCENT);
        typed.textProperty().subscribe(_ -> enable());
    }

    /// It was not done, for this reason; the operator can try again.
    ///
    /// @param uncertain it may have been done nevertheless, so that a look at the audit record comes first
    void failed(String why, boolean uncertain) {
        this.uncertain = uncertain;
        work(false);
        failure.setText(why);
        failure.setVisible(true);
    }

    private void work(boolean on) {
        working = on;
        busy.setVisible(on);
        failure.setVisible(false);
        reason.setDisable(on);
        typed.setDisable(on);
        cancel.setText(on ? text("shell.confirm.stop") : text("shell.cancel"));
        enable();
    }

    private void enable() {
        confirm.setDisable(working || uncertain || !isNamed());
    }

    private boolean isNamed() {
        return name.map(n -> n.equals(typed.getText().strip())).orElse(true);
    }

    @Override
    public Region view() {
        return frame;
    }

    @Override
    public void focus() {
        if (name.isPresent()) {
            typed.requestFocus();
        } else {
            reason.requestFocus();
        }
    }

    @Override
    public boolean closable() {
        cancel.fire();
        return false;
    }

    private static VBox blast(Blast blast) {
        Label sentence = SheetFrame.sentence(blast.sentence(), "blast");
        sentence.setId("blast");
        VBox box = new VBox(4, sentence);
        if (blast.total() > 0) {
            ProgressBar share = new ProgressBar(Math.min(1.0, (double) blast.touched() / blast.total()));
            share.setMaxWidth(Double.MAX_VALUE);
            share.getStyleClass().add("blast-share");
            share.setAccessibleText(blast.sentence());
            box.getChildren().add(share);
        }
        return box;
    }

    private static GridPane parameters(Proposal proposal) {
        GridPane grid = new GridPane(16, 4);
        ColumnConstraints labels = new ColumnConstraints();
        labels.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(labels, values);
        int row = 0;
        for (Proposal.Parameter parameter : proposal.parameters()) {
            Label label = new Label(parameter.label());
            label.getStyleClass().add(Styles.TEXT_MUTED);
            GridPane.setValignment(label, VPos.TOP);
            grid.addRow(row++, label, SheetFrame.sentence(parameter.value()));
        }
        return grid;
    }

    private static HBox warning(String sentence) {
        FontIcon sign = new FontIcon(Feather.ALERT_TRIANGLE);
        HBox box = new HBox(8, sign, SheetFrame.sentence(sentence));
        box.setAlignment(Pos.TOP_LEFT);
        box.getStyleClass().add("warning-line");
        return box;
    }

    private static VBox field(String label, TextField field) {
        Label above = new Label(label);
        above.setLabelFor(field);
        field.setAccessibleText(label);
        return new VBox(4, above, field);
    }

    /// The first word of a title is its verb.
    private static String verb(String title) {
        return title.split(" ", 2)[0];
    }
}
