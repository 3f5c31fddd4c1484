package dev.heliograph.console.desktop.alerts;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.alerts.Alert;
import dev.heliograph.console.alerts.AlertGroup;
import dev.heliograph.console.alerts.AlertGroup.Standing;
import dev.heliograph.console.alerts.Silence;
import dev.heliograph.console.desktop.ui.StateView;
import dev.heliograph.console.desktop.ui.StatusPill;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.text.Times;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// One group of alerts: what it says, whose it is, and what can be done about it.
final class AlertDetail extends BorderPane {

    /// As many as are read; the table says how many there are.
    private static final int ALERTS = 20;

    /// What can be done about a group.
    interface Owner {

        void acknowledge(AlertGroup group);

        void silence(AlertGroup group);

        void expire(Silence silence);

        void runbook(Alert alert);
    }

    private final Owner owner;
    private final Clock clock;
    private final StateView instead = new StateView();
    private @Nullable AlertGroup shown;

    AlertDetail(Owner owner, Clock clock) {
        this.owner = owner;
        this.clock = clock;
        getStyleClass().add("alert-detail");
        show(Optional.empty());
    }

    void show(Optional<AlertGroup> group) {
        if (group.isEmpty()) {
            shown = null;
            instead.show(ViewState.empty(text("alerts.detail.none"), text("alerts.detail.none.hint")));
            setCenter(instead);
            return;
        }
        if (group.get().equals(shown)) {
            return;
        }
        shown = group.get();
        ScrollPane scroll = new ScrollPane(content(group.get()));
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        setCenter(scroll);
    }

    private VBox content(AlertGroup group) {
        Label name = wrapped(group.name());
        name.getStyleClass().add("alert-name");
        FlowPane pills = new FlowPane(
                8,
                6,
                new StatusPill(AlertLook.severity(group.severity())),
                new StatusPill(AlertLook.standing(group.standing())),
                new Label(text("alerts.detail.since", Times.minute(group.since()))));
        pills.setRowValignment(VPos.CENTER);
        VBox box = new VBox(name, pills);
        box.getStyleClass().add("alert-content");
        if (!group.summary().isEmpty()) {
            box.getChildren().add(wrapped(group.summary()));
        }
        group.silence().ifPresent(silence -> box.getChildren().add(inHands(silence)));
        box.getChildren().add(buttons(group));
        Label title = new Label(
                text("alerts.detail.alerts", String.valueOf(group.alerts().size())));
        title.getStyleClass().add("alert-part");
        box.getChildren().add(title);
        group.alerts().stream().limit(ALERTS).forEach(alert -> box.getChildren().add(one(alert, group)));
        return box;
    }

    private VBox inHands(Silence silence) {
        String how = silence.acknowledges() ? "alerts.detail.acknowledged" : "alerts.detail.silenced";
        Label words = wrapped(text(
                how, silence.author(), Times.minute(silence.ends()), Times.until(silence.ends(), clock.instant())));
        VBox box = new VBox(4, words);
        if (!silence.said().isEmpty()) {
            box.getChildren().add(wrapped("“" + silence.said() + "”"));
        }
        box.getStyleClass().add("alert-hands");
        return box;
    }

    private FlowPane buttons(AlertGroup group) {
        FlowPane buttons = new FlowPane(8, 8);
        Button runbook = button("alert-runbook", "alerts.runbook", Feather.BOOK_OPEN);
        runbook.setOnAction(_ -> owner.runbook(group.alerts().getFirst()));
        buttons.getChildren().add(runbook);
        if (group.standing() == Standing.FIRING) {
            Button acknowledge = button("alert-acknowledge", "alerts.acknowledge", Feather.USER_CHECK);
            acknowledge.getStyleClass().add("accent");
            acknowledge.setOnAction(_ -> owner.acknowledge(group));
            buttons.getChildren().addFirst(acknowledge);
        }
        if (group.standing() == Standing.FIRING || group.standing() == Standing.ACKNOWLEDGED) {
            Button silence = button("alert-silence", "alerts.silence", Feather.BELL_OFF);
            silence.setOnAction(_ -> owner.silence(group));
            buttons.getChildren().add(silence);
        }
        group.silence().ifPresent(silence -> {
            Button end = button(
                    "alert-expire", silence.acknowledges() ? "alerts.unacknowledge" : "alerts.expire", Feather.BELL);
            end.setOnAction(_ -> owner.expire(silence));
            buttons.getChildren().add(end);
        });
        return buttons;
    }

    private static Button button(String id, String key, Feather icon) {
        Button button = new Button(text(key), new FontIcon(icon));
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    /// What it has that the others have not; of one alone all of it.
    private static VBox one(Alert alert, AlertGroup group) {
        Map<String, String> own = new TreeMap<>(alert.labels());
        if (group.alerts().size() > 1) {
            own.keySet().removeAll(group.commonLabels().keySet());
        } else {
            own.remove("alertname");
            own.remove("severity");
        }
        String labels = own.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining("  "));
        Label first = wrapped(labels.isEmpty() ? text("alerts.detail.no-labels") : labels);
        first.getStyleClass().add("mono");
        Label second = wrapped(text("alerts.detail.since", Times.minute(alert.since()))
                + (alert.summary().isEmpty() || group.alerts().size() == 1 ? "" : " · " + alert.summary()));
        second.getStyleClass().add("hint");
        VBox box = new VBox(2, first, second);
        String description = alert.annotations().getOrDefault("description", "");
        if (!description.isEmpty() && !description.equals(alert.summary())) {
            box.getChildren().add(wrapped(description));
        }
        return box;
    }

    private static Label wrapped(String words) {
        Label label = new Label(words);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /// What stands below it: a form that is being filled in.
    void form(Optional<Region> form) {
        setBottom(form.orElse(null));
    }
}
