package dev.heliograph.client;

import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.Publication;
import dev.heliograph.protocol.Push;
import dev.heliograph.protocol.ReplyError;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.protocol.UnsubscribeCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What goes on behind a [Subscription]; the states and transitions are drawn at [SubscriptionState]. On the engine's
/// thread only, but for what is volatile.
///
/// A subscribe goes out when all of this is there: the wish, a connection, a token (if the channel needs one), and an
/// application that is not behind with the events it has already.
final class Membership implements Dispatcher.Owner, Flow.Holder {

    /// From here on a cause is an error's or the server's, not the application's.
    static final int FIRST_FOREIGN_CODE = 100;

    private final String channel;
    private final SubscriptionOptions options;
    private final Engine engine;
    private final Connection connection;
    private final Dispatcher dispatcher;
    private final Credentials credentials;
    private final Track track;
    private final List<CompletableFuture<SubscribedEvent>> awaiting = new ArrayList<>();

    private volatile SubscriptionState state = new SubscriptionState.Unsubscribed(Cause.NOT_SUBSCRIBED_YET);

    /// Where publications go instead of to the listener.
    private volatile @Nullable Publications loop;

    /// What the application has been given, by the dispatcher's thread.
    private volatile Optional<StreamPosition> handedOver = Optional.empty();

    private Optional<SubscribedEvent> lastEvent = Optional.empty();

    /// The try under way has this number; what comes of older ones is ignored.
    private long tries;

    private boolean trying;
    private boolean sent;
    private int failures;
    private Timing.Timer retry = Timing.Timer.NONE;

    Membership(String channel, SubscriptionOptions options, Engine engine, Connection connection) {
        this.channel = channel;
        this.options = options;
        this.engine = engine;
        this.connection = connection;
        this.dispatcher = new Dispatcher("heliograph-" + channel, engine, this);
        this.credentials = new Credentials(engine, options.token());
        this.track = new Track(options.since());
    }

    String channel() {
        return channel;
    }

    SubscriptionState state() {
        return state;
    }

    Optional<StreamPosition> handedOver() {
        return handedOver;
    }

    /// From any thread.
    synchronized Publications loop(Runnable unsubscribe) {
        Publications publications = new Publications(channel, unsubscribe);
        loop = publications;
        return publications;
    }

    // ---- the application's wishes ----

    void subscribe(CompletableFuture<SubscribedEvent> future) {
        awaiting.add(future);
        switch (state) {
            case SubscriptionState.Unsubscribed unsubscribed -> {
                if (connection.state() instanceof ConnectionState.Closed) {
                    settle(waiting ->
                            waiting.completeExceptionally(new UnsubscribedException(channel, Cause.CLIENT_CLOSED)));
                    return;
                }
                state = unsubscribed.subscribe();
                emitSubscribing(Cause.SUBSCRIBE_CALLED);
                begin();
            }
            case SubscriptionState.Subscribing _ -> {}
            case SubscriptionState.Subscribed _ ->
                // The answer to the first one is on its way to the application before this one's.
                lastEvent.ifPresent(event -> settle(waiting -> waiting.complete(event)));
        }
    }

    void unsubscribe(Cause cause) {
        boolean tellServer = sent;
        SubscriptionState.Unsubscribed next = switch (state) {
            case SubscriptionState.Unsubscribed unsubscribed -> unsubscribed;
            case SubscriptionState.Subscribing subscribing -> subscribing.unsubscribe(cause);
            case SubscriptionState.Subscribed subscribed -> subscribed.unsubscribe(cause);
        };
        if (next != state) {
            stop();
            end(next);
            if (tellServer) {
                leave();
            }
        }
    }

    private void end(SubscriptionState.Unsubscribed next) {
        state = next;
        Cause cause = next.cause();
        settle(waiting -> waiting.completeExceptionally(new UnsubscribedException(channel, cause)));
        Publications ending = loop;
        dispatcher.submit(() -> {
            options.listener().onUnsubscribed(channel, cause);
            if (ending != null) {
                ending.end(cause);
                forget(ending);
            }
        });
    }

