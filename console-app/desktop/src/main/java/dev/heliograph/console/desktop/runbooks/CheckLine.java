package dev.heliograph.console.desktop.runbooks;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.StatusPill;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.runbook.Check;
import dev.heliograph.runbook.run.CheckResult;
import dev.heliograph.runbook.run.RunState;
import dev.heliograph.runbook.run.StepState;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// A check and how it is now: a pill with a word, and what was measured.
final class CheckLine extends HBox {

    private final Check check;
    private final StatusPill pill = new StatusPill();
    private final Label condition = new Label();

    CheckLine(Check check) {
        this.check = check;
        getStyleClass().add("check-line");
        setAlignment(Pos.BASELINE_LEFT);
        Label when = new Label(text(
                switch (check.when()) {
                    case NEEDED -> "runbooks.check.needed";
                    case BEFORE -> "runbooks.check.before";
                    case AFTER -> "runbooks.check.after";
                }));
        when.getStyleClass().add("check-when");
        when.setMinWidth(Region.USE_PREF_SIZE);
        condition.getStyleClass().add("mono");
        condition.setWrapText(true);
        condition.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().setAll(when, condition, pill);
    }

    /// @param how far its step is
    void show(RunState state, StepState how) {
        condition.setText(check.preview(state.values()));
        Status status = status(state.check(check));
        pill.show(status.tone() != Tone.BAD || counts(how) ? status : Status.of(status.word(), Tone.NEUTRAL));
        pill.setTooltip(state.check(check)
                .filter(result -> !result.problem().isEmpty())
                .map(result -> new Tooltip(result.problem()))
                .orElse(null));
    }

    /// Whether it is a bad sign that it does not hold: what must hold before a step need not hold after it, and the
    /// other way round.
    private boolean counts(StepState how) {
        return switch (how) {
            case OPEN, SKIPPED, UNDONE -> check.when() == Check.When.BEFORE;
            case VERIFYING, DONE -> check.when() == Check.When.AFTER;
            case FAILED -> true;
        };
    }

    /// Of one check.
    static Status status(Optional<CheckResult> result) {
        if (result.isEmpty()) {
            return Status.of(text("runbooks.check.unseen"), Tone.NEUTRAL);
        }
        CheckResult seen = result.get();
        return switch (seen.verdict()) {
            case HOLDS -> Status.of(text("runbooks.check.holds", seen.sentence()), Tone.GOOD);
            case FAILS -> Status.of(text("runbooks.check.fails", seen.sentence()), Tone.BAD);
            case UNKNOWN -> Status.of(text("runbooks.check.unknown"), Tone.WARNING);
        };
    }

    /// Of several: the worst.
    static Status status(List<Check> checks, RunState state) {
        List<Optional<CheckResult>> results = checks.stream().map(state::check).toList();
        if (results.isEmpty() || results.stream().anyMatch(Optional::isEmpty)) {
            return status(Optional.empty());
        }
        return results.stream()
                .flatMap(Optional::stream)
                .filter(result -> !result.holds())
                .findFirst()
                .map(result -> status(Optional.of(result)))
                .orElseGet(() -> status(results.getFirst()));
    }
}
