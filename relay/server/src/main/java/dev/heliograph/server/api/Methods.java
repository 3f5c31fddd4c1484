package dev.heliograph.server.api;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Disconnect;
import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.JsonText;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.protocol.UnsubscribeCode;
import dev.heliograph.server.auth.SubscriptionOptions;
import dev.heliograph.server.auth.SubscriptionOverride;
import dev.heliograph.server.broker.BrokerException;
import dev.heliograph.server.broker.HistoryPage;
import dev.heliograph.server.broker.HistoryQuery;
import dev.heliograph.server.broker.PresenceCount;
import dev.heliograph.server.broker.PublishOptions;
import dev.heliograph.server.broker.PublishResult;
import dev.heliograph.server.channel.Channel;
import dev.heliograph.server.channel.ChannelException;
import dev.heliograph.server.channel.Glob;
import dev.heliograph.server.operations.Operations;
import dev.heliograph.server.operations.Target;
import dev.heliograph.server.session.Publisher;
import dev.heliograph.server.session.Services;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the methods of the server API do (protocol C). Threadsafe; may block.
final class Methods {

    private static final System.Logger LOG = System.getLogger(Methods.class.getName());

    /// Of an idempotency key and of a version epoch, which the broker keeps and counts by number, not by size.
    /// A UUID has 36, a hash in hexadecimal 128.
    private static final int MAX_KEY_CHARS = 1_024;

    /// No year after it matters, and sums with it do not overflow.
    private static final long MAX_UNIX_SECONDS = 1_000_000_000_000_000L;

    private final Services services;
    private final Operations operations;

    Methods(Services services, Operations operations) {
        this.services = services;
        this.operations = operations;
    }

    Results.Published publish(Params.Publish params) {
        Channel channel = channel(params.channel());
        Bytes data = data(params.data(), params.b64data());
        services.publisher().checkData(channel, data).ifPresent(code -> {
            throw new ApiException(code, "data is not what the namespace's publication_data_format asks for");
        });
        PublishOptions namespace = Publisher.options(channel.options());
        PublishOptions options = new PublishOptions(
                params.skipHistory() ? 0 : namespace.historySize(),
                namespace.historyTtl(),
                namespace.metaTtl(),
                key("idempotency_key", params.idempotencyKey()),
                namespace.idempotencyTtl(),
                params.version(),
                key("version_epoch", params.versionEpoch()));
        Map<String, String> tags = params.tags() == null ? Map.of() : params.tags();
        PublishResult result = services.publisher()
                .publish(channel, new Publication(data, Optional.empty(), 0, tags, false, 0), options);
        StreamPosition position = result.position();
        return position.epoch().isEmpty()
                ? new Results.Published(null, null)
                : new Results.Published(position.offset(), position.epoch());
    }

