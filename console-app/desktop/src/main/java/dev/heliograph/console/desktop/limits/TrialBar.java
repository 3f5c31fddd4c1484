package dev.heliograph.console.desktop.limits;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.form.Notice;
import dev.heliograph.console.desktop.ui.form.SidePanel;
import dev.heliograph.console.limits.LimitTrial.Running;
import dev.heliograph.console.limits.LimitsModel;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.value.Watch;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

/// What is on trial and for how long still, with the two ways to end it; afterwards how it ended.
final class TrialBar extends VBox {

    private final LimitsModel model;
    private final Commander commander;
    private final Notice running;
    private final Notice ended = new Notice(Tone.INFO);
    private final List<Watch> watches;

    TrialBar(LimitsModel model, Commander commander) {
        this.model = model;
        this.commander = commander;
        getStylesheets()
                .add(Objects.requireNonNull(SidePanel.class.getResource("form.css"))
                        .toExternalForm());
        Button keep = new Button(text("limits.trial.keep"));
        keep.setId("limits-keep");
        keep.setMinWidth(USE_PREF_SIZE);
        keep.getStyleClass().add(Styles.ACCENT);
        keep.setOnAction(_ -> keep());
        Button revert = new Button(text("limits.trial.revert"));
        revert.setId("limits-revert");
        revert.setMinWidth(USE_PREF_SIZE);
        revert.setOnAction(_ -> model.revertNow());
        running = new Notice(Tone.WARNING, revert, keep);
        running.setId("limits-trial");
        running.getStyleClass().add("page-notice");
        ended.setId("limits-ended");
        ended.getStyleClass().add("page-notice");
        getChildren().addAll(running, ended);
        watches = List.of(
                Fx.show(model.trial().running(), _ -> tick()),
                Fx.show(model.trial().ended(), how -> ended.say(how.orElse(""))));
    }

    void keep() {
        commander.offer(text("limits.trial.keep"), model::keep);
    }

    /// Shows how much time is left.
    void tick() {
        running.say(model.trial().running().get().map(this::sentence).orElse(""));
    }

    private String sentence(Running now) {
        String names = String.join(", ", now.names());
        Optional<String> problem = now.problem();
        if (problem.isPresent()) {
            return text("limits.trial.failing", names, problem.get());
        }
        if (now.reverting()) {
            return text("limits.trial.reverting", names);
        }
        String left = Times.span(java.time.Duration.between(model.clock().instant(), now.end()));
        return now.unguarded().isEmpty()
                ? text("limits.trial.running", names, left)
                : text("limits.trial.running.open", names, left);
    }

    void close() {
        watches.forEach(Watch::close);
    }
}
