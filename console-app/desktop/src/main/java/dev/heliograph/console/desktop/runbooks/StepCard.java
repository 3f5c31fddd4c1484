package dev.heliograph.console.desktop.runbooks;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.StatusPill;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.runbook.ActionCall;
import dev.heliograph.runbook.ActionKind;
import dev.heliograph.runbook.Step;
import dev.heliograph.runbook.StepClass;
import dev.heliograph.runbook.Values;
import dev.heliograph.runbook.run.Entry;
import dev.heliograph.runbook.run.RunState;
import dev.heliograph.runbook.run.StepState;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A step: what it does, how far it is, what its checks say, and the buttons to do it, to take it back or to
/// skip it.
final class StepCard extends VBox {

    private final Step step;
    private final StatusPill progress = new StatusPill();
    private final Label action = new Label();
    private final List<CheckLine> checks;
    private final Label now = new Label();
    private final Label why = new Label();
    private final Button perform = new Button();
    private final Button stop = new Button(text("runbooks.step.stop"), new FontIcon(Feather.SQUARE));
    private final Button takeBack = new Button(text("runbooks.step.take-back"), new FontIcon(Feather.CORNER_UP_LEFT));
    private final Button skip = new Button(text("runbooks.step.skip"));
    private final TextField reason = new TextField();
    private final HBox skipping;

    StepCard(Step step, Deed deed) {
        this.step = step;
        this.checks = step.checks().stream().map(CheckLine::new).toList();
        setId("step-" + step.id());
        getStyleClass().addAll("step-card", "step-" + step.stepClass().word());
        action.getStyleClass().addAll("mono", "step-action");
        action.setWrapText(true);
        action.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(action, Priority.ALWAYS);
        action.setMaxWidth(Double.MAX_VALUE);

        perform.setId("perform-" + step.id());
        perform.setOnAction(_ -> deed.perform(step));
        perform.getStyleClass().setAll("button", step.stepClass() == StepClass.READ ? "accent" : "danger");
        perform.setGraphic(new FontIcon(step.stepClass() == StepClass.READ ? Feather.EYE : Feather.PLAY));
        stop.setId("stop-" + step.id());
        stop.setOnAction(_ -> deed.stop(step));
        takeBack.setId("take-back-" + step.id());
        takeBack.setOnAction(_ -> deed.takeBack(step));
        skip.setId("skip-" + step.id());
        skip.getStyleClass().add("flat");
        skipping = skipping(deed);
        skip.setOnAction(_ -> showSkipping(true));
        showSkipping(false);

        HBox head = new HBox(action, risk(), progress);
        head.getStyleClass().add("step-head");
        head.setAlignment(Pos.TOP_LEFT);
        HBox buttons = new HBox(perform, stop, takeBack, skip);
        buttons.getStyleClass().add("step-buttons");
        buttons.setAlignment(Pos.CENTER_LEFT);
        getChildren().add(head);
        getChildren().addAll(checks);
        if (!step.noUndo().isEmpty()) {
            Label noUndo = new Label(text("runbooks.step.no-undo", step.noUndo()));
            noUndo.getStyleClass().add("hint");
            noUndo.setWrapText(true);
            noUndo.setMinHeight(Region.USE_PREF_SIZE);
            getChildren().add(noUndo);
        }
        now.setId("now-" + step.id());
        now.setWrapText(true);
        now.setMinHeight(Region.USE_PREF_SIZE);
        why.setId("why-" + step.id());
        why.getStyleClass().add("hint");
        why.setWrapText(true);
        why.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().addAll(now, why, buttons, skipping);
    }

    private Node risk() {
        Status status = switch (step.stepClass()) {
            case READ -> new Status(text("runbooks.class.read"), Tone.NEUTRAL, Feather.EYE);
            case MUTATE -> new Status(text("runbooks.class.mutate"), Tone.WARNING, Feather.EDIT_3);
            case DESTROY -> new Status(text("runbooks.class.destroy"), Tone.BAD, Feather.ALERT_OCTAGON);
        };
        return new StatusPill(status);
    }

