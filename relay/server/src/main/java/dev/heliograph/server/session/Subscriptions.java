package dev.heliograph.server.session;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Disconnect;
import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.protocol.UnsubscribeCode;
import dev.heliograph.server.auth.SubscriptionOptions;
import dev.heliograph.server.auth.SubscriptionOverride;
import dev.heliograph.server.auth.SubscriptionToken;
import dev.heliograph.server.auth.TokenException;
import dev.heliograph.server.broker.BrokerException;
import dev.heliograph.server.channel.Channel;
import dev.heliograph.server.channel.Permissions;
import dev.heliograph.server.config.ChannelOptions;
import dev.heliograph.server.config.ClientConfig;
import dev.heliograph.server.hub.Subscription;
import dev.heliograph.server.observe.Log;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The subscriptions of one session (protocol A.6, "subscribe"). Only in the session's mailbox.
///
/// A subscription begins in three steps, so that nothing is lost between history and live: it is added to the shard,
/// where it keeps what comes; then history is read; then, behind the reply, it goes live at the position that was read.
final class Subscriptions {

    private static final Log LOG = Log.of(Subscriptions.class);

    /// What one subscription is made of, wherever it was asked for.
    ///
    /// @param position to recover from
    private record Wish(
            Channel channel,
            boolean serverSide,
            Optional<SubscriptionToken> token,
            long expireAt,
            Bytes info,
            Bytes data,
            SubscriptionOverride override,
            boolean positioned,
            boolean recoverable,
            boolean joinLeave,
            boolean rejectUnrecovered,
            Optional<StreamPosition> position) {}

    /// A subscription whose reply is not sent yet.
    private record Begun(ClientSubscription subscription, StreamPosition position) {}

    private final Services services;
    private final Session session;
    private final Link link;
    private final ChannelAccess access;

    /// The mailbox changes it under its lock; others read it under that lock.
    private final Map<String, ClientSubscription> byChannel = new HashMap<>(2);
    private final List<Begun> begun = new ArrayList<>(1);

    /// Unix seconds; 0 while nothing is listed in any presence.
    private long presenceDue;

    private volatile boolean holdsTokens;

    Subscriptions(Services services, Session session, Link link) {
        this.services = services;
        this.session = session;
        this.link = link;
        this.access = new ChannelAccess(services, session);
    }

    private ClientConfig config() {
        return session.now().config().client();
    }

    boolean contains(String channel) {
        return byChannel.containsKey(channel);
    }

    /// What a subscription token says about the user in a channel; empty if not subscribed.
    Bytes channelInfo(String channel) {
        ClientSubscription subscription = byChannel.get(channel);
        return subscription == null ? Bytes.EMPTY : subscription.info().chanInfo();
    }

    // ---- for operators, from any thread ----

    int count() {
        synchronized (byChannel) {
            return byChannel.size();
        }
    }

    boolean any(Predicate<String> name) {
        synchronized (byChannel) {
            return byChannel.keySet().stream().anyMatch(name);
        }
    }

    void forEachChannel(Consumer<String> action) {
        synchronized (byChannel) {
            byChannel.keySet().forEach(action);
        }
    }

    List<SubscriptionSnapshot> snapshot() {
        synchronized (byChannel) {
            return byChannel.values().stream()
                    .map(SubscriptionSnapshot::of)
                    .sorted(Comparator.comparing(SubscriptionSnapshot::channel))
                    .toList();
        }
    }

    // ---- beginnings ----

