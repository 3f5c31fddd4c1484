package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.connections.DetailState;
import dev.heliograph.console.desktop.ui.StateView;
import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.StatusPill;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.form.KeyValues;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.wire.ConnectionRow;
import dev.heliograph.console.wire.ConnectionView;
import dev.heliograph.console.wire.SubscriptionRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One connection: what it is, what it has subscribed to, and what happened to it. On JavaFX's thread.
final class DetailPane extends VBox {

    /// What can be done with it.
    interface Actions {

        void disconnect(ConnectionRow row);

        void ban(ConnectionRow row);

        void retry();
    }

    private final Actions actions;
    private final Clock clock;
    private final StateView state = new StateView();
    private final VBox body = new VBox(16);
    private final Label trouble = Drawer.sentence("", "connections-trouble");
    private final StatusPill pill = new StatusPill(Status.of("", Tone.NEUTRAL));
    private final TextField id = new TextField();
    private final Button disconnect = new Button(text("connections.detail.disconnect"));
    private final Button ban = new Button(text("connections.detail.ban"));
    private final KeyValues facts = new KeyValues();
    private final VBox missing = new VBox(8);
    private final Label subscriptionsTitle = section();
    private final VBox subscriptions = new VBox(4);
    private final Label timelineTitle = section();
    private final Timeline timeline = new Timeline();
    private Optional<ConnectionView> shown = Optional.empty();

    DetailPane(Actions actions, Clock clock) {
        this.actions = actions;
        this.clock = clock;
        setId("detail");
        setSpacing(12);
        setPadding(new Insets(4, 16, 16, 16));
        trouble.setId("detail-trouble");
        // A field, so that it can be selected and copied.
        id.setId("detail-id");
        id.setEditable(false);
        id.getStyleClass().add("mono");
        id.setAccessibleText(text("connections.detail.id"));
        disconnect.setId("detail-disconnect");
        disconnect.setOnAction(_ -> shown.ifPresent(view -> actions.disconnect(view.connection())));
        ban.setId("detail-ban");
        ban.setOnAction(_ -> shown.ifPresent(view -> actions.ban(view.connection())));
        body.getChildren()
                .addAll(
                        new VBox(8, pill, id, new FlowPane(8, 8, disconnect, ban)),
                        facts,
                        missing,
                        subscriptionsTitle,
                        subscriptions,
                        timelineTitle,
                        timeline);
        getChildren().addAll(trouble, state, body);
    }

    void show(DetailState next) {
        boolean there = next.view().isPresent();
        trouble.setText(next.problem().orElse(""));
        trouble.setVisible(there && next.problem().isPresent());
        trouble.setManaged(trouble.isVisible());
        if (there) {
            state.show(ViewState.ready());
        } else if (next.problem().isPresent()) {
            state.show(ViewState.failed(next.problem().get(), actions::retry));
        } else {
            state.show(new ViewState.Loading(text("connections.detail.loading"), Optional.empty()));
        }
        body.setVisible(there);
        body.setManaged(there);
        if (!shown.equals(next.view())) {
            Optional<ConnectionView> before = shown;
            shown = next.view();
            shown.ifPresent(view -> fill(view, before));
        }
    }

    /// What stays the same is left alone: the keyboard may be in it, or text of it selected.
    private void fill(ConnectionView view, Optional<ConnectionView> before) {
        ConnectionRow row = view.connection();
        Long closed = view.closedAt();
        pill.show(
                closed == null
                        ? ConnectionColumns.state(row)
                        : Status.of(
                                text("connections.detail.closed", Times.clock(Instant.ofEpochMilli(closed))),
                                Tone.NEUTRAL));
        if (!id.getText().equals(row.id())) {
            id.setText(row.id());
        }
        disconnect.setDisable(closed != null);
        facts(row, closed);
        missing.getChildren().clear();
        view.missing()
                .forEach(node -> missing.getChildren()
                        .add(Drawer.sentence(text("connections.missing", node), "connections-trouble")));
        missing.setVisible(!view.missing().isEmpty());
        missing.setManaged(missing.isVisible());
        if (before.filter(each -> each.subscriptions().equals(view.subscriptions()))
                .isEmpty()) {
            subscriptionsTitle.setText(text(
                    "connections.detail.subscriptions",
                    Formats.count(view.subscriptions().size())));
            subscriptions(view.subscriptions());
        }
        if (before.filter(each -> each.events().equals(view.events())).isEmpty()) {
            timelineTitle.setText(text(
                    "connections.detail.timeline", Formats.count(view.events().size())));
            timeline.show(view.events());
        }
    }

    private void facts(ConnectionRow row, @Nullable Long closedAt) {
        fact("user", row.user().isEmpty() ? text("connections.detail.anonymous") : row.user());
        fact("ip", row.ip());
        fact("node", text("connections.detail.node-of", row.node(), row.colour()));
        fact("client", ConnectionColumns.client(row));
        fact(
                "transport",
                text(
                        row.tls() ? "connections.detail.tls" : "connections.detail.plain",
                        row.transport(),
                        row.encoding()));
        Instant connected = Instant.ofEpochMilli(row.connectedAt());
        Instant end = closedAt == null ? clock.instant() : Instant.ofEpochMilli(closedAt);
        fact(
                "connected",
                text(
                        "connections.detail.since",
                        Times.second(connected),
                        Times.span(Duration.between(connected, end))));
        Long expires = row.expiresAt();
        fact("expires", expires == null ? Formats.NONE : Times.second(Instant.ofEpochMilli(expires)));
        fact("queue", Formats.bytes((double) row.queueBytes()));
        Integer rtt = row.rttMs();
        fact("rtt", rtt == null ? text("connections.detail.unknown") : Formats.millis(rtt));
        fact("idle", Times.span(Duration.ofMillis(row.idleMs())));
        fact("in", traffic(row.inRate(), row.inBytesRate(), row.messagesIn(), row.bytesIn()));
        fact("out", traffic(row.outRate(), row.outBytesRate(), row.messagesOut(), row.bytesOut()));
    }

    private void fact(String key, String value) {
        facts.put(text("connections.detail.fact." + key), value);
    }

    private static String traffic(double rate, double bytesRate, long messages, long bytes) {
        return text(
                "connections.detail.traffic",
                Formats.rate(rate),
                Formats.byteRate(bytesRate),
                Formats.count(messages),
                Formats.bytes((double) bytes));
    }

    private static Label section() {
        Label label = new Label();
        label.getStyleClass().add(Styles.TEXT_BOLD);
        return label;
    }

    private void subscriptions(List<SubscriptionRow> all) {
        subscriptions.getChildren().clear();
        if (all.isEmpty()) {
            subscriptions
                    .getChildren()
                    .add(Drawer.sentence(text("connections.detail.no-subscriptions"), Styles.TEXT_MUTED));
        }
        for (SubscriptionRow each : all) {
            Label channel = new Label(each.channel());
            channel.getStyleClass().add("mono");
            channel.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(channel, Priority.ALWAYS);
            List<String> marks = new ArrayList<>();
            if (each.serverSide()) {
                marks.add(text("connections.detail.server-side"));
            }
            if (each.positioned()) {
                marks.add(text("connections.detail.positioned"));
            }
            if (each.presence()) {
                marks.add(text("connections.detail.presence"));
            }
            Label how = new Label(String.join(", ", marks));
            how.getStyleClass().addAll(Styles.TEXT_MUTED, Styles.TEXT_SMALL);
            how.setMinWidth(USE_PREF_SIZE);
            subscriptions.getChildren().add(new HBox(8, channel, how));
        }
    }
}
