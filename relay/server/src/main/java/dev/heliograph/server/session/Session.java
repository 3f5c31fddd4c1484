package dev.heliograph.server.session;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.ClientInfo;
import dev.heliograph.protocol.Command;
import dev.heliograph.protocol.Disconnect;
import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.protocol.Encoding;
import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.ProtocolException;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Reply;
import dev.heliograph.protocol.ReplyError;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.server.broker.BrokerException;
import dev.heliograph.server.guard.GuardedConnection;
import dev.heliograph.server.guard.Refusal;
import dev.heliograph.server.hub.Frames;
import dev.heliograph.server.ip.IpAddress;
import dev.heliograph.server.observe.About;
import dev.heliograph.server.observe.Log;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One client on one connection.
///
/// ```
///  NEW ──connect──► CONNECTED ──────────► CLOSED
///   ├──connect answered with an error──► REFUSED ──any command, stale──► CLOSED
///   └──anything else, stale────────────────────────────────────────────► CLOSED
/// ```
/// Messages arrive on the loop's thread and are worked on in the session's [Mailbox], one after the other, where they
/// may block; so are expiry, and what operators and back ends ask for. Pings and pongs stay on the loop. Everything not
/// marked otherwise belongs to the mailbox.
public final class Session implements Link.Handler, About, GuardedConnection.Owner {

    private static final Log LOG = Log.of(Session.class);

    /// Messages that may wait in the mailbox before the peer is no longer read from, and when it is again.
    private static final int PAUSE_AT = 64;

    private static final int RESUME_AT = 16;

    private enum State {
        NEW,
        REFUSED,
        CONNECTED,
        CLOSED
    }

    private final String id = UUID.randomUUID().toString();
    private final Services services;
    private final Link link;
    private final Encoding encoding;
    private final boolean nativePing;
    private final Mailbox mailbox = new Mailbox();
    private final Heartbeat heartbeat;
    private final AtomicInteger waiting = new AtomicInteger();
    private final GuardedConnection guarded;

    /// The configuration that this session keeps to in what it does now; read anew at the beginning of each.
    private LiveConfig.Snapshot now;

    private State state = State.NEW;
    private Identity identity = Identity.NONE;
    private final Subscriptions subscriptions;
    private final Timeline timeline = new Timeline();

    /// Unix milliseconds.
    private final long openedAt;

    /// Milliseconds from there to the connect request.
    private int connectedAfter;

    private ClientSoftware software = ClientSoftware.UNKNOWN;

    /// The last one that [#takeReading] took, while somebody wants rates.
    private volatile @Nullable Reading reading;

    /// When this session must act next, in Unix seconds; for the loop to read.
    private volatile long dueAt;

    /// @param nativePing whether WebSocket pings are used instead of the protocol's (`cf_ws_frame_ping_pong`)
    public Session(Services services, Link link, boolean nativePing) {
        this.services = services;
        this.now = services.live().now();
        this.link = link;
        this.encoding = link.sink().encoding();
        this.nativePing = nativePing;
        this.openedAt = services.clock().millis();
        this.heartbeat = new Heartbeat(now.config().client(), link, nativePing);
        this.subscriptions = new Subscriptions(services, this, link);
        this.dueAt = services.unixSeconds()
                + Math.max(1, now.config().client().staleCloseDelay().toSeconds());
        this.guarded = services.guard().connection(id, IpAddress.parse(link.remoteAddress()), this);
        guarded.open().ifPresent(refusal -> unwelcome(refusal.cause()));
        link.loop().execute(this::rearm);
    }

    /// The id of the connection: a random UUID.
    @Override
    public String id() {
        return id;
    }

    @Override
    public String user() {
        return identity.user();
    }

    LiveConfig.Snapshot now() {
        return now;
    }

    Encoding encoding() {
        return encoding;
    }

    boolean nativePing() {
        return nativePing;
    }

    @Override
    public String remoteAddress() {
        return link.remoteAddress();
    }

    @Override
    public Optional<About> about() {
        return Optional.of(this);
    }

    /// What the guard knows of this session.
    public GuardedConnection guarded() {
        return guarded;
    }

    Identity identity() {
        return identity;
    }

    /// This client as others see it, without information for a channel.
    ClientInfo info(Bytes channelInfo) {
        return new ClientInfo(identity.user(), id, identity.info(), channelInfo);
    }

    // ---- for operators, from any thread ----

