package dev.heliograph.server.session;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.auth.ConnectionToken;
import dev.heliograph.server.auth.SubscriptionOptions;
import dev.heliograph.server.auth.TokenException;
import dev.heliograph.server.channel.ChannelException;
import dev.heliograph.server.config.ClientConfig;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What connect and refresh do: who is it, may they come in, which channels do they get (protocol A.6, "connect" and
/// "refresh").
final class Connecting {

    private final Services services;
    private final LiveConfig.Snapshot now;
    private final ClientConfig config;
    private final Subscriptions subscriptions;
    private final Session session;
    private final ChannelAccess access;

    /// Server-side subscriptions of the token, in its order.
    private Map<String, SubscriptionOptions> tokenChannels = Map.of();

    Connecting(Services services, Subscriptions subscriptions, Session session) {
        this.services = services;
        this.now = session.now();
        this.config = now.config().client();
        this.subscriptions = subscriptions;
        this.session = session;
        this.access = new ChannelAccess(services, session);
    }

    /// Who sends a connect request.
    Identity identify(Request.Connect request) {
        if (request.token().isEmpty()) {
            if (config.insecure() || config.allowAnonymousConnectWithoutToken()) {
                Refusals.check(session.guarded().identify("", "", 0));
                return Identity.NONE;
            }
            throw new DisconnectException(DisconnectCode.BAD_REQUEST, "no credentials");
        }
        ConnectionToken token = verify(request.token(), ErrorCode.TOKEN_EXPIRED);
        if (token.user().isEmpty() && config.disallowAnonymousConnectionTokens() && !config.insecure()) {
            throw new DisconnectException(DisconnectCode.PERMISSION_DENIED, "anonymous tokens are not allowed");
        }
        long expireAt = config.insecure() ? 0 : token.expireAt();
        if (expireAt != 0 && expireAt <= services.unixSeconds()) {
            throw new RequestException(ErrorCode.EXPIRED);
        }
        tokenChannels = channels(token);
        Refusals.check(session.guarded().identify(token.user(), token.id(), token.issuedAt()));
        return new Identity(token.user(), token.info(), expireAt, Set.copyOf(tokenChannels.keySet()));
    }

    /// Registers the session, begins its server-side subscriptions, and makes up the reply. The subscriptions
    /// are pending until [Subscriptions#activate].
    Result.Connect result(Request.Connect request, Identity identity) {
        services.sessions().add(identity.user(), session);
        Map<String, Result.Subscribe> subs;
        try {
            subs = subscribe(request);
        } catch (RuntimeException e) {
            subscriptions.close();
            services.sessions().remove(identity.user(), session);
            session.guarded().forget();
            throw e;
        }
        boolean pings = !config.pingInterval().isZero() && !session.nativePing();
        return new Result.Connect(
                session.id(),
                services.version(),
                identity.expires(),
                identity.ttl(services.unixSeconds()),
                Bytes.EMPTY,
                subs,
                pings ? (int) config.pingInterval().toSeconds() : 0,
                pings && !config.pongTimeout().isZero(),
                "",
                "",
                config.connectIncludeServerTime() ? services.clock().millis() : 0);
    }

    private Map<String, Result.Subscribe> subscribe(Request.Connect request) {
        Map<String, SubscriptionOptions> wanted = new LinkedHashMap<>(tokenChannels);
        for (String channel : request.subs().keySet()) {
            if (!wanted.containsKey(channel) && access.mayAskFor(channel)) {
                wanted.put(channel, SubscriptionOptions.NONE);
            }
        }
        if (wanted.size() > config.channelLimit()) {
            throw new DisconnectException(DisconnectCode.CHANNEL_LIMIT, "too many server-side channels");
        }
        Map<String, Result.Subscribe> results = new HashMap<>();
        wanted.forEach((channel, options) -> {
            Optional<StreamPosition> position = Optional.ofNullable(
                            request.subs().get(channel))
                    .filter(Request.Subscribe::recover)
                    .map(sub -> new StreamPosition(sub.offset(), sub.epoch()));
            results.put(channel, subscriptions.subscribeServerSide(channel, options, position));
        });
        return results;
    }

    /// The identity of a session after a refresh with a new token.
    Identity refresh(Request.Refresh request, Identity current) {
        if (!config.token().configured()) {
            throw new RequestException(ErrorCode.NOT_AVAILABLE);
        }
        if (request.token().isEmpty()) {
            throw new DisconnectException(DisconnectCode.BAD_REQUEST, "refresh without token");
        }
        ConnectionToken token;
        try {
            token = now.tokens().verifyConnection(request.token());
        } catch (TokenException e) {
            throw switch (e.verdict()) {
                case EXPIRED -> new DisconnectException(DisconnectCode.CONNECTION_EXPIRED, e.getMessage());
                case INVALID -> new DisconnectException(DisconnectCode.INVALID_TOKEN, e.getMessage());
                case UNAVAILABLE -> new RequestException(ErrorCode.INTERNAL);
            };
        }
        if (!token.user().equals(current.user())) {
            throw new DisconnectException(DisconnectCode.INVALID_TOKEN, "refresh with another user's token");
        }
        if (!channels(token).keySet().equals(current.channels())) {
            throw new DisconnectException(DisconnectCode.INSUFFICIENT_STATE, "the token's channels changed");
        }
        if (token.expireAt() != 0 && token.expireAt() <= services.unixSeconds()) {
            throw new RequestException(ErrorCode.EXPIRED);
        }
        Refusals.check(session.guarded().refresh(token.id(), token.issuedAt()));
        return new Identity(token.user(), token.info(), token.expireAt(), current.channels());
    }

    private ConnectionToken verify(String token, ErrorCode ifExpired) {
        try {
            return now.tokens().verifyConnection(token);
        } catch (TokenException e) {
            throw switch (e.verdict()) {
                case EXPIRED -> new RequestException(ifExpired);
                case INVALID -> new DisconnectException(DisconnectCode.INVALID_TOKEN, e.getMessage());
                case UNAVAILABLE -> new RequestException(ErrorCode.INTERNAL);
            };
        }
    }

    /// The channels of a token; `subs` wins over `channels`. A name that no namespace knows is error 102.
    private Map<String, SubscriptionOptions> channels(ConnectionToken token) {
        Map<String, SubscriptionOptions> all = new LinkedHashMap<>();
        if (token.subs().isEmpty()) {
            token.channels().forEach(channel -> all.put(channel, SubscriptionOptions.NONE));
        } else {
            all.putAll(token.subs());
        }
        all.keySet().forEach(channel -> {
            try {
                now.channels().resolve(channel);
            } catch (ChannelException e) {
                throw new RequestException(e.code());
            }
        });
        return all;
    }
}
