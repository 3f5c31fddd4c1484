package dev.heliograph.console.desktop.nodes;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.deployment.DeploymentState;
import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.StatusPill;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.nodes.DeploymentView;
import dev.heliograph.console.nodes.DeploymentView.ColourShare;
import dev.heliograph.console.nodes.DeploymentView.Standing;
import dev.heliograph.console.nodes.DeploymentView.VerdictLine;
import dev.heliograph.console.nodes.NodesState;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.wire.Verdict;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The deployment that goes on, or the last one. One line if there was none or it went well. On JavaFX's thread.
final class DeploymentPanel extends VBox {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");
    private static final PseudoClass DONE = PseudoClass.getPseudoClass("done");
    private static final PseudoClass QUIET = PseudoClass.getPseudoClass("quiet");

    /// Older ones are shown when asked for: of these three while they matter, of one afterwards.
    private static final int VERDICTS = 3;

    private static final double BAR = 220;

    private final Clock clock;
    private final StatusPill status = new StatusPill();
    private final Label versions = new Label();
    private final HBox colours = new HBox(6);
    private final Label when = new Label();
    private final Label updated = new Label();
    private final HBox head = new HBox(12);
    private final Stepper steps = new Stepper();
    private final HBox canary;
    private final Label canaryWords = new Label();
    private final ProgressBar canaryBar = new ProgressBar();
    private final VBox verdicts = new VBox(4);
    private final Hyperlink more = new Hyperlink();
    private final HBox drain;
    private final Label drainWords = new Label();
    private final ProgressBar drainBar = new ProgressBar();
    private final Label note = new Label();
    private final Label problem = new Label();
    private final Label none = new Label(text("nodes.deployment.none"));
    private DeploymentState state = DeploymentState.UNKNOWN;
    private NodesState nodes = NodesState.UNKNOWN;
    private List<VerdictLine> lines = List.of();
    private int few = VERDICTS;
    private boolean all;
    private boolean brief;

