package dev.heliograph.client;

import dev.heliograph.protocol.DisconnectCode;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The life of a client's connection; the states and transitions are drawn at [ConnectionState]. Carries out what the
/// transitions mean: attempts, pauses, and the word to everything that lives on the connection. On the engine's thread
/// only, but for [#state()] and [#engine()].
final class Connection implements Attempt.Owner, Dispatcher.Owner, Flow.Holder {

    private final Engine engine;
    private final Link.Opener opener;
    private final ClientListener listener;
    private final Credentials credentials;
    private final Flow flow;
    private final Dispatcher dispatcher;
    private final Requests requests;
    private final ServerSubscriptions serverSubscriptions;
    private final Map<String, Membership> memberships = new LinkedHashMap<>();
    private final List<CompletableFuture<ConnectionState.Connected>> awaiting = new ArrayList<>();

    private volatile ConnectionState state = new ConnectionState.Disconnected(Cause.NOT_CONNECTED_YET);

    private @Nullable Attempt attempt;
    private Timing.Timer pause = Timing.Timer.NONE;

    Connection(ClientConfig config, Link.Opener opener, Timing timing, RandomGenerator random) {
        this.engine = new Engine(config, timing, random, this::flush);
        this.opener = opener;
        this.listener = config.listener();
        this.credentials = new Credentials(engine, config.token());
        this.flow = new Flow(engine, () -> wire().ifPresent(Wire::resume));
        this.dispatcher = new Dispatcher("heliograph-connection", engine, this);
        this.requests = new Requests(engine, this::state);
        this.serverSubscriptions = new ServerSubscriptions(engine, flow);
    }

    Engine engine() {
        return engine;
    }

    Requests requests() {
        return requests;
    }

    Flow flow() {
        return flow;
    }

    ConnectionState state() {
        return state;
    }

    Optional<Wire> wire() {
        return state instanceof ConnectionState.Connected connected ? Optional.of(connected.wire()) : Optional.empty();
    }

    void add(Membership membership) {
        memberships.put(membership.channel(), membership);
    }

    void remove(Membership membership) {
        membership.unsubscribe(Cause.UNSUBSCRIBE_CALLED);
        memberships.remove(membership.channel(), membership);
    }

    /// Everything that one task had to say goes out in one frame.
    private void flush() {
        if (attempt != null && attempt.wire() != null) {
            attempt.wire().flush();
        }
        wire().ifPresent(Wire::flush);
    }

    // ---- the application's wishes ----

    void connect(CompletableFuture<ConnectionState.Connected> future) {
        awaiting.add(future);
        switch (state) {
            case ConnectionState.Disconnected disconnected -> {
                state = disconnected.connect();
                emitConnecting(Cause.CONNECT_CALLED);
                begin();
            }
            case ConnectionState.Connecting _ -> {}
            case ConnectionState.Connected connected -> settle(waiting -> waiting.complete(connected));
            case ConnectionState.Closed _ ->
                settle(waiting -> waiting.completeExceptionally(new NotConnectedException(Cause.CLIENT_CLOSED)));
        }
    }

    void disconnect(Cause cause) {
        switch (state) {
            case ConnectionState.Connecting connecting -> leave(connecting.disconnect(cause), cause);
            case ConnectionState.Connected connected -> leave(connected.disconnect(cause), cause);
            case ConnectionState.Disconnected _, ConnectionState.Closed _ -> {}
        }
    }

    void close() {
        switch (state) {
            case ConnectionState.Disconnected disconnected -> leave(disconnected.close(), Cause.CLIENT_CLOSED);
            case ConnectionState.Connecting connecting -> leave(connecting.close(), Cause.CLIENT_CLOSED);
            case ConnectionState.Connected connected -> leave(connected.close(), Cause.CLIENT_CLOSED);
            case ConnectionState.Closed _ -> {
                return;
            }
        }
        List.copyOf(memberships.values()).forEach(each -> each.unsubscribe(Cause.CLIENT_CLOSED));
        memberships.clear();
        serverSubscriptions.closed();
    }

    /// Goes where there is no connection and none under way.
    private void leave(ConnectionState next, Cause cause) {
        Optional<Wire> wire = wire();
        state = next;
        pause.cancel();
        if (attempt != null) {
            attempt.cancel();
            attempt = null;
        }
        wire.ifPresent(Wire::close);
        if (wire.isPresent()) {
            lost(cause);
        }
        credentials.cancel();
        flow.release(this);
        requests.disconnected(cause);
        settle(waiting -> waiting.completeExceptionally(new NotConnectedException(cause)));
        dispatcher.submit(() -> listener.onDisconnected(cause));
    }

