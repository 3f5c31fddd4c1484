package dev.heliograph.console.desktop.limits;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.form.SidePanel;
import dev.heliograph.console.limits.LimitTexts;
import dev.heliograph.console.limits.LimitsModel;
import dev.heliograph.console.limits.Staged;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.value.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What is staged, and how it is applied: all of it together, with a timer that takes it back. Takes no room while
/// nothing
/// is staged.
final class StagedBar extends VBox {

    private static final List<Duration> TIMERS = List.of(
            LimitsModel.TRIAL, Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ZERO);

    private final LimitsModel model;
    private final Commander commander;
    private final Label title = new Label();
    private final VBox lines = new VBox(4);
    private final ComboBox<Duration> timer = new ComboBox<>();
    private final Watch watch;

    StagedBar(LimitsModel model, Commander commander) {
        super(8);
        this.model = model;
        this.commander = commander;
        setId("limits-staged");
        getStyleClass().addAll("staged");
        getStylesheets()
                .add(Objects.requireNonNull(SidePanel.class.getResource("form.css"))
                        .toExternalForm());
        title.getStyleClass().add("part");
        timer.setId("limits-timer");
        timer.getItems().setAll(TIMERS);
        timer.setValue(LimitsModel.TRIAL);
        timer.setConverter(new javafx.util.StringConverter<>() {
            @Override
            public String toString(Duration time) {
                return time == null
                        ? ""
                        : time.isZero() ? text("limits.timer.none") : text("limits.timer", Times.span(time));
            }

            @Override
            public Duration fromString(String words) {
                throw new UnsupportedOperationException("it is chosen, not written");
            }
        });
        timer.setAccessibleText(text("limits.apply.timer"));
        timer.setMinWidth(USE_PREF_SIZE);
        Button apply = new Button(text("limits.apply"));
        apply.setId("limits-apply");
        apply.getStyleClass().add(Styles.ACCENT);
        apply.setMinWidth(USE_PREF_SIZE);
        apply.setOnAction(_ -> apply());
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        HBox head = new HBox(8, title, timer, apply);
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(head, lines);
        watch = Fx.show(model.staged(), this::show);
    }

    private void show(List<Staged> staged) {
        setVisible(!staged.isEmpty());
        setManaged(!staged.isEmpty());
        title.setText(text("limits.staged", staged.size()));
        lines.getChildren().setAll(staged.stream().map(this::line).toList());
    }

    private HBox line(Staged change) {
        Button remove = new Button("", new FontIcon(Feather.X));
        remove.getStyleClass().addAll(Styles.BUTTON_ICON, Styles.FLAT, Styles.SMALL);
        remove.setAccessibleText(text("limits.unstage", change.name()));
        remove.setOnAction(_ -> model.unstage(change.name()));
        Label name = new Label(change.name());
        name.getStyleClass().add("mono");
        name.setMinWidth(USE_PREF_SIZE);
        Label what = new Label(change.wish().map(LimitTexts::rule).orElseGet(() -> text("limits.removed")));
        HBox line = new HBox(8, remove, name, what);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    void apply() {
        Duration time = timer.getValue();
        commander.offer(
                text("limits.apply.preparing"),
                () -> model.apply(time.isZero() ? Optional.empty() : Optional.of(time)));
    }

    void close() {
        watch.close();
    }
}