    DeploymentPanel(Clock clock) {
        this.clock = clock;
        setId("deployment");
        getStyleClass().add("deployment");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.TEXT);
        none.getStyleClass().add("hint");
        versions.getStyleClass().add("deployment-versions");
        versions.setMinWidth(USE_PREF_SIZE);
        colours.setAlignment(Pos.CENTER_LEFT);
        colours.setMinWidth(USE_PREF_SIZE);
        updated.getStyleClass().add("hint");
        updated.setMinWidth(USE_PREF_SIZE);
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getChildren().setAll(status, versions, colours, gap, updated);
        canary = row(text("nodes.deployment.canary"), canaryBar, canaryWords);
        drain = row(text("nodes.deployment.moving"), drainBar, drainWords);
        more.setId("deployment-verdicts");
        more.setOnAction(_ -> {
            all = !all;
            showVerdicts();
        });
        note.setId("deployment-note");
        problem.getStyleClass().add("hint");
        for (Label label : new Label[] {when, note, problem}) {
            label.setWrapText(true);
            label.setMinHeight(USE_PREF_SIZE);
        }
        show();
    }

    private static HBox row(String title, ProgressBar bar, Label words) {
        Label name = new Label(title);
        name.getStyleClass().add("deployment-row");
        name.setMinWidth(USE_PREF_SIZE);
        bar.setPrefWidth(BAR);
        HBox row = new HBox(10, name, bar, words);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    void show(DeploymentState next) {
        if (!state.deployment().map(each -> each.id()).equals(next.deployment().map(each -> each.id()))) {
            all = false;
        }
        state = next;
        show();
    }

    void show(NodesState next) {
        nodes = next;
        show();
    }

    /// Leaves out what was said of it, for what needs the room, or not any more.
    void brief(boolean next) {
        brief = next;
        show();
    }

    /// Shows it as of now.
    void show() {
        Optional<DeploymentView> view = DeploymentView.of(state, nodes, clock.instant());
        boolean there = state.known();
        setVisible(there);
        setManaged(there);
        pseudoClassStateChanged(QUIET, view.isEmpty());
        pseudoClassStateChanged(
                DONE, view.filter(each -> each.standing() == Standing.DONE).isPresent());
        pseudoClassStateChanged(
                WRONG, view.filter(each -> each.standing().wentWrong()).isPresent());
        view.ifPresentOrElse(this::show, () -> {
            setAccessibleText(none.getText());
            getChildren().setAll(none);
        });
    }

    private void show(DeploymentView view) {
        setAccessibleText(view.sentence());
        status.show(status(view));
        versions.setText(view.versions());
        colours.getChildren()
                .setAll(view.colours().stream().map(DeploymentPanel::colour).toList());
        if (view.colours().size() == 2) {
            colours.getChildren().add(1, new Label("→"));
        }
        when.setText(view.when());
        updated.setText(view.updated());
        List<Node> rows = new ArrayList<>();
        rows.add(head);
        rows.add(when);
        if (view.standing() != Standing.DONE) {
            steps.show(view.steps());
            rows.add(steps);
            view.canary().ifPresent(percent -> {
                canaryBar.setProgress(percent / 100.0);
                canaryWords.setText(text("nodes.deployment.canary.share", percent));
                rows.add(canary);
            });
            int next = view.canary().isPresent() || view.standing().wentWrong() ? VERDICTS : 1;
            if (!view.verdicts().equals(lines) || next != few) {
                lines = view.verdicts();
                few = next;
                showVerdicts();
            }
            if (!lines.isEmpty() && !brief) {
                rows.add(verdicts);
            }
            view.drain().ifPresent(moving -> {
                drainBar.setProgress(moving.progress());
                drainWords.setText(moving.sentence());
                rows.add(drain);
            });
            note.setText(view.note());
            if (!view.note().isEmpty() && !brief) {
                rows.add(note);
            }
        }
        if (!view.problem().isEmpty()) {
            problem.setText(text("nodes.deployment.stale", view.problem()));
            rows.add(problem);
        }
        if (!getChildren().equals(rows)) {
            getChildren().setAll(rows);
        }
    }

    private static Status status(DeploymentView view) {
        return switch (view.standing()) {
            case UNDER_WAY -> new Status(view.status(), Tone.INFO, Feather.PLAY_CIRCLE);
            case ROLLING_BACK -> new Status(view.status(), Tone.BAD, Feather.ROTATE_CCW);
            case DONE -> Status.of(view.status(), Tone.GOOD);
            case ROLLED_BACK -> new Status(view.status(), Tone.BAD, Feather.ROTATE_CCW);
            case FAILED -> new Status(view.status(), Tone.BAD, Feather.X_OCTAGON);
        };
    }

    private static HBox colour(ColourShare colour) {
        Region swatch = new Region();
        swatch.getStyleClass().addAll("swatch", "share-" + SharesBar.look(colour.colour(), 0));
        Label words = new Label(colour.share()
                .map(share -> colour.colour() + "  " + Formats.percent(share))
                .orElse(colour.colour()));
        words.setMinWidth(USE_PREF_SIZE);
        HBox box = new HBox(6, swatch, words);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private void showVerdicts() {
        List<Node> shown = new ArrayList<>();
        lines.stream()
                .limit(all ? Long.MAX_VALUE : few)
                .map(DeploymentPanel::verdict)
                .forEach(shown::add);
        if (lines.size() > few) {
            more.setText(all ? text("nodes.deployment.fewer") : text("nodes.deployment.earlier", lines.size() - few));
            shown.add(more);
        }
        verdicts.getChildren().setAll(shown);
    }

    private static HBox verdict(VerdictLine line) {
        Label percent = new Label(line.percent());
        percent.getStyleClass().add("deployment-percent");
        Label reasons = new Label(line.reasons());
        reasons.setWrapText(true);
        reasons.setMinHeight(USE_PREF_SIZE);
        reasons.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(reasons, Priority.ALWAYS);
        Label at = new Label(line.at());
        at.getStyleClass().add("hint");
        for (Label label : new Label[] {percent, at}) {
            label.setMinWidth(USE_PREF_SIZE);
        }
        HBox box = new HBox(
                10,
                percent,
                new StatusPill(new Status(line.word(), tone(line.verdict()), icon(line.verdict()))),
                reasons,
                at);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private static Tone tone(Verdict verdict) {
        return switch (verdict) {
            case PASS -> Tone.GOOD;
            case FAIL -> Tone.BAD;
            case INCONCLUSIVE -> Tone.WARNING;
            case RUNNING -> Tone.INFO;
            case UNKNOWN -> Tone.NEUTRAL;
        };
    }

    private static Feather icon(Verdict verdict) {
        return switch (verdict) {
            case PASS -> Feather.CHECK_CIRCLE;
            case FAIL -> Feather.X_OCTAGON;
            case INCONCLUSIVE -> Feather.HELP_CIRCLE;
            case RUNNING -> Feather.LOADER;
            case UNKNOWN -> Feather.CIRCLE;
        };
    }
}