    Results.Broadcasted broadcast(Params.Broadcast params) {
        if (params.channels() == null || params.channels().isEmpty()) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "channels must not be empty");
        }
        Params.Publish publish = params.publish();
        List<Results.Outcome> responses = new ArrayList<>();
        for (String channel : params.channels()) {
            try {
                responses.add(Results.Outcome.of(publish(publish.to(channel))));
            } catch (ApiException e) {
                responses.add(Results.Outcome.of(e));
            } catch (BrokerException e) {
                // The others have their publication already, or can have it.
                LOG.log(Level.WARNING, () -> "API broadcast: broker: " + e.getMessage());
                responses.add(Results.Outcome.of(new ApiException(ErrorCode.INTERNAL)));
            }
        }
        return new Results.Broadcasted(responses);
    }

    Results.Empty subscribe(Params.Subscribe params) {
        Channel channel = channel(params.channel());
        SubscriptionOptions options = new SubscriptionOptions(
                readable(channel, optional(params.info(), params.b64info())),
                readable(channel, optional(params.data(), params.b64data())),
                override(params.override()),
                expireAt(params.expireAt()));
        Optional<StreamPosition> since = Optional.ofNullable(params.recoverSince())
                .map(position -> new StreamPosition(position.offset(), text(position.epoch())));
        target(params.user(), params.client(), params.session())
                .ifPresent(target -> operations.subscribe(target, channel.name(), options, since));
        return new Results.Empty();
    }

    Results.Empty unsubscribe(Params.Unsubscribe params) {
        String channel = text(params.channel());
        if (!channel.isEmpty()) {
            channel(channel);
        }
        target(params.user(), params.client(), params.session())
                .ifPresent(target -> operations.unsubscribe(
                        target, channel, UnsubscribeCode.SERVER.code(), UnsubscribeCode.SERVER.reason()));
        return new Results.Empty();
    }

    Results.Empty disconnect(Params.Disconnect params) {
        Disconnect disconnect = DisconnectCode.FORCE_DISCONNECT.disconnect();
        Params.Disconnecting wanted = params.disconnect();
        if (wanted != null) {
            if (wanted.code() < 3000 || wanted.code() > 4999) {
                throw new ApiException(ErrorCode.BAD_REQUEST, "disconnect.code must be in 3000..4999");
            }
            try {
                disconnect = new Disconnect(wanted.code(), text(wanted.reason()));
            } catch (IllegalArgumentException e) {
                throw new ApiException(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
            }
        }
        Disconnect end = disconnect;
        List<String> spared = params.whitelist() == null ? List.of() : params.whitelist();
        target(params.user(), params.client(), params.session())
                .ifPresent(target -> operations.disconnect(target, spared, end));
        return new Results.Empty();
    }

    Results.Empty refresh(Params.Refresh params) {
        long expireAt = expireAt(params.expireAt());
        Bytes info = optional(params.info(), null);
        if (!info.isEmpty() && !JsonText.isValid(info.array())) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "info is not JSON");
        }
        target(params.user(), params.client(), params.session())
                .ifPresent(target -> refresh(target, params.expired(), expireAt, info));
        return new Results.Empty();
    }

    private void refresh(Target target, boolean expired, long expireAt, Bytes info) {
        if (expired) {
            operations.expire(target);
        } else {
            operations.refresh(target, expireAt, info);
        }
    }

    Results.Presence presence(Params.ChannelOnly params) {
        Channel channel = presenceOf(params.channel());
        Map<String, Results.Client> clients = new HashMap<>();
        services.broker().presence(channel.name()).forEach((id, info) -> clients.put(id, Results.Client.of(info)));
        return new Results.Presence(clients);
    }

    Results.PresenceStats presenceStats(Params.ChannelOnly params) {
        PresenceCount count =
                services.broker().presenceStats(presenceOf(params.channel()).name());
        return new Results.PresenceStats(count.clients(), count.users());
    }

    private Channel presenceOf(@Nullable String name) {
        Channel channel = channel(name);
        if (!channel.options().presence()) {
            throw new ApiException(ErrorCode.NOT_AVAILABLE, "presence is off in this namespace");
        }
        return channel;
    }

    Results.History history(Params.History params) {
        Channel channel = historyOf(params.channel());
        Params.Position since = params.since();
        long offset = since == null ? 0 : since.offset();
        if (params.reverse() && since != null && offset == 0) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "reverse with since.offset 0 reads nothing");
        }
        int limit = params.limit() < 0 ? Integer.MAX_VALUE : params.limit();
        HistoryPage page = services.broker()
                .history(
                        channel.name(),
                        new HistoryQuery(offset, limit, params.reverse()),
                        channel.options().metaTtl());
        if (since != null && !page.continues(new StreamPosition(offset, text(since.epoch())))) {
            throw new ApiException(ErrorCode.UNRECOVERABLE_POSITION);
        }
        return new Results.History(
                page.publications().stream().map(Results.HistoryEntry::of).toList(),
                page.top().epoch(),
                page.top().offset());
    }

    Results.Empty historyRemove(Params.ChannelOnly params) {
        services.broker().removeHistory(historyOf(params.channel()).name());
        return new Results.Empty();
    }

    private Channel historyOf(@Nullable String name) {
        Channel channel = channel(name);
        if (!channel.options().keepsHistory()) {
            throw new ApiException(ErrorCode.NOT_AVAILABLE, "history is off in this namespace");
        }
        return channel;
    }

    Results.Channels channels(Params.Pattern params) {
        String pattern = text(params.pattern());
        Map<String, Results.ChannelInfo> channels = new HashMap<>();
        operations
                .channels(glob(pattern.isEmpty() ? "*" : pattern))
                .forEach((name, count) -> channels.put(name, new Results.ChannelInfo(count)));
        return new Results.Channels(channels);
    }

    private static Glob glob(String pattern) {
        try {
            return new Glob(pattern);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        }
    }

    Results.Info info() {
        long now = services.clock().millis();
        return new Results.Info(operations.nodes().stream()
                .map(node -> Results.NodeInfo.of(node, now))
                .toList());
    }

    // ---- parameters ----

    private Channel channel(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "channel is required");
        }
        try {
            return services.live().now().channels().resolve(name);
        } catch (ChannelException e) {
            throw new ApiException(e.code());
        }
    }

    private static Bytes data(@Nullable RawJson json, @Nullable String base64) {
        Bytes data = optional(json, base64);
        if (data.isEmpty()) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "data or b64data is required");
        }
        return data;
    }

    private static Bytes optional(@Nullable RawJson json, @Nullable String base64) {
        if (base64 == null || base64.isEmpty()) {
            return json == null ? Bytes.EMPTY : json.text();
        }
        try {
            return Bytes.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException _) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "not base64");
        }
    }

    /// What subscribers of a channel are told besides publications.
    private Bytes readable(Channel channel, Bytes payload) {
        if (!services.publisher().readable(channel, payload)) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "info and data must be JSON in this namespace");
        }
        return payload;
    }

    private static String key(String field, @Nullable String value) {
        String key = text(value);
        if (key.length() > MAX_KEY_CHARS) {
            throw new ApiException(ErrorCode.BAD_REQUEST, field + " is longer than " + MAX_KEY_CHARS + " characters");
        }
        return key;
    }

    private static long expireAt(long unixSeconds) {
        if (unixSeconds < 0 || unixSeconds > MAX_UNIX_SECONDS) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "expire_at is not in Unix seconds");
        }
        return unixSeconds;
    }

    private static SubscriptionOverride override(Params.@Nullable Override override) {
        return override == null
                ? SubscriptionOverride.NONE
                : new SubscriptionOverride(
                        flag(override.presence()),
                        flag(override.joinLeave()),
                        flag(override.forcePushJoinLeave()),
                        flag(override.forceRecovery()),
                        flag(override.forcePositioning()));
    }

    private static Optional<Boolean> flag(Params.@Nullable Flag flag) {
        return Optional.ofNullable(flag).map(Params.Flag::value);
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /// The sessions that are meant.
    ///
    /// @param emulated the id that a connection over an emulated transport has (protocol A.1.1)
    /// @return empty if there can be none
    private static Optional<Target> target(@Nullable String user, @Nullable String client, @Nullable String emulated) {
        if (user == null && client == null) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "user is required");
        }
        if (!text(emulated).isEmpty()) {
            // There are no such transports here, and whoever means one connection must not hit all of the user's.
            return Optional.empty();
        }
        return Optional.of(new Target(user == null && text(client).isEmpty() ? "" : user, text(client)));
    }
}