    private HBox skipping(Deed deed) {
        reason.setId("skip-reason-" + step.id());
        reason.setPromptText(text("runbooks.step.skip.prompt"));
        HBox.setHgrow(reason, Priority.ALWAYS);
        Button confirm = new Button(text("runbooks.step.skip.do"));
        confirm.setId("skip-do-" + step.id());
        confirm.disableProperty().bind(reason.textProperty().map(String::isBlank));
        Runnable leave = () -> {
            if (!reason.getText().isBlank()) {
                deed.skip(step, reason.getText());
                showSkipping(false);
            }
        };
        confirm.setOnAction(_ -> leave.run());
        reason.setOnAction(_ -> leave.run());
        Button cancel = new Button(text("runbooks.step.skip.cancel"));
        cancel.getStyleClass().add("flat");
        cancel.setOnAction(_ -> showSkipping(false));
        HBox box = new HBox(reason, confirm, cancel);
        box.getStyleClass().add("step-buttons");
        return box;
    }

    private void showSkipping(boolean shown) {
        skipping.setVisible(shown);
        skipping.setManaged(shown);
        if (shown) {
            reason.requestFocus();
        } else {
            reason.clear();
        }
    }

    void show(RunState state) {
        StepState how = state.step(step.id());
        action.setText(words(step.action(), state.values()));
        boolean running = state.isRunning(step.id());
        progress.show(running ? new Status(text("runbooks.state.running"), Tone.INFO, Feather.LOADER) : status(how));
        checks.forEach(check -> check.show(state, how));
        String told = state.running().getOrDefault(step.id(), "");
        now.setText(told.isEmpty() ? "" : text("runbooks.step.now", told));
        show(now, !told.isEmpty());
        why.setText(running ? "" : why(state));
        show(why, !why.getText().isEmpty());
        List<String> missing = step.action().variables().stream()
                .filter(name -> state.values().get(name).isEmpty())
                .toList();
        boolean again = how == StepState.DONE || how == StepState.FAILED || how == StepState.UNDONE;
        perform.setText(
                step.stepClass() == StepClass.READ
                        ? text(again ? "runbooks.step.look.again" : "runbooks.step.look")
                        : text(again ? "runbooks.step.do.again" : "runbooks.step.do"));
        perform.setDisable(!missing.isEmpty()
                || how == StepState.VERIFYING
                || running
                || state.transcript().finished());
        perform.setTooltip(
                missing.isEmpty() ? null : new Tooltip(text("runbooks.step.missing", String.join(", ", missing))));
        boolean changed = step.stepClass() != StepClass.READ
                && (how == StepState.DONE || how == StepState.VERIFYING || how == StepState.FAILED);
        // What the cluster does is done in a moment; only what is done on this machine can be stopped.
        show(stop, running && step.action().kind() == ActionKind.ANSIBLE_PLAYBOOK);
        show(takeBack, changed && !running && step.undo().isPresent());
        show(skip, !running && (how == StepState.OPEN || how == StepState.FAILED));
        skip.setDisable(state.transcript().finished());
    }

    /// Why it failed or was left out; nothing otherwise.
    private String why(RunState state) {
        StepState how = state.step(step.id());
        if (how != StepState.FAILED && how != StepState.SKIPPED) {
            return "";
        }
        return state.transcript().entries().reversed().stream()
                .filter(entry -> entry.subject().equals(step.id()))
                .findFirst()
                .map(Entry::text)
                .orElse("");
    }

    private static void show(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    static Status status(StepState how) {
        return switch (how) {
            case OPEN -> Status.of(text("runbooks.state.open"), Tone.NEUTRAL);
            case VERIFYING -> new Status(text("runbooks.state.verifying"), Tone.INFO, Feather.CLOCK);
            case DONE -> Status.of(text("runbooks.state.done"), Tone.GOOD);
            case FAILED -> Status.of(text("runbooks.state.failed"), Tone.BAD);
            case SKIPPED -> new Status(text("runbooks.state.skipped"), Tone.NEUTRAL, Feather.SKIP_FORWARD);
            case UNDONE -> new Status(text("runbooks.state.undone"), Tone.NEUTRAL, Feather.CORNER_UP_LEFT);
        };
    }

    /// `ip_rule.put cidr=203.0.113.0/24 kind=ban`.
    private static String words(ActionCall call, Values values) {
        return call.arguments().entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue().preview(values))
                .collect(Collectors.joining("  ", call.kind().operation() + "  ", ""))
                .strip();
    }
}