    /// What is known of this session now. Its parts are read while loop and mailbox go on, and may be some
    /// messages apart.
    public SessionSnapshot snapshot() {
        Link.Figures figures = link.figures();
        return new SessionSnapshot(
                id,
                identity.user(),
                link.remoteAddress(),
                software.name(),
                software.version(),
                encoding,
                openedAt,
                openedAt + connectedAfter,
                identity.expireAt(),
                subscriptions.count(),
                heartbeat.roundTripMillis(),
                Math.max(0, System.nanoTime() - figures.activeAt()) / 1_000_000,
                figures);
    }

    /// What its connection has carried.
    public Link.Figures figures() {
        return link.figures();
    }

    /// Reads its counters, for rates. This reading is kept, and the one before.
    ///
    /// @param time as of [System#nanoTime]
    public void takeReading(long time) {
        Reading last = reading;
        reading = new Reading(time, link.figures(), last == null ? null : last.alone());
    }

    /// The last reading, if there was one.
    public @Nullable Reading reading() {
        return reading;
    }

    /// Nobody wants rates any more.
    public void forgetReadings() {
        reading = null;
    }

    /// Its subscriptions, sorted by channel.
    public List<SubscriptionSnapshot> subscriptions() {
        return subscriptions.snapshot();
    }

    /// Whether it has a subscription to a channel of such a name.
    public boolean subscribed(Predicate<String> name) {
        return subscriptions.any(name);
    }

    /// Hands out its channels.
    public void forEachChannel(Consumer<String> action) {
        subscriptions.forEachChannel(action);
    }

    /// Handshake, connect, and the last events since, the oldest first.
    public List<Event> events() {
        return timeline.events(openedAt, openedAt + connectedAfter);
    }

    void note(Event.Kind kind, int code, String detail, String by) {
        timeline.add(millis(), kind, code, detail, by);
    }

    private long millis() {
        return services.clock().millis();
    }

    // ---- from the loop ----

    @Override
    public void onMessage(boolean text, byte[] payload) {
        if (heartbeat.isPong(encoding, payload)) {
            heartbeat.pong(mailboxClose());
            return;
        }
        if (!guarded.message(payload.length)) {
            mailbox.post(() -> close(DisconnectCode.TOO_MANY_REQUESTS, "too many bytes"));
            return;
        }
        link.active();
        if (waiting.incrementAndGet() == PAUSE_AT) {
            link.read(false);
        }
        mailbox.post(() -> {
            if (waiting.decrementAndGet() == RESUME_AT) {
                link.read(true);
            }
            frame(payload);
        });
    }

    @Override
    public void onNativePong() {
        heartbeat.nativePong();
    }

    @Override
    public void onClosed(Link.Ending ending) {
        mailbox.post(() -> closed(ending));
    }

    @Override
    public void onWake(long now) {
        heartbeat.wake(now);
        if (services.unixSeconds() >= dueAt) {
            dueAt = Long.MAX_VALUE;
            mailbox.post(this::due);
        }
        rearm();
    }

    private void rearm() {
        long next = heartbeat.next();
        if (dueAt != Long.MAX_VALUE) {
            long seconds = Math.max(0, dueAt - services.unixSeconds());
            next = Math.min(next, System.nanoTime() + seconds * 1_000_000_000L + 1_000_000L);
        }
        if (next != Long.MAX_VALUE) {
            link.wakeAt(next);
        }
    }

    private Runnable mailboxClose() {
        return () -> mailbox.post(() -> close(DisconnectCode.BAD_REQUEST, "pong without a ping"));
    }

    // ---- from back ends and operators, from any thread ----

    /// Does something with this session in its mailbox, if it is still connected then.
    public void whenConnected(Consumer<SessionControl> action) {
        mailbox.post(() -> {
            if (state == State.CONNECTED) {
                now = services.live().now();
                try {
                    action.accept(new SessionControl(this, subscriptions));
                } catch (DisconnectException e) {
                    close(e.disconnect(), e.getMessage());
                } catch (RequestException | BrokerException e) {
                    LOG.debug("what was asked for failed: {}", this, e.getMessage());
                }
            }
        });
    }

    @Override
    public void unwelcome(Refusal.Cause cause) {
        mailbox.post(() -> close(Refusals.disconnect(cause), cause.name()));
    }

    @Override
    public void tokensRevoked() {
        if (subscriptions.holdsTokens()) {
            whenConnected(_ -> subscriptions.endRevoked());
        }
    }

    // ---- in the mailbox ----

