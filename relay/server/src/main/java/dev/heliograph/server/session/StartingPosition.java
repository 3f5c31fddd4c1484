package dev.heliograph.server.session;

import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.Broker;
import dev.heliograph.server.broker.HistoryPage;
import dev.heliograph.server.broker.HistoryQuery;
import dev.heliograph.server.channel.Channel;
import dev.heliograph.server.config.ChannelOptions;
import java.util.List;
import java.util.Optional;

/// Where a subscription begins in its channel's stream, and what the client gets of what it missed.
///
/// @param top        of the stream when it was read; the subscription goes live there
/// @param recovering whether the client asked for what it missed, and may
record StartingPosition(StreamPosition top, boolean recovering, Recovery recovery) {

    /// Of a subscription without positions.
    static final StartingPosition NONE =
            new StartingPosition(StreamPosition.START, false, new Recovery(false, List.of(), 0));

    /// Reads where a stream stands and, if asked, what came since. May block.
    ///
    /// @param since             where the client was; empty if it does not recover
    /// @param limit             publications that a recovery may bring
    /// @param rejectUnrecovered whether it would rather not subscribe than miss something
    /// @throws RequestException if it would
    static StartingPosition read(
            Broker broker, Channel channel, Optional<StreamPosition> since, int limit, boolean rejectUnrecovered) {
        ChannelOptions options = channel.options();
        HistoryPage page = broker.history(channel.name(), query(options, since, limit), options.metaTtl());
        if (since.isEmpty()) {
            return new StartingPosition(
                    page.top(), false, new Recovery(false, List.of(), page.top().offset()));
        }
        Recovery recovery =
                options.cacheRecovery() ? Recovery.ofCache(since.get(), page) : Recovery.ofStream(since.get(), page);
        if (!recovery.recovered() && rejectUnrecovered) {
            throw new RequestException(ErrorCode.UNRECOVERABLE_POSITION);
        }
        return new StartingPosition(page.top(), true, recovery);
    }

    private static HistoryQuery query(ChannelOptions options, Optional<StreamPosition> since, int limit) {
        if (since.isEmpty()) {
            return HistoryQuery.TOP;
        }
        return options.cacheRecovery()
                ? new HistoryQuery(0, 1, true)
                : HistoryQuery.after(since.get().offset(), limit);
    }
}
