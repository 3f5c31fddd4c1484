package dev.heliograph.client;

import dev.heliograph.protocol.ErrorCode;
import dev.heliograph.protocol.ReplyError;
import dev.heliograph.protocol.Result;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The token of a connection or subscription: fetched when it is needed first, kept until the server says that it has
/// expired, and renewed before it does. On the engine's thread only; the source is asked on a thread of its own.
final class Credentials {

    /// Where renewed tokens go.
    interface Renewal {
        void send(String token, Consumer<Calls.Outcome> handler);

        /// Without a valid token it is over.
        void refused(Cause cause);

        /// Will be tried again.
        void failed(Throwable error);
    }

    /// A token is renewed after four fifths of its life, but not sooner than this before its end: long-lived
    /// tokens need no more than the time that some tries take.
    private static final Duration MAX_LEAD = Duration.ofSeconds(30);

    private final Engine engine;
    private final Optional<TokenSource> source;
    private Optional<String> kept = Optional.empty();
    private @Nullable Thread fetching;
    private Timing.Timer renewal = Timing.Timer.NONE;
    private int failures;

    /// Results of fetches and renewals with an older number are ignored.
    private long generation;

    Credentials(Engine engine, Optional<TokenSource> source) {
        this.engine = engine;
        this.source = source;
    }

    boolean renewable() {
        return source.isPresent();
    }

    /// Hands over the token, at once if it is here; an empty one if there is no source.
    void obtain(Consumer<String> ready, Consumer<Throwable> failed) {
        if (source.isEmpty()) {
            ready.accept("");
        } else if (kept.isPresent()) {
            ready.accept(kept.get());
        } else {
            fetch(source.get(), ready, failed);
        }
    }

    private void fetch(TokenSource from, Consumer<String> ready, Consumer<Throwable> failed) {
        long current = ++generation;
        fetching = Thread.ofVirtual().name("heliograph-token").start(() -> {
            String token;
            try {
                token = from.token();
            } catch (Exception e) {
                engine.execute(() -> ifCurrent(current, () -> failed.accept(e)));
                return;
            }
            engine.execute(() -> ifCurrent(current, () -> {
                kept = Optional.of(token);
                ready.accept(token);
            }));
        });
    }

    private void ifCurrent(long number, Runnable task) {
        if (number == generation) {
            fetching = null;
            task.run();
        }
    }

    /// The token is no good any more; the next [#obtain] fetches another.
    void forget() {
        kept = Optional.empty();
    }

    /// Renews the token before `ttl` seconds are over, and again for as long as the server says that it expires.
    void keepFresh(boolean expires, int ttl, Renewal sink) {
        renewal.cancel();
        if (expires && source.isPresent()) {
            Duration life = Duration.ofSeconds(Integer.toUnsignedLong(ttl));
            Duration fifth = life.dividedBy(5);
            Duration lead = fifth.compareTo(MAX_LEAD) < 0 ? fifth : MAX_LEAD;
            renewal = engine.after(life.minus(lead), () -> renew(source.get(), sink));
        }
    }

    private void renew(TokenSource from, Renewal sink) {
        fetch(
                from,
                token -> {
                    long current = generation;
                    sink.send(token, outcome -> ifCurrent(current, () -> renewed(from, sink, outcome)));
                },
                error -> {
                    if (error instanceof UnauthorizedException) {
                        sink.refused(Cause.UNAUTHORIZED);
                    } else {
                        renewLater(from, sink, error);
                    }
                });
    }

    private void renewed(TokenSource from, Renewal sink, Calls.Outcome outcome) {
        switch (outcome) {
            case Calls.Outcome.Ok(Result.Refresh result) -> renewedFor(result.expires(), result.ttl(), sink);
            case Calls.Outcome.Ok(Result.SubRefresh result) -> renewedFor(result.expires(), result.ttl(), sink);
            case Calls.Outcome.Ok _ -> sink.refused(Cause.BAD_PROTOCOL);
            case Calls.Outcome.Failed(ReplyError error)
            when Errors.worthRetrying(error) || error.code() == ErrorCode.TOKEN_EXPIRED.code() ->
                renewLater(from, sink, new RequestFailedException(error));
            case Calls.Outcome.Failed(ReplyError error) -> sink.refused(Errors.cause(error));
            case Calls.Outcome.TimedOut _ ->
                renewLater(from, sink, new RequestTimeoutException("no reply to a new token"));
            case Calls.Outcome.Lost _ -> {}
        }
    }

    private void renewedFor(boolean expires, int ttl, Renewal sink) {
        failures = 0;
        keepFresh(expires, ttl, sink);
    }

    private void renewLater(TokenSource from, Renewal sink, Throwable error) {
        sink.failed(error);
        renewal = engine.after(engine.backoff(failures++), () -> renew(from, sink));
    }

    /// Stops what is under way; the token stays.
    void cancel() {
        generation++;
        renewal.cancel();
        if (fetching != null) {
            fetching.interrupt();
            fetching = null;
        }
    }
}