    private void settle(Consumer<CompletableFuture<ConnectionState.Connected>> how) {
        List<CompletableFuture<ConnectionState.Connected>> settled = List.copyOf(awaiting);
        awaiting.clear();
        // What depends on a future is the application's code and must not run on the engine's thread.
        settled.forEach(each -> Thread.startVirtualThread(() -> how.accept(each)));
    }

    // ---- attempts ----

    private void begin() {
        Attempt next = new Attempt(engine, opener, credentials, serverSubscriptions.toRecover(), this);
        attempt = next;
        next.start();
    }

    @Override
    public void established(Wire wire, Result.Connect result) {
        if (!(state instanceof ConnectionState.Connecting connecting)) {
            wire.close();
            return;
        }
        attempt = null;
        ConnectionState.Connected connected = connecting.connected(wire, result, engine.now());
        state = connected;
        Duration ping = Duration.ofSeconds(Integer.toUnsignedLong(result.ping()));
        wire.watch(ping.isZero() ? ping : ping.plus(engine.config().pingGrace()), result.pong());
        credentials.keepFresh(result.expires(), result.ttl(), new TokenRenewal());
        dispatcher.submit(() -> listener.onConnected(connected));
        settle(waiting -> waiting.complete(connected));
        if (dispatcher.behind()) {
            flow.hold(this);
        }
        serverSubscriptions.connected(result.subs());
        memberships.values().forEach(Membership::connected);
        requests.connected(wire);
    }

    @Override
    public void failed(Throwable error) {
        attempt = null;
        emitError(error);
        if (state instanceof ConnectionState.Connecting connecting) {
            state = connecting.again();
            beginAfterPause(connecting.failures());
        }
    }

    @Override
    public void refused(Cause cause) {
        attempt = null;
        disconnect(cause);
    }

    private void beginAfterPause(int failures) {
        pause = engine.after(engine.backoff(failures), this::begin);
    }

    /// New tokens while connected.
    private final class TokenRenewal implements Credentials.Renewal {
        @Override
        public void send(String token, Consumer<Calls.Outcome> handler) {
            wire().ifPresent(wire -> wire.call(new Request.Refresh(token), handler));
        }

        @Override
        public void refused(Cause cause) {
            disconnect(cause);
        }

        @Override
        public void failed(Throwable error) {
            emitError(error);
        }
    }

    // ---- what the server says ----

    @Override
    public void pushed(Push push) {
        switch (push) {
            case Push.Message message -> dispatcher.submit(() -> listener.onMessage(message.data()));
            case Push.Refresh refresh -> credentials.keepFresh(refresh.expires(), refresh.ttl(), new TokenRenewal());
            case Push.Connect _, Push.Disconnected _ -> {}
            case Push.Pub _, Push.Join _, Push.Leave _, Push.Unsubscribe _, Push.Subscribe _ -> {
                Membership membership = memberships.get(push.channel());
                if (membership != null && !(push instanceof Push.Subscribe)) {
                    membership.pushed(push);
                } else {
                    serverSubscriptions.pushed(push);
                }
            }
        }
    }

    @Override
    public void ended(Wire wire, Cause cause, boolean mayReturn) {
        if (cause.code() == DisconnectCode.CONNECTION_EXPIRED.code()) {
            credentials.forget();
        }
        if (attempt != null && attempt.wire() == wire) {
            Attempt ended = attempt;
            attempt = null;
            ended.cancel();
            if (mayReturn) {
                failed(new NotConnectedException(cause));
            } else {
                disconnect(cause);
            }
        } else if (state instanceof ConnectionState.Connected connected && connected.wire() == wire) {
            if (mayReturn) {
                ConnectionState.Connecting next = connected.lost(
                        cause, engine.now(), engine.config().backoff().max().toNanos());
                state = next;
                credentials.cancel();
                flow.release(this);
                lost(cause);
                emitConnecting(cause);
                beginAfterPause(next.failures());
            } else {
                disconnect(cause);
            }
        }
    }

    private void lost(Cause cause) {
        serverSubscriptions.lost(cause);
        memberships.values().forEach(each -> each.lost(cause));
    }

    private void emitConnecting(Cause cause) {
        dispatcher.submit(() -> listener.onConnecting(cause));
    }

    private void emitError(Throwable error) {
        // An application that is behind is not given more to read; errors may come for as long as a server is down.
        if (!dispatcher.behind()) {
            dispatcher.submit(() -> listener.onError(error));
        }
    }

    // ---- an application that is behind ----

    @Override
    public boolean reading() {
        return flow.reading() || !(state instanceof ConnectionState.Connected);
    }

    @Override
    public void fellBehind() {
        if (state instanceof ConnectionState.Connected) {
            flow.hold(this);
        }
    }

    @Override
    public void caughtUp() {
        flow.release(this);
    }

    /// There is no connection without its own events.
    @Override
    public void giveUp() {}
}