    private void frame(byte[] payload) {
        if (state == State.CLOSED) {
            return;
        }
        now = services.live().now();
        try {
            encoding.codec().decodeCommands(payload, 0, payload.length, this::command);
        } catch (ProtocolException e) {
            close(e.code(), e.getMessage());
        } catch (DisconnectException e) {
            close(e.disconnect(), e.getMessage());
        }
    }

    private void command(Command command) {
        services.meter().command(this, command);
        switch (state) {
            case NEW -> {
                if (command.request() instanceof Request.Connect connect && command.id() != 0) {
                    try {
                        answer(command.id(), () -> connect(command.id(), connect));
                    } catch (DisconnectException e) {
                        services.meter()
                                .refused(ConnectOutcome.of(e.disconnect().code()));
                        throw e;
                    }
                } else {
                    throw new DisconnectException(DisconnectCode.BAD_REQUEST, "the first command is not connect");
                }
            }
            case CONNECTED -> dispatch(command.id(), command.request());
            case REFUSED ->
                throw new DisconnectException(DisconnectCode.BAD_REQUEST, "a command after connect was refused");
            case CLOSED -> {}
        }
    }

    private void answer(long commandId, Runnable work) {
        try {
            work.run();
        } catch (RequestException e) {
            fail(commandId, e.error());
        } catch (BrokerException e) {
            LOG.warn("broker: {}", this, e.getMessage());
            fail(commandId, ErrorCode.INTERNAL.error());
        } catch (DisconnectException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("command failed", this, e);
            fail(commandId, ErrorCode.INTERNAL.error());
        }
    }

    private void fail(long commandId, ReplyError error) {
        if (state == State.NEW) {
            state = State.REFUSED;
            services.meter().refused(ConnectOutcome.ofError(error.code()));
        }
        LOG.debug("error {} {}", this, error.code(), error.message());
        services.meter().error(this, commandId, error);
        note(Event.Kind.ERROR, error.code(), error.message(), "client");
        send(new Reply.Failed(commandId, error));
    }

    private void connect(long commandId, Request.Connect request) {
        Connecting connecting = new Connecting(services, subscriptions, this);
        identity = connecting.identify(request);
        software = ClientSoftware.of(request.name(), request.version());
        connectedAfter = (int) Math.clamp(millis() - openedAt, 0, Integer.MAX_VALUE);
        Result.Connect result = connecting.result(request, identity);
        state = State.CONNECTED;
        send(new Reply.Ok(commandId, result));
        subscriptions.activate();
        plan();
        link.loop().execute(() -> {
            heartbeat.start();
            rearm();
        });
        LOG.debug("connected", this);
        services.meter().connected(this);
    }

    private void dispatch(long commandId, Request request) {
        if (commandId == 0 && !(request instanceof Request.Send) && !(request instanceof Request.Pong)) {
            throw new DisconnectException(DisconnectCode.BAD_REQUEST, "a command without id");
        }
        switch (request) {
            case Request.Pong _ -> link.loop().execute(() -> heartbeat.pong(mailboxClose()));
            case Request.Send _ -> throw new DisconnectException(DisconnectCode.NOT_AVAILABLE, "send is not served");
            case Request.Connect _ -> throw new DisconnectException(DisconnectCode.BAD_REQUEST, "connected already");
            case Request.Subscribe subscribe ->
                answer(commandId, () -> {
                    ok(commandId, subscriptions.subscribe(subscribe));
                    subscriptions.activate();
                    plan();
                });
            case Request.Unsubscribe unsubscribe ->
                answer(commandId, () -> {
                    if (subscriptions.unsubscribe(unsubscribe.channel())) {
                        note(Event.Kind.UNSUBSCRIBE, 0, unsubscribe.channel(), "client");
                    }
                    ok(commandId, new Result.Unsubscribe());
                });
            case Request.SubRefresh refresh ->
                answer(commandId, () -> {
                    ok(commandId, subscriptions.refresh(refresh));
                    plan();
                });
            case Request.Refresh refresh ->
                answer(commandId, () -> {
                    identity = new Connecting(services, subscriptions, this).refresh(refresh, identity);
                    ok(commandId, identity.refreshResult(id, services.version(), services.unixSeconds()));
                    note(Event.Kind.REFRESH, 0, "", "client");
                    plan();
                });
            case Request.Publish publish ->
                answer(commandId, () -> {
                    new Queries(services, subscriptions, this).publish(publish);
                    ok(commandId, new Result.Publish());
                });
            case Request.Presence presence ->
                answer(commandId, () -> ok(commandId, queries().presence(presence)));
            case Request.PresenceStats stats ->
                answer(commandId, () -> ok(commandId, queries().presenceStats(stats)));
            case Request.History history ->
                answer(commandId, () -> ok(commandId, queries().history(history)));
            // No hook serves them yet: the answers of protocol A.6 for what is not available.
            case Request.Rpc _ ->
                answer(commandId, () -> {
                    Refusals.check(guarded.rpc());
                    throw new RequestException(ErrorCode.NOT_AVAILABLE);
                });
            case Request.Ping _ -> fail(commandId, ErrorCode.NOT_AVAILABLE.error());
        }
    }

