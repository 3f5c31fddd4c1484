package dev.heliograph.console.desktop.channels;

import static dev.heliograph.console.text.Messages.text;

import atlantafx.base.theme.Styles;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.channels.ChannelTail;
import dev.heliograph.console.channels.ChannelsModel;
import dev.heliograph.console.channels.TailWish;
import dev.heliograph.console.channels.TailWish.Masking;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.form.FormField;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.TailMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// A look into a channel: how it is taken, its lines, what was skipped, and when it ends.
final class TailView extends VBox {

    private static final List<Duration> TIMES =
            List.of(Duration.ofMinutes(1), Duration.ofSeconds(20), Duration.ofMinutes(5), TailWish.MAX_TIME);

    private final ChannelsModel model;
    private final ComboBox<Masking> masking = new ComboBox<>();
    private final ComboBox<Duration> time = new ComboBox<>();
    private final TextField reason = new TextField();
    private final Button start = new Button(text("channels.tail.start"));
    private final Button stop = new Button(text("channels.tail.stop"));
    private final Label said = new Label();
    private final ListView<TailMessage> lines = new ListView<>();
    private final Watch watch;

    /// @param role of the operator: only an admin may see values
    TailView(ChannelsModel model, Value<Optional<Role>> role) {
        super(8);
        this.model = model;
        getStyleClass().add("panel-content");
        masking.getItems().setAll(Masking.values());
        masking.getItems().removeIf(each -> !role.get().orElse(Role.OPERATOR).covers(each.role()));
        masking.setConverter(words(Masking::title));
        masking.setValue(Masking.VALUES);
        masking.setPrefWidth(200);
        time.getItems().setAll(TIMES);
        time.setConverter(words(Times::span));
        time.setValue(TIMES.getFirst());
        time.setPrefWidth(110);
        HBox choices = new HBox(
                8,
                new FormField(text("channels.tail.masking"), masking).id("tail-masking"),
                new FormField(text("channels.tail.time"), time).id("tail-time"));
        choices.getChildren().forEach(each -> HBox.setHgrow(each, Priority.ALWAYS));
        start.setId("tail-start");
        start.getStyleClass().add(Styles.ACCENT);
        start.setOnAction(_ -> start());
        stop.setId("tail-stop");
        stop.setOnAction(_ -> model.tail().stop());
        said.setId("tail-said");
        said.getStyleClass().add("hint");
        said.setWrapText(true);
        said.setMinHeight(USE_PREF_SIZE);
        said.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(said, Priority.ALWAYS);
        start.setMinWidth(USE_PREF_SIZE);
        stop.setMinWidth(USE_PREF_SIZE);
        HBox buttons = new HBox(8, start, stop, said);
        buttons.setAlignment(Pos.CENTER_LEFT);
        lines.setId("tail-lines");
        lines.setAccessibleText(text("channels.tail.title"));
        lines.setPlaceholder(hint(text("channels.tail.empty")));
        lines.setCellFactory(_ -> new Line());
        VBox.setVgrow(lines, Priority.ALWAYS);
        getChildren()
                .addAll(
                        choices,
                        new FormField(text("channels.tail.reason"), reason)
                                .id("tail-reason")
                                .hint(text("channels.tail.reason.hint")),
                        buttons,
                        lines);
        watch = Fx.show(model.tail().state(), this::show);
    }

    private static Label hint(String words) {
        Label label = new Label(words);
        label.getStyleClass().add("hint");
        label.setWrapText(true);
        return label;
    }

    private static <T> StringConverter<T> words(java.util.function.Function<T, String> words) {
        return new StringConverter<>() {
            @Override
            public String toString(T value) {
                return value == null ? "" : words.apply(value);
            }

            @Override
            public T fromString(String title) {
                throw new UnsupportedOperationException("it is chosen, not written");
            }
        };
    }

    void start() {
        model.selected()
                .get()
                .ifPresent(channel -> model.tail()
                        .start(new TailWish(
                                channel,
                                10,
                                masking.getValue(),
                                time.getValue(),
                                reason.getText().strip())));
    }

    private void show(ChannelTail.State state) {
        start.setDisable(state.goesOn());
        stop.setDisable(!state.goesOn());
        // Only what is new is added: the list keeps its place while one reads.
        int there = lines.getItems().size();
        boolean same = there > 0
                && there <= state.lines().size()
                && lines.getItems().getFirst().equals(state.lines().getFirst());
        if (same) {
            lines.getItems().addAll(state.lines().subList(there, state.lines().size()));
        } else {
            lines.getItems().setAll(state.lines());
        }
        if (state.goesOn() && !state.lines().isEmpty() && !lines.isHover()) {
            lines.scrollTo(state.lines().size() - 1);
        }
        tick();
    }

    /// Says how much time is left.
    void tick() {
        ChannelTail.State state = model.tail().state().get();
        String counts = text("channels.tail.counts", Formats.count(state.seen()), Formats.count(state.skipped()));
        String left = state.until()
                .map(end -> text(
                        "channels.tail.left",
                        Times.span(Duration.between(model.clock().instant(), end))))
                .or(state::ended)
                .orElse("");
        said.setText(state.wish().isEmpty() ? "" : counts + " " + left);
    }

    void close() {
        watch.close();
    }

    private static final class Line extends ListCell<TailMessage> {

        @Override
        protected void updateItem(@Nullable TailMessage line, boolean empty) {
            super.updateItem(line, empty);
            getStyleClass().remove("tail-line");
            if (empty || line == null) {
                setText(null);
                return;
            }
            getStyleClass().addAll("tail-line", "mono");
            Long offset = line.offset();
            setText("%s  %s  %s%n%s"
                    .formatted(
                            Times.clock(Instant.ofEpochMilli(line.at())),
                            offset == null ? "" : "#" + offset,
                            line.user().isEmpty()
                                    ? Formats.bytes(line.bytes())
                                    : line.user() + "  " + Formats.bytes(line.bytes()),
                            line.data().isTextual() && line.data().asText().isEmpty() ? "" : line.data()));
        }
    }
}
