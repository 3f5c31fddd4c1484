package dev.heliograph.client;

import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.ReplyError;
import dev.heliograph.protocol.Request;
import dev.heliograph.protocol.Result;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One attempt to connect: a token, a WebSocket, the connect command. Ends in one call of its [Owner], or silently if
/// it is cancelled. On the engine's thread only.
final class Attempt {

    /// Who wants to be connected.
    interface Owner extends Wire.Events {
        void established(Wire wire, Result.Connect result);

        /// Another attempt may succeed.
        void failed(Throwable error);

        /// No attempt will succeed.
        void refused(Cause cause);
    }

    private final Engine engine;
    private final Link.Opener opener;
    private final Credentials credentials;
    private final Map<String, Request.Subscribe> toRecover;
    private final Owner owner;
    private boolean over;
    private @Nullable Wire wire;

    Attempt(
            Engine engine,
            Link.Opener opener,
            Credentials credentials,
            Map<String, Request.Subscribe> toRecover,
            Owner owner) {
        this.engine = engine;
        this.opener = opener;
        this.credentials = credentials;
        this.toRecover = toRecover;
        this.owner = owner;
    }

    void start() {
        credentials.obtain(this::open, error -> {
            if (error instanceof UnauthorizedException) {
                finish(to -> to.refused(Cause.UNAUTHORIZED));
            } else {
                finish(to -> to.failed(error));
            }
        });
    }

    private void open(String token) {
        link().whenComplete((link, error) -> engine.execute(() -> opened(token, link, error)));
    }

    private CompletableFuture<Link> link() {
        try {
            return opener.open(new Link.Listener() {
                @Override
                public void frame(byte[] payload) {
                    engine.execute(() -> onWire(on -> on.received(payload)));
                }

                @Override
                public void closed(int code, String reason) {
                    engine.execute(() -> onWire(on -> on.closed(code, reason)));
                }
            });
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /// Frames come only after the first was asked for, so there is a wire by then.
    private void onWire(Consumer<Wire> action) {
        if (wire != null) {
            action.accept(wire);
        }
    }

    private void opened(String token, @Nullable Link link, @Nullable Throwable error) {
        if (link == null) {
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            finish(to -> to.failed(cause == null ? new IllegalStateException("no link") : cause));
        } else if (over) {
            link.close();
        } else {
            Wire opened = new Wire(link, engine, owner);
            wire = opened;
            ClientConfig config = engine.config();
            opened.call(
                    new Request.Connect(token, config.data(), toRecover, config.name(), config.version(), Map.of(), 0),
                    outcome -> finish(to -> answered(opened, outcome, to)));
        }
    }

    private void answered(Wire opened, Calls.Outcome outcome, Owner to) {
        switch (outcome) {
            case Calls.Outcome.Ok(Result.Connect result) -> to.established(opened, result);
            case Calls.Outcome.Ok _ -> {
                opened.close();
                to.refused(Cause.BAD_PROTOCOL);
            }
            case Calls.Outcome.Failed(ReplyError error) -> {
                opened.close();
                boolean expired = error.code() == ErrorCode.TOKEN_EXPIRED.code() && credentials.renewable();
                if (expired) {
                    credentials.forget();
                }
                if (expired || Errors.worthRetrying(error)) {
                    to.failed(new RequestFailedException(error));
                } else {
                    to.refused(Errors.cause(error));
                }
            }
            case Calls.Outcome.TimedOut _ -> {
                opened.close();
                to.failed(new RequestTimeoutException("no reply to connect"));
            }
            // The end of the wire is told separately, with its code.
            case Calls.Outcome.Lost _ -> {}
        }
    }

    private void finish(Consumer<Owner> how) {
        if (!over) {
            over = true;
            how.accept(owner);
        }
    }

    /// The wire, once there is one.
    @Nullable
    Wire wire() {
        return wire;
    }

    void cancel() {
        over = true;
        credentials.cancel();
        if (wire != null) {
            wire.close();
        }
    }
}