    /// A loop that is over takes nothing more; whoever subscribes again asks for another, or listens.
    private synchronized void forget(Publications over) {
        if (loop == over) {
            loop = null;
        }
    }

    private void leave() {
        connection
                .wire()
                .ifPresent(wire -> wire.call(new Request.Unsubscribe(channel), outcome -> left(wire, outcome)));
    }

    private static void left(Wire wire, Calls.Outcome outcome) {
        // Whether the server still counts us in is unknown; a new connection settles it.
        if (outcome instanceof Calls.Outcome.Failed || outcome instanceof Calls.Outcome.TimedOut) {
            wire.lose(Cause.UNSUBSCRIBE_ERROR);
        }
    }

    // ---- subscribing ----

    /// There is a connection.
    void connected() {
        begin();
    }

    private void begin() {
        if (trying || !(state instanceof SubscriptionState.Subscribing) || dispatcher.behind()) {
            return;
        }
        Wire wire = connection.wire().orElse(null);
        if (wire == null) {
            return;
        }
        retry.cancel();
        trying = true;
        long number = ++tries;
        credentials.obtain(token -> ask(wire, token, number), this::noToken);
    }

    private void ask(Wire wire, String token, long number) {
        sent = true;
        Request.Subscribe request = new Request.Subscribe(
                channel,
                token,
                false,
                "",
                0,
                options.data(),
                options.positioned(),
                options.recoverable(),
                options.joinLeave(),
                "",
                Optional.empty(),
                0,
                0);
        Request.Subscribe asked =
                track.recoverFrom().map(request::recoveringFrom).orElse(request);
        wire.call(asked, outcome -> {
            if (number == tries) {
                answered(wire, outcome);
            }
        });
    }

    private void noToken(Throwable error) {
        if (error instanceof UnauthorizedException) {
            unsubscribe(Cause.UNAUTHORIZED);
        } else {
            again(error);
        }
    }

    private void answered(Wire wire, Calls.Outcome outcome) {
        switch (outcome) {
            case Calls.Outcome.Ok(Result.Subscribe result) -> subscribed(result);
            case Calls.Outcome.Ok _ -> wire.lose(Cause.BAD_PROTOCOL);
            case Calls.Outcome.Failed(ReplyError error) -> refused(error);
            case Calls.Outcome.TimedOut _ -> wire.lose(Cause.SUBSCRIBE_TIMEOUT);
            case Calls.Outcome.Lost _ -> {}
        }
    }

    private void refused(ReplyError error) {
        sent = false;
        boolean expired = error.code() == ErrorCode.TOKEN_EXPIRED.code() && credentials.renewable();
        if (expired) {
            credentials.forget();
        }
        if (expired || Errors.worthRetrying(error)) {
            again(new RequestFailedException(error));
        } else {
            unsubscribe(Errors.cause(error));
        }
    }

    private void again(Throwable error) {
        trying = false;
        emitError(error);
        retry = engine.after(engine.backoff(failures++), this::begin);
    }

    private void subscribed(Result.Subscribe result) {
        if (!(state instanceof SubscriptionState.Subscribing subscribing)) {
            return;
        }
        trying = false;
        failures = 0;
        state = subscribing.subscribed();
        track.stands(result);
        SubscribedEvent event = SubscribedEvent.of(result);
        lastEvent = Optional.of(event);
        dispatcher.submit(() -> {
            if (event.recoverable() || event.positioned()) {
                handedOver = Optional.of(event.position());
            }
            options.listener().onSubscribed(channel, event);
        });
        settle(waiting -> waiting.complete(event));
        result.publications().forEach(this::published);
        credentials.keepFresh(result.expires(), result.ttl(), new TokenRenewal());
        holdIfBehind();
    }

