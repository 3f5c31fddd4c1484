package dev.heliograph.console.desktop.channels;

import static dev.heliograph.console.text.Messages.text;

import dev.heliograph.console.action.Role;
import dev.heliograph.console.channels.ChannelsModel;
import dev.heliograph.console.desktop.ui.Commander;
import dev.heliograph.console.desktop.ui.Fx;
import dev.heliograph.console.desktop.ui.Tone;
import dev.heliograph.console.desktop.ui.ViewState;
import dev.heliograph.console.desktop.ui.form.KeyValues;
import dev.heliograph.console.desktop.ui.form.Notice;
import dev.heliograph.console.desktop.ui.form.SegmentedChoice;
import dev.heliograph.console.desktop.ui.form.SidePanel;
import dev.heliograph.console.desktop.ui.table.LiveColumn;
import dev.heliograph.console.desktop.ui.table.LiveTable;
import dev.heliograph.console.text.Formats;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.ChannelView;
import dev.heliograph.console.wire.ConnectionRow;
import dev.heliograph.console.wire.HistoryView;
import dev.heliograph.console.wire.PresenceView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

/// One channel: what is kept of it, who listens, a look into it, a test message.
final class ChannelPanel extends SidePanel {

    private enum Part {
        SUBSCRIBERS,
        TAIL,
        PUBLISH;

        String title() {
            return text("channels.part." + name().toLowerCase(Locale.ROOT));
        }
    }

    private final ChannelsModel model;
    private final KeyValues facts = new KeyValues();
    private final Notice failed = new Notice(Tone.WARNING);
    private final Notice problems = new Notice(Tone.WARNING);
    private final BorderPane part = new BorderPane();
    private final SegmentedChoice<Part> parts =
            new SegmentedChoice<>(text("channels.part"), List.of(Part.values()), Part::title);
    private final LiveTable<String, ConnectionRow> subscribers;
    private final TailView tail;
    private final PublishView publish;
    private final List<Watch> watches;

    ChannelPanel(ChannelsModel model, Commander commander, Value<Optional<Role>> role, Runnable close) {
        super("channel-detail", "", close);
        this.model = model;
        setPrefWidth(WIDTH + 60);
        setMaxWidth(WIDTH + 60);
        subscribers = new LiveTable<>(
                text("channels.subscribers"),
                ConnectionRow::id,
                List.of(
                        LiveColumn.<ConnectionRow>text(
                                        "user",
                                        text("channels.column.user"),
                                        row -> row.user().isEmpty() ? Formats.NONE : row.user())
                                .width(100)
                                .growing(),
                        LiveColumn.<ConnectionRow>text("ip", text("channels.column.ip"), ConnectionRow::ip)
                                .width(124),
                        LiveColumn.<ConnectionRow>text("node", text("channels.column.node"), ConnectionRow::node)
                                .width(84),
                        LiveColumn.<ConnectionRow, Long>measure(
                                        "queue",
                                        text("channels.column.queue"),
                                        ConnectionRow::queueBytes,
                                        Formats::bytes)
                                .width(84)));
        subscribers.setId("channel-subscribers");
        subscribers.emptyState((ViewState.Empty)
                ViewState.empty(text("channels.no-subscribers.title"), text("channels.no-subscribers.hint")));
        tail = new TailView(model, role);
        publish = new PublishView(model, commander);
        parts.setId("channel-parts");
        parts.onChoice(_ -> showPart());
        VBox top = new VBox(8, facts, failed, problems, parts);
        top.getStyleClass().add("panel-content");
        BorderPane all = new BorderPane(part);
        all.setTop(top);
        fill(all);
        showPart();
        watches = List.of(
                Fx.show(model.selected(), channel -> title(channel.orElse(""))), Fx.show(model.detail(), this::show));
    }

    private void showPart() {
        Node node = switch (parts.chosen()) {
            case SUBSCRIBERS -> subscribers;
            case TAIL -> tail;
            case PUBLISH -> publish;
        };
        part.setCenter(node);
        if (parts.chosen() != Part.TAIL) {
            // What nobody sees is not looked at.
            model.tail().stop();
        }
    }

    /// Opens the look into the channel, and begins.
    void look() {
        parts.choose(Part.TAIL);
        showPart();
        tail.start();
    }

    void openPublish() {
        parts.choose(Part.PUBLISH);
        showPart();
    }

    private void show(Loaded<ChannelView> loaded) {
        failed.say(loaded.problem().orElse(""));
        facts.clear();
        Optional<ChannelView> view = loaded.data();
        problems.say(view.map(each -> String.join(" ", each.problems())).orElse(""));
        subscribers.publish(view.map(each -> each.subscribers().connections()).orElse(List.of()));
        subscribers.state(
                view.isEmpty() && loaded.loading()
                        ? ViewState.loading(text("channels.reading"), model::deselect)
                        : ViewState.ready());
        view.ifPresent(this::show);
    }

    private void show(ChannelView view) {
        facts.put(text("channels.subscribers"), Formats.count(view.channel().subscribers()));
        facts.put(
                text("channels.rates"),
                text(
                        "channels.rates.value",
                        Formats.rate(view.channel().inRate()),
                        Formats.rate(view.channel().outRate())));
        HistoryView history = view.history();
        facts.put(
                text("channels.history"),
                history == null
                        ? text("channels.history.none")
                        : text(
                                "channels.history.value",
                                Formats.count(history.depth()),
                                Formats.count(history.offset()),
                                history.epoch()));
        PresenceView presence = view.presence();
        facts.put(
                text("channels.presence"),
                presence == null
                        ? text("channels.presence.none")
                        : text(
                                "channels.presence.value",
                                Formats.count(presence.clients()),
                                Formats.count(presence.users())));
        long others =
                view.subscribers().matched() - view.subscribers().connections().size();
        subscribers.summary(others > 0 ? text("channels.subscribers.more", Formats.count(others)) : "");
    }

    void tick() {
        tail.tick();
    }

    void close() {
        tail.close();
        watches.forEach(Watch::close);
    }
}
