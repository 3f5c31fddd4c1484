package dev.heliograph.console.desktop.connections;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.connections.DetailState;
import dev.heliograph.console.desktop.ui.StateView;
import dev.heliograph.console.desktop.ui.Status;
import dev.heliograph.console.desktop.ui.StatusPill;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.ViewState;
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
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

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
    private final Timeline timeline = new Timeline();
    private Optional<ConnectionView> shown = Optional.empty();

    DetailPane(Actions actions, Clock clock) {
        this.actions = actions;
        this.clock = clock;
        setId("detail");
        setSpacing(12);
        setPadding(new Insets(4, 16, 16, 16));
        trouble.setId("detail-trouble");
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
        if (!shown.equals(next.view())) {
            shown = next.view();
            body.getChildren().clear();
            shown.ifPresent(this::fill);
        }
    }

    private void fill(ConnectionView view) {
        ConnectionRow row = view.connection();
        body.getChildren().add(head(view));
        body.getChildren().add(facts(row, view.closedAt()));
        view.missing()
                .forEach(node -> body.getChildren()
                        .add(Drawer.sentence(text("connections.missing", node), "connections-trouble")));
        body.getChildren().add(section("connections.detail.subscriptions", view.subscriptions().size()));
        body.getChildren().add(subscriptions(view.subscriptions()));
        body.getChildren().add(section("connections.detail.timeline", view.events().size()));
        timeline.show(view.events());
        body.getChildren().add(timeline);
    }

    private Node head(ConnectionView view) {
        ConnectionRow row = view.connection();
        // A field, so that it can be selected and copied.
        TextField id = new TextField(row.id());
        id.setId("detail-id");
        id.setEditable(false);
        id.getStyleClass().add("mono");
        id.setAccessibleText(text("connections.detail.id"));
        Long closed = view.closedAt();
        StatusPill pill = new StatusPill(
                closed == null
                        ? ConnectionColumns.state(row)
                        : Status.of(
                                text("connections.detail.closed", Times.clock(Instant.ofEpochMilli(closed))),
                                Tone.NEUTRAL));
        Button disconnect = new Button(text("connections.detail.disconnect"));
        disconnect.setId("detail-disconnect");
        disconnect.setOnAction(_ -> actions.disconnect(row));
        disconnect.setDisable(closed != null);
        Button ban = new Button(text("connections.detail.ban"));
        ban.setId("detail-ban");
        ban.setOnAction(_ -> actions.ban(row));
        FlowPane buttons = new FlowPane(8, 8, disconnect, ban);
        return new VBox(8, pill, id, buttons);
    }

    private GridPane facts(ConnectionRow row, @org.jspecify.annotations.Nullable Long closedAt) {
        GridPane grid = new GridPane(12, 4);
        ColumnConstraints labels = new ColumnConstraints();
        labels.setMinWidth(USE_PREF_SIZE);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(labels, values);
        List<String[]> facts = new ArrayList<>();
        fact(facts, "user", row.user().isEmpty() ? text("connections.detail.anonymous") : row.user());
        fact(facts, "ip", row.ip());
        fact(facts, "node", text("connections.detail.node-of", row.node(), row.colour()));
        fact(facts, "client", ConnectionColumns.client(row));
        fact(
                facts,
                "transport",
                text(
                        row.tls() ? "connections.detail.tls" : "connections.detail.plain",
                        row.transport(),
                        row.encoding()));
        Instant connected = Instant.ofEpochMilli(row.connectedAt());
        Instant end = closedAt == null ? clock.instant() : Instant.ofEpochMilli(closedAt);
        fact(
                facts,
                "connected",
                text("connections.detail.since", Times.second(connected), Times.span(Duration.between(connected, end))));
        Long expires = row.expiresAt();
        if (expires != null) {
            fact(facts, "expires", Times.second(Instant.ofEpochMilli(expires)));
        }
        fact(facts, "queue", Formats.bytes(row.queueBytes()));
        Integer rtt = row.rttMs();
        fact(facts, "rtt", rtt == null ? text("connections.detail.unknown") : Formats.millis(rtt));
        fact(facts, "idle", Times.span(Duration.ofMillis(row.idleMs())));
        fact(facts, "in", traffic(row.inRate(), row.inBytesRate(), row.messagesIn(), row.bytesIn()));
        fact(facts, "out", traffic(row.outRate(), row.outBytesRate(), row.messagesOut(), row.bytesOut()));
        for (int i = 0; i < facts.size(); i++) {
            Label label = new Label(facts.get(i)[0]);
            label.getStyleClass().add(Styles.TEXT_MUTED);
            GridPane.setValignment(label, VPos.TOP);
            grid.addRow(i, label, Drawer.sentence(facts.get(i)[1]));
        }
        return grid;
    }

    private static void fact(List<String[]> facts, String key, String value) {
        facts.add(new String[] {text("connections.detail.fact." + key), value});
    }

    private static String traffic(double rate, double bytesRate, long messages, long bytes) {
        return text(
                "connections.detail.traffic",
                Formats.rate(rate),
                Formats.byteRate(bytesRate),
                Formats.count(messages),
                Formats.bytes(bytes));
    }

    private static Label section(String key, int count) {
        Label label = new Label(text(key, Formats.count(count)));
        label.getStyleClass().add(Styles.TEXT_BOLD);
        return label;
    }

    private Node subscriptions(List<SubscriptionRow> subscriptions) {
        if (subscriptions.isEmpty()) {
            return Drawer.sentence(text("connections.detail.no-subscriptions"), Styles.TEXT_MUTED);
        }
        VBox rows = new VBox(4);
        for (SubscriptionRow each : subscriptions) {
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
            rows.getChildren().add(new HBox(8, channel, how));
        }
        return rows;
    }
}
