package dev.heliograph.server.session;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.JsonText;
import dev.heliograph.protocol.Publication;
import dev.heliograph.server.broker.Broker;
import dev.heliograph.server.broker.PublishOptions;
import dev.heliograph.server.broker.PublishResult;
import dev.heliograph.server.channel.Channel;
import dev.heliograph.server.config.ChannelOptions;
import dev.heliograph.server.hub.Hub;
import java.util.Map;
import java.util.Optional;

/// The one way by which publications, of clients and of back ends, go to the broker. Threadsafe; may block.
public final class Publisher {

    private final Broker broker;
    private final Hub hub;
    private final PublicationMeter meter;

    public Publisher(Broker broker, Hub hub, PublicationMeter meter) {
        this.broker = broker;
        this.hub = hub;
        this.meter = meter;
    }

    /// Publishes what a client sent, as the channel's namespace says.
    public PublishResult publish(Channel channel, Bytes data, Optional<ClientInfo> info) {
        return publish(
                PublicationMeter.Source.CLIENT,
                channel,
                new Publication(data, info, 0, Map.of(), false, 0),
                options(channel.options()));
    }

    /// Publishes with options of a back end's own.
    public PublishResult publish(Channel channel, Publication publication, PublishOptions options) {
        return publish(PublicationMeter.Source.API, channel, publication, options);
    }

    private PublishResult publish(
            PublicationMeter.Source source, Channel channel, Publication publication, PublishOptions options) {
        long began = meter.begin();
        hub.awaitCapacity(channel.name());
        meter.admitted(began);
        PublishResult result = broker.publish(channel.name(), publication, options);
        meter.published(source, channel.namespace(), publication.data().length());
        return result;
    }

    /// How a namespace publishes.
    public static PublishOptions options(ChannelOptions options) {
        return options.keepsHistory()
                ? new PublishOptions(
                        options.historySize(),
                        options.historyTtl(),
                        options.metaTtl(),
                        "",
                        PublishOptions.IDEMPOTENCY_TTL,
                        0,
                        "")
                : PublishOptions.NO_HISTORY;
    }

    /// Why data may not be published in a channel: it must be what the namespace's `publication_data_format`
    /// says.
    public Optional<ErrorCode> checkData(Channel channel, Bytes data) {
        return checkData(channel, data, false);
    }

    /// Whether what subscribers are told of a channel besides its publications is nothing or can be embedded in
    /// their frames.
    public boolean readable(Channel channel, Bytes payload) {
        return payload.isEmpty()
                || DataFormat.of(channel.options().publicationDataFormat()) == DataFormat.BINARY
                || JsonText.isValid(payload.array());
    }

    /// @param checked whether the decoder of a JSON frame has read it as JSON already
    Optional<ErrorCode> checkData(Channel channel, Bytes data, boolean checked) {
        return DataFormat.of(channel.options().publicationDataFormat()).accepts(data, checked)
                ? Optional.empty()
                : Optional.of(ErrorCode.BAD_REQUEST);
    }
}