    /// Serves a subscribe request; the subscription is pending until [#activate].
    Result.Subscribe subscribe(Request.Subscribe request) {
        String name = request.channel();
        if (contains(name)) {
            throw new RequestException(ErrorCode.ALREADY_SUBSCRIBED);
        }
        if (name.length() > session.now().config().channel().maxLength()) {
            throw new RequestException(ErrorCode.BAD_REQUEST);
        }
        if (byChannel.size() >= config().channelLimit()) {
            throw new RequestException(ErrorCode.LIMIT_EXCEEDED);
        }
        if (!request.delta().isEmpty() && !request.delta().equals("fossil")) {
            throw new DisconnectException(DisconnectCode.BAD_REQUEST, "unknown delta type");
        }
        Channel channel = access.resolve(name);
        Refusals.check(session.guarded().subscribe(channel.name(), channel.namespace()));
        if (request.type() != 0) {
            throw new RequestException(ErrorCode.PERMISSION_DENIED);
        }
        if (request.filter().isPresent()) {
            throw new RequestException(ErrorCode.BAD_REQUEST);
        }
        Optional<SubscriptionToken> token = Optional.empty();
        if (request.token().isEmpty()) {
            Permissions.subscribe(channel, session.user(), config().insecure()).ifPresent(code -> {
                throw new RequestException(code);
            });
        } else {
            SubscriptionToken verified = access.verify(request.token(), name);
            if (access.isRevoked(verified)) {
                throw new RequestException(ErrorCode.PERMISSION_DENIED);
            }
            token = Optional.of(verified);
        }
        long expireAt =
                config().insecure() ? 0 : token.map(SubscriptionToken::expireAt).orElse(0L);
        if (expireAt != 0 && expireAt <= services.unixSeconds()) {
            throw new RequestException(ErrorCode.EXPIRED);
        }
        ChannelOptions options = channel.options();
        boolean history = Permissions.history(channel, session.user(), true, config().insecure())
                .isEmpty();
        boolean mayHear = Permissions.mayHearJoinLeave(channel, session.user(), config().insecure());
        return begin(new Wish(
                channel,
                false,
                token,
                expireAt,
                token.map(SubscriptionToken::info).orElse(Bytes.EMPTY),
                token.map(SubscriptionToken::data).orElse(Bytes.EMPTY),
                token.map(SubscriptionToken::override).orElse(SubscriptionOverride.NONE),
                request.positioned() && (options.allowPositioning() || history),
                request.recoverable() && (options.allowRecovery() || history),
                request.joinLeave() && mayHear,
                (request.flag() & Request.Subscribe.FLAG_REJECT_UNRECOVERED) != 0,
                request.recover()
                        ? Optional.of(new StreamPosition(request.offset(), request.epoch()))
                        : Optional.empty()));
    }

    /// Begins a subscription that a token or the API made; pending until [#activate].
    Result.Subscribe subscribeServerSide(String name, SubscriptionOptions options, Optional<StreamPosition> position) {
        return begin(new Wish(
                access.resolve(name),
                true,
                Optional.empty(),
                options.expireAt(),
                options.info(),
                options.data(),
                options.override(),
                true,
                true,
                true,
                false,
                position));
    }

    private Result.Subscribe begin(Wish wish) {
        Channel channel = wish.channel();
        DataFormat.requireReadable(channel, session.encoding());
        ChannelOptions options = channel.options();
        SubscriptionOverride override = wish.override();
        boolean history = options.keepsHistory();
        boolean recoverable =
                history && (override.forceRecovery().orElse(options.forceRecovery()) || wish.recoverable());
        boolean positioned = recoverable
                || (history && (override.forcePositioning().orElse(options.forcePositioning()) || wish.positioned()));
        boolean hearsJoinLeave = override.joinLeave().orElse(options.joinLeave())
                && (override.forcePushJoinLeave().orElse(options.forcePushJoinLeave()) || wish.joinLeave());
        ClientInfo info = session.info(wish.info());
        Subscription onShard = new Subscription(
                channel.name(),
                link.sink(),
                positioned,
                hearsJoinLeave,
                options.slowConsumer(),
                () -> session.insufficientState(channel.name()));
        services.hub().join(channel.name(), link.loop());
        link.loop().execute(() -> link.loop().shard().add(onShard));
        try {
            StartingPosition start = positioned
                    ? StartingPosition.read(
                            services.broker(),
                            channel,
                            recoverable ? wish.position() : Optional.empty(),
                            config().recoveryMaxPublicationLimit(),
                            wish.rejectUnrecovered())
                    : StartingPosition.NONE;
            ClientSubscription subscription = new ClientSubscription(
                    channel,
                    onShard,
                    info,
                    wish.serverSide(),
                    override.presence().orElse(options.presence()),
                    override.joinLeave().orElse(options.joinLeave()),
                    wish.token(),
                    wish.expireAt());
            holdsTokens |= wish.token().isPresent();
            synchronized (byChannel) {
                byChannel.put(channel.name(), subscription);
            }
            session.note(Event.Kind.SUBSCRIBE, 0, channel.name(), wish.serverSide() ? "relay" : "client");
            begun.add(new Begun(subscription, start.top()));
            return result(wish, start, positioned, recoverable);
        } catch (RuntimeException e) {
            leaveHub(onShard);
            throw e;
        }
    }

