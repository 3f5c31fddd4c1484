package dev.heliograph.server.session;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.broker.HistoryPage;
import dev.heliograph.server.broker.HistoryQuery;
import dev.heliograph.server.broker.PresenceCount;
import dev.heliograph.server.channel.Channel;
import dev.heliograph.server.channel.ChannelException;
import dev.heliograph.server.channel.Permissions;
import dev.heliograph.server.config.ClientConfig;
import java.util.Optional;

/// What a client may ask of a channel besides subscribing: publish, presence, history (protocol A.6). Only in the
/// session's mailbox.
final class Queries {

    private final Services services;
    private final LiveConfig.Snapshot now;
    private final ClientConfig config;
    private final Subscriptions subscriptions;
    private final Session session;

    Queries(Services services, Subscriptions subscriptions, Session session) {
        this.services = services;
        this.now = session.now();
        this.config = now.config().client();
        this.subscriptions = subscriptions;
        this.session = session;
    }

    void publish(Request.Publish request) {
        Channel channel = resolve(request.channel());
        Refusals.check(session.guarded().publish(channel.name(), channel.namespace()));
        if (request.type() != 0) {
            throw new RequestException(ErrorCode.NOT_AVAILABLE);
        }
        boolean subscribed = subscriptions.contains(channel.name());
        check(Permissions.publish(channel, session.user(), subscribed, config.insecure()));
        services.publisher()
                .checkData(channel, request.data(), session.encoding() == Encoding.JSON)
                .ifPresent(code -> {
                    throw new RequestException(code);
                });
        Bytes channelInfo = subscriptions.channelInfo(channel.name());
        services.publisher().publish(channel, request.data(), Optional.of(session.info(channelInfo)));
    }

    Result.Presence presence(Request.Presence request) {
        Channel channel = presenceOf(request.channel());
        return new Result.Presence(services.broker().presence(channel.name()));
    }

    Result.PresenceStats presenceStats(Request.PresenceStats request) {
        Channel channel = presenceOf(request.channel());
        PresenceCount count = services.broker().presenceStats(channel.name());
        return new Result.PresenceStats(count.clients(), count.users());
    }

    private Channel presenceOf(String name) {
        Channel channel = resolve(name);
        check(Permissions.presence(channel, session.user(), subscriptions.contains(name), config.insecure()));
        return channel;
    }

    Result.History history(Request.History request) {
        Channel channel = resolve(request.channel());
        check(Permissions.history(channel, session.user(), subscriptions.contains(channel.name()), config.insecure()));
        DataFormat.requireReadable(channel, session.encoding());
        StreamPosition since = request.since().orElse(StreamPosition.START);
        if (request.reverse() && request.since().isPresent() && since.offset() == 0) {
            throw new RequestException(ErrorCode.BAD_REQUEST);
        }
        int most = config.historyMaxPublicationLimit();
        int limit = request.limit() < 0 || request.limit() > most ? most : request.limit();
        HistoryPage page = services.broker()
                .history(
                        channel.name(),
                        new HistoryQuery(since.offset(), limit, request.reverse()),
                        channel.options().metaTtl());
        if (!page.continues(since)) {
            throw new RequestException(ErrorCode.UNRECOVERABLE_POSITION);
        }
        return new Result.History(page.publications(), page.top());
    }

    private Channel resolve(String name) {
        try {
            return now.channels().resolve(name);
        } catch (ChannelException e) {
            throw new RequestException(e.code());
        }
    }

    private static void check(Optional<ErrorCode> refusal) {
        refusal.ifPresent(code -> {
            throw new RequestException(code);
        });
    }
}