    private Queries queries() {
        return new Queries(services, subscriptions, this);
    }

    private void ok(long commandId, Result result) {
        send(new Reply.Ok(commandId, result));
    }

    void send(Reply reply) {
        link.send(Frames.of(encoding, reply));
    }

    void push(Push push) {
        send(new Reply.Pushed(push));
    }

    /// A subscription on the shard saw a gap; called on the loop.
    void insufficientState(String channel) {
        mailbox.post(() -> {
            if (state == State.CONNECTED) {
                subscriptions
                        .insufficientState(channel)
                        .ifPresent(disconnect -> close(disconnect, "gap in " + channel));
            }
        });
    }

    /// Something of this session may have come to its time: expiry, presence, staleness.
    private void due() {
        now = services.live().now();
        long time = services.unixSeconds();
        switch (state) {
            case NEW, REFUSED -> close(DisconnectCode.STALE, "no connect in time");
            case CONNECTED -> {
                long delay = now.config().client().expiredCloseDelay().toSeconds();
                if (identity.expireAt() != 0 && time >= identity.expireAt() + delay) {
                    close(DisconnectCode.CONNECTION_EXPIRED, "not refreshed in time");
                    return;
                }
                subscriptions
                        .due(time)
                        .ifPresentOrElse(disconnect -> close(disconnect, "subscription expired"), this::plan);
            }
            case CLOSED -> {}
        }
    }

    /// Computes when [#due] is next needed and tells the loop.
    void plan() {
        long next = subscriptions.nextDue();
        if (identity.expireAt() != 0) {
            next = Math.min(
                    next,
                    identity.expireAt()
                            + now.config().client().expiredCloseDelay().toSeconds());
        }
        dueAt = next;
        link.loop().execute(this::rearm);
    }

    /// Changes when the connection expires, in Unix seconds; 0 for never. Changes what others see of the user,
    /// unless the info is empty.
    void refresh(long unixSeconds, Bytes info) {
        identity = identity.expiringAt(unixSeconds);
        if (!info.isEmpty()) {
            identity = identity.withInfo(info);
            subscriptions.connectionInfo(info);
        }
        push(new Push.Refresh(identity.expires(), identity.ttl(services.unixSeconds())));
        note(Event.Kind.REFRESH, 0, "", "the API");
        plan();
    }

    void close(DisconnectCode code, @Nullable String detail) {
        close(code.disconnect(), detail);
    }

    void close(Disconnect disconnect, @Nullable String detail) {
        close(disconnect, detail, "relay");
    }

    /// @param detail for the log
    /// @param by     for the events
    void close(Disconnect disconnect, @Nullable String detail, String by) {
        if (state == State.CLOSED) {
            return;
        }
        LOG.debug("disconnect {} {}: {}", this, disconnect.code(), disconnect.reason(), detail);
        services.meter().disconnected(this, disconnect);
        note(Event.Kind.DISCONNECT, disconnect.code(), disconnect.reason(), by);
        end();
        link.close(disconnect);
    }

    private void closed(Link.Ending ending) {
        if (state == State.CLOSED) {
            return;
        }
        LOG.debug("closed {} {}{}", this, ending.code(), ending.reason(), ending.byPeer() ? " by peer" : "");
        services.meter().ended(this, ending);
        note(Event.Kind.DISCONNECT, ending.code(), ending.reason(), ending.byPeer() ? "client" : "relay");
        end();
    }

    /// Leaves every channel and the registry, exactly once.
    private void end() {
        boolean connected = state == State.CONNECTED;
        state = State.CLOSED;
        if (connected) {
            services.sessions().ending(this);
        }
        subscriptions.close();
        guarded.close();
        if (connected) {
            services.sessions().remove(identity.user(), this);
        }
    }
}