    private void settle(Consumer<CompletableFuture<SubscribedEvent>> how) {
        List<CompletableFuture<SubscribedEvent>> settled = List.copyOf(awaiting);
        awaiting.clear();
        // What depends on a future is the application's code and must not run on the engine's thread.
        settled.forEach(each -> Thread.startVirtualThread(() -> how.accept(each)));
    }

    /// New tokens while subscribed.
    private final class TokenRenewal implements Credentials.Renewal {
        @Override
        public void send(String token, Consumer<Calls.Outcome> handler) {
            connection.wire().ifPresent(wire -> wire.call(new Request.SubRefresh(channel, token, 0), handler));
        }

        @Override
        public void refused(Cause cause) {
            unsubscribe(cause);
        }

        @Override
        public void failed(Throwable error) {
            emitError(error);
        }
    }

    // ---- what the server says ----

    void pushed(Push push) {
        if (!(state instanceof SubscriptionState.Subscribed)) {
            return;
        }
        switch (push) {
            case Push.Pub pub -> published(pub.publication());
            case Push.Join join -> dispatcher.submit(() -> options.listener().onJoin(channel, join.info()));
            case Push.Leave leave -> dispatcher.submit(() -> options.listener().onLeave(channel, leave.info()));
            case Push.Unsubscribe away -> sentAway(new Cause(away.code(), away.reason()));
            case Push.Subscribe _, Push.Message _, Push.Connect _, Push.Disconnected _, Push.Refresh _ -> {}
        }
    }

    private void published(Publication publication) {
        if (!track.advance(publication)) {
            return;
        }
        dispatcher.submit(() -> {
            Publications into = loop;
            if (into != null) {
                into.put(publication);
            } else {
                options.listener().onPublication(channel, publication);
            }
            handedOver = handedOver.map(before ->
                    publication.offset() == 0 ? before : new StreamPosition(publication.offset(), before.epoch()));
        });
    }

    private void sentAway(Cause cause) {
        sent = false;
        if (cause.code() < UnsubscribeCode.INSUFFICIENT_STATE.code()) {
            unsubscribe(cause);
            return;
        }
        if (cause.code() == UnsubscribeCode.EXPIRED.code()) {
            credentials.forget();
        }
        if (cause.code() == UnsubscribeCode.STATE_INVALIDATED.code()) {
            credentials.forget();
            track.forget();
        }
        resubscribe(cause);
        begin();
    }

    /// The connection is gone.
    void lost(Cause cause) {
        resubscribe(cause);
    }

    private void resubscribe(Cause cause) {
        stop();
        if (state instanceof SubscriptionState.Subscribed subscribed) {
            state = subscribed.again(cause);
            emitSubscribing(cause);
        }
    }

    /// Forgets the try under way and what was promised on this connection.
    private void stop() {
        tries++;
        trying = false;
        sent = false;
        retry.cancel();
        credentials.cancel();
        connection.flow().release(this);
    }

    private void emitSubscribing(Cause cause) {
        dispatcher.submit(() -> options.listener().onSubscribing(channel, cause));
    }

    private void emitError(Throwable error) {
        // An application that is behind is not given more to read; errors may come for as long as a server is down.
        if (!dispatcher.behind()) {
            dispatcher.submit(() -> options.listener().onError(channel, error));
        }
    }

    // ---- an application that is behind ----

    @Override
    public void fellBehind() {
        holdIfBehind();
    }

    private void holdIfBehind() {
        if (dispatcher.behind() && state instanceof SubscriptionState.Subscribed) {
            connection.flow().hold(this);
        }
    }

    @Override
    public void caughtUp() {
        connection.flow().release(this);
        begin();
    }

    /// Leaves the channel until the application has caught up; what it misses is recovered then, if the channel
    /// keeps a history.
    @Override
    public void giveUp() {
        resubscribe(Cause.CONSUMER_BEHIND);
        leave();
    }
}