    private Result.Subscribe result(Wish wish, StartingPosition start, boolean positioned, boolean recoverable) {
        return new Result.Subscribe(
                wish.expireAt() != 0,
                Ttl.seconds(wish.expireAt(), services.unixSeconds()),
                recoverable,
                start.top().epoch(),
                start.recovery().publications(),
                start.recovery().recovered(),
                start.recovery().offset(),
                positioned,
                wish.data(),
                start.recovering(),
                false);
    }

    /// Makes what was begun live; called when the reply is on its way. Presence and join come after it.
    void activate() {
        for (Begun each : begun) {
            ClientSubscription subscription = each.subscription();
            link.loop().execute(() -> link.loop().shard().activate(subscription.onShard(), each.position()));
            // Where the broker is away the subscription itself is sound, and presence is told with its next refresh.
            String channel = subscription.channel().name();
            if (subscription.presence()) {
                if (presenceDue == 0) {
                    presenceDue = services.unixSeconds() + presenceInterval();
                }
                quietly(() -> services.broker().addPresence(channel, subscription.info(), presenceTtl()));
            }
            if (subscription.joinLeave()) {
                quietly(() -> services.broker().publishJoin(channel, subscription.info()));
            }
        }
        begun.clear();
    }

    // ---- during its life ----

    Result.SubRefresh refresh(Request.SubRefresh request) {
        ClientSubscription subscription = byChannel.get(request.channel());
        if (subscription == null) {
            throw new RequestException(ErrorCode.PERMISSION_DENIED);
        }
        if (request.type() != 0 || !config().token().configured()) {
            throw new RequestException(ErrorCode.NOT_AVAILABLE);
        }
        if (request.token().isEmpty()) {
            throw new RequestException(ErrorCode.BAD_REQUEST);
        }
        if (!subscription.refreshable()) {
            throw new DisconnectException(DisconnectCode.BAD_REQUEST, "the subscription was made without a token");
        }
        SubscriptionToken token;
        try {
            token = session.now().subscriptionTokens().verifySubscription(request.token());
        } catch (TokenException e) {
            throw switch (e.verdict()) {
                case EXPIRED -> new RequestException(ErrorCode.TOKEN_EXPIRED);
                case INVALID -> new DisconnectException(DisconnectCode.INVALID_TOKEN, e.getMessage());
                case UNAVAILABLE -> new RequestException(ErrorCode.INTERNAL);
            };
        }
        access.requireOwn(token, request.channel());
        if (access.isRevoked(token)) {
            throw new DisconnectException(DisconnectCode.INVALID_TOKEN, "the subscription token is revoked");
        }
        long now = services.unixSeconds();
        if (token.expireAt() != 0 && token.expireAt() <= now) {
            throw new RequestException(ErrorCode.EXPIRED);
        }
        subscription.refreshed(token);
        return new Result.SubRefresh(token.expireAt() != 0, Ttl.seconds(token.expireAt(), now));
    }

    /// Shows others a new info of the connection's user.
    void connectionInfo(Bytes info) {
        for (ClientSubscription each : byChannel.values()) {
            ClientInfo old = each.info();
            each.info(new ClientInfo(old.user(), old.client(), info, old.chanInfo()));
            if (each.presence()) {
                quietly(() -> services.broker().addPresence(each.channel().name(), each.info(), presenceTtl()));
            }
        }
    }

    /// Refreshes presence and ends what has expired.
    ///
    /// @return a disconnect if a server-side subscription has expired
    Optional<Disconnect> due(long now) {
        if (presenceDue != 0 && now >= presenceDue) {
            presenceDue = now + presenceInterval();
            for (ClientSubscription each : byChannel.values()) {
                if (each.presence()) {
                    quietly(() -> services.broker().addPresence(each.channel().name(), each.info(), presenceTtl()));
                }
            }
        }
        long delay = config().expiredSubCloseDelay().toSeconds();
        for (ClientSubscription each : List.copyOf(byChannel.values())) {
            if (each.expireAt() != 0 && now >= each.expireAt() + delay) {
                if (each.serverSide()) {
                    return Optional.of(DisconnectCode.SUBSCRIPTION_EXPIRED.disconnect());
                }
                unsubscribe(each.channel().name(), UnsubscribeCode.EXPIRED.code(), UnsubscribeCode.EXPIRED.reason());
            }
        }
        return Optional.empty();
    }

