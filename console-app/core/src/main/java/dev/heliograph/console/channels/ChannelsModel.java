package dev.heliograph.console.channels;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Proposal.Outcome;
import dev.heliograph.console.action.Proposal.Parameter;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.ChannelList;
import dev.heliograph.console.wire.ChannelView;
import dev.heliograph.console.wire.Published;
import dev.heliograph.console.workspace.Census;
import dev.heliograph.console.workspace.Loader;
import dev.heliograph.console.workspace.PageModel;
import dev.heliograph.console.workspace.Workspace;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The channels of a cluster, and one of them in detail. Asks the cluster only while it is shown, and a look into a
/// channel ends with that. Threadsafe.
public final class ChannelsModel implements PageModel {

    /// Channels of the list: those that are first in the order; others are found by pattern.
    public static final int SHOWN = 200;

    /// Subscribers of the channel in detail.
    static final int SUBSCRIBERS = 50;

    private static final Duration EVERY = Duration.ofSeconds(2);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Workspace workspace;
    private final Loader<ChannelList> channels;
    private final Loader<ChannelView> detail;
    private final ChannelTail tail;
    private final Value<String> pattern = new Value<>("");
    private final Value<ChannelOrder> order = new Value<>(ChannelOrder.SUBSCRIBERS);
    private final Value<Optional<String>> selected = new Value<>(Optional.empty());
    private final List<Watch> watches = new ArrayList<>();

    public ChannelsModel(Workspace workspace) {
        this.workspace = workspace;
        this.channels = new Loader<>(workspace.background());
        this.detail = new Loader<>(workspace.background());
        this.tail = new ChannelTail(workspace);
    }

    public Value<Loaded<ChannelList>> channels() {
        return channels.state();
    }

    /// The channel that is shown in detail.
    public Value<Loaded<ChannelView>> detail() {
        return detail.state();
    }

    public ChannelTail tail() {
        return tail;
    }

    public Value<String> pattern() {
        return pattern;
    }

    public Value<ChannelOrder> order() {
        return order;
    }

    public Value<Optional<String>> selected() {
        return selected;
    }

    public Clock clock() {
        return workspace.clock();
    }

    /// Those whose names have a pattern, with `*` for any characters; all for an empty one.
    public void search(String wanted) {
        pattern.set(wanted.strip());
        refreshList();
    }

    public void sort(ChannelOrder wanted) {
        order.set(wanted);
        refreshList();
    }

    /// Shows a channel in detail; also one that nobody listens to. A look into another one ends.
    public void select(String channel) {
        if (selected.get().filter(channel::equals).isPresent()) {
            return;
        }
        tail.clear();
        detail.clear();
        selected.set(Optional.of(channel));
        refreshDetail();
    }

    /// Closes the detail.
    public void deselect() {
        tail.clear();
        selected.set(Optional.empty());
        detail.clear();
    }

    public void refresh() {
        refreshList();
        refreshDetail();
    }

    private void refreshList() {
        String wanted = pattern.get();
        String by = order.get().word();
        channels.load(() -> workspace.api().channels(wanted, by, SHOWN));
    }

    private void refreshDetail() {
        selected.get().ifPresent(channel -> detail.load(() -> workspace.api().channel(channel, SUBSCRIBERS)));
    }

    /// What is wrong with a test message; empty if it is JSON.
    public static Optional<String> problem(String json) {
        try {
            read(json);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static JsonNode read(String json) {
        if (json.isBlank()) {
            throw new IllegalArgumentException(Messages.text("channels.publish.empty"));
        }
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    e.getLocation() == null
                            ? Messages.text("channels.publish.wrong", e.getOriginalMessage())
                            : Messages.text(
                                    "channels.publish.wrong.at",
                                    e.getLocation().getLineNr(),
                                    e.getLocation().getColumnNr(),
                                    e.getOriginalMessage().replaceFirst("\\n.*", "")),
                    e);
        }
    }

    /// Proposes to publish a test message. Blocks for a dry run.
    ///
    /// @throws IllegalArgumentException if it is no JSON
    public Proposal publish(String channel, String json) {
        JsonNode data = read(json);
        workspace.api().publish(channel, data, Change.DRY_RUN);
        long subscribers = workspace.api().channel(channel, 1).channel().subscribers();
        var blast = Census.blast(workspace.api(), subscribers);
        return new Proposal(
                "channel.publish",
                Messages.text("channels.publish.title", channel),
                // A message more is no harm to a connection, however many hear it; it can not be taken back either.
                Risk.CONFIRM,
                Role.OPERATOR,
                List.of(
                        new Parameter(Messages.text("channels.publish.channel"), channel),
                        new Parameter(Messages.text("channels.publish.data"), shortened(data.toString()))),
                Optional.of(blast),
                List.of(Messages.text("channels.publish.final")),
                reason -> {
                    Published published = workspace.api().publish(channel, data, Change.because(reason));
                    refreshDetail();
                    return new Outcome(done(published, subscribers), Optional.empty());
                });
    }

    private static String done(Published published, long subscribers) {
        Long offset = published.offset();
        return offset == null
                ? Messages.text("channels.published", published.channel(), subscribers)
                : Messages.text("channels.published.at", published.channel(), subscribers, Long.toString(offset));
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }

    /// The page is in sight.
    @Override
    public synchronized void shown() {
        if (watches.isEmpty()) {
            watches.add(workspace.background().every(EVERY, this::refresh));
        }
    }

    /// The page is out of sight: nothing is asked, and no channel is looked into any more.
    @Override
    public synchronized void hidden() {
        watches.forEach(Watch::close);
        watches.clear();
        channels.cancel();
        detail.cancel();
        tail.stop();
    }

    @Override
    public void close() {
        hidden();
        tail.close();
    }
}
