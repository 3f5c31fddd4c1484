package dev.heliograph.server.admin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.BrokerException;
import dev.heliograph.server.channel.Channel;
import dev.heliograph.server.channel.ChannelException;
import dev.heliograph.server.connections.ChannelDetail;
import dev.heliograph.server.connections.ChannelOrder;
import dev.heliograph.server.connections.ChannelPage;
import dev.heliograph.server.connections.Connections;
import dev.heliograph.server.session.Services;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Channels of all nodes, to see, and to send a test message to.
final class ChannelsApi {

    private static final Param CHANNEL = Param.needed("channel", "The name of the channel.");

    /// @param inRate       publications a second
    /// @param outRate      publications a second to all subscribers together
    /// @param rateWindowMs the time the rates are an average of; 0 if nothing was measured yet
    record ChannelRow(String channel, long subscribers, double inRate, double outRate, long rateWindowMs) {
        static ChannelRow of(dev.heliograph.server.connections.ChannelRow row) {
            return new ChannelRow(row.channel(), row.subscribers(), row.inRate(), row.outRate(), row.rateWindowMs());
        }
    }

    /// @param others channels besides
    record ChannelList(List<ChannelRow> channels, long others, boolean exact, List<String> missing) {
        static ChannelList of(ChannelPage page) {
            return new ChannelList(
                    page.channels().stream().map(ChannelRow::of).toList(), page.others(), page.exact(), page.missing());
        }
    }

    /// @param offset of the last publication
    /// @param depth  publications that can be read
    record HistoryView(String epoch, long offset, long depth) {}

    record PresenceView(int clients, int users) {}

    /// @param history     left out if the namespace keeps none
    /// @param presence    left out if the namespace keeps none
    /// @param subscribers the first page; the others are those of `/v1/connections` with the query `channel =
    ///                    ...`
    record ChannelView(
            ChannelRow channel,
            @Nullable HistoryView history,
            @Nullable PresenceView presence,
            ConnectionsApi.ConnectionList subscribers,
            List<String> problems) {
        static ChannelView of(ChannelDetail detail) {
            return new ChannelView(
                    ChannelRow.of(detail.row()),
                    detail.history()
                            .map(each -> new HistoryView(each.epoch(), each.offset(), each.depth()))
                            .orElse(null),
                    detail.presence()
                            .map(each -> new PresenceView(each.clients(), each.users()))
                            .orElse(null),
                    ConnectionsApi.ConnectionList.of(detail.subscribers()),
                    detail.problems());
        }
    }

    /// @param data any JSON
    record TestMessage(String channel, JsonNode data) {}

    /// @param offset left out if the channel keeps no history
    record Published(
            String channel,
            boolean dryRun,
            @Nullable Long offset,
            @Nullable String epoch) {}

    private final Connections connections;
    private final Services services;

    ChannelsApi(Connections connections, Services services) {
        this.connections = connections;
        this.services = services;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/channels",
                        "channel.list",
                        Role.VIEWER,
                        "The channels of all nodes that have subscribers.",
                        List.of(
                                Param.text("pattern", "Of their names, with `*` for any characters."),
                                Param.text(
                                        "order",
                                        "One of " + ConnectionsApi.words(ChannelOrder.values())
                                                + "; `subscribers` without it."),
                                Param.integer("limit", "Channels, 1 to 1000; 100 without it.")),
                        ChannelList.class,
                        this::list),
                Route.get(
                        "/v1/channel",
                        "channel.get",
                        Role.VIEWER,
                        "One channel: history, presence, subscribers.",
                        List.of(CHANNEL, Param.integer("limit", "Subscribers, 1 to 1000; 100 without it.")),
                        ChannelView.class,
                        call -> ChannelView.of(
                                connections.channel(call.text(CHANNEL.name()).orElse(""), ConnectionsApi.limit(call)))),
                Route.change(
                        Route.Method.POST,
                        "/v1/channel/publish",
                        "channel.publish",
                        Role.OPERATOR,
                        "Publish a test message.",
                        List.of(),
                        TestMessage.class,
                        Published.class,
                        this::publish));
    }

    private ChannelList list(Call call) {
        String pattern = call.text("pattern").orElse("");
        return ChannelList.of(connections.channels(
                pattern.isEmpty() ? "*" : pattern,
                ConnectionsApi.word(call, "order", ChannelOrder.SUBSCRIBERS),
                ConnectionsApi.limit(call)));
    }

    private Published publish(Call call) {
        TestMessage message = call.body(TestMessage.class);
        call.about(message.channel());
        Channel channel;
        try {
            channel = services.live().now().channels().resolve(message.channel());
        } catch (ChannelException e) {
            throw AdminException.invalid("there is no such channel: " + e.code().message());
        }
        Bytes data = Bytes.of(Json.write(message.data()));
        if (services.publisher().checkData(channel, data).isPresent()) {
            throw AdminException.invalid("data is not what the namespace's publication_data_format asks for");
        }
        if (call.dryRun()) {
            return new Published(channel.name(), true, null, null);
        }
        Published published = publish(channel, data);
        // What was said is not for the record: it may be personal.
        call.done(null, published);
        return published;
    }

    private Published publish(Channel channel, Bytes data) {
        try {
            StreamPosition position = services.publisher()
                    .publish(channel, data, Optional.empty())
                    .position();
            return position.epoch().isEmpty()
                    ? new Published(channel.name(), false, null, null)
                    : new Published(channel.name(), false, position.offset(), position.epoch());
        } catch (BrokerException e) {
            throw AdminException.unavailable("it could not be published: " + e.getMessage());
        }
    }
}