    /// When [#due] is needed next, in Unix seconds; [Long#MAX_VALUE] for never.
    long nextDue() {
        long next = presenceDue == 0 ? Long.MAX_VALUE : presenceDue;
        long delay = config().expiredSubCloseDelay().toSeconds();
        for (ClientSubscription each : byChannel.values()) {
            if (each.expireAt() != 0) {
                next = Math.min(next, each.expireAt() + delay);
            }
        }
        return next;
    }

    /// Whether a token ever made one; from any thread.
    boolean holdsTokens() {
        return holdsTokens;
    }

    /// Ends those whose tokens are revoked.
    void endRevoked() {
        for (ClientSubscription each : List.copyOf(byChannel.values())) {
            if (each.refreshable() && services.guard().isRevoked(session.user(), each.tokenId(), each.issuedAt())) {
                unsubscribe(each.channel().name(), UnsubscribeCode.SERVER.code(), UnsubscribeCode.SERVER.reason());
            }
        }
    }

    private long presenceInterval() {
        return Math.max(1, config().presenceUpdateInterval().toSeconds());
    }

    private Duration presenceTtl() {
        return config().presenceTtl();
    }

    // ---- ends ----

    /// A gap was seen, or something was dropped: the client is told to subscribe again, which recovers.
    ///
    /// @return a disconnect instead if the subscription is server-side
    Optional<Disconnect> insufficientState(String channel) {
        ClientSubscription subscription = byChannel.get(channel);
        if (subscription == null) {
            return Optional.empty();
        }
        if (subscription.serverSide()) {
            return Optional.of(DisconnectCode.INSUFFICIENT_STATE.disconnect());
        }
        unsubscribe(channel, UnsubscribeCode.INSUFFICIENT_STATE.code(), UnsubscribeCode.INSUFFICIENT_STATE.reason());
        return Optional.empty();
    }

    /// Ends a subscription and tells the client why.
    void unsubscribe(String channel, int code, String reason) {
        if (contains(channel)) {
            unsubscribe(channel);
            services.meter().unsubscribed(session, channel, code, reason);
            session.note(Event.Kind.UNSUBSCRIBE, code, channel, "relay");
            session.push(new Push.Unsubscribe(channel, code, reason));
        }
    }

    /// Ends a subscription without a word.
    ///
    /// @return whether there was one
    boolean unsubscribe(String channel) {
        ClientSubscription subscription;
        synchronized (byChannel) {
            subscription = byChannel.remove(channel);
        }
        if (subscription != null) {
            leave(subscription);
        }
        return subscription != null;
    }

    /// Ends all.
    void close() {
        List<ClientSubscription> all = List.copyOf(byChannel.values());
        synchronized (byChannel) {
            byChannel.clear();
        }
        begun.clear();
        all.forEach(this::leave);
    }

    List<String> channels() {
        return List.copyOf(byChannel.keySet());
    }

    private void leave(ClientSubscription subscription) {
        String channel = subscription.channel().name();
        leaveHub(subscription.onShard());
        if (subscription.presence()) {
            quietly(() -> services.broker().removePresence(channel, session.id()));
        }
        if (subscription.joinLeave()) {
            quietly(() -> services.broker().publishLeave(channel, subscription.info()));
        }
    }

    private void leaveHub(Subscription onShard) {
        link.loop().run(() -> link.loop().shard().remove(onShard));
        quietly(() -> services.hub().leave(onShard.channel(), link.loop()));
    }

    /// What cannot be undone at the broker now ends by itself: presence expires, a channel without subscribers
    /// is dropped with the next one that ends.
    private void quietly(Runnable action) {
        try {
            action.run();
        } catch (BrokerException e) {
            LOG.debug("broker: {}", session, e.getMessage());
        }
    }
}
