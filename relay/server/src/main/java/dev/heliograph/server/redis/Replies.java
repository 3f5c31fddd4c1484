package dev.heliograph.server.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Waits for what Redis says.
final class Replies {

    private Replies() {}

    /// A reply that did not come in time has failed then: what still waits to be sent need not be.
    ///
    /// @param from for messages to operators
    /// @throws RedisException if there is no reply in time, or an error
    static <T extends @Nullable Object> T await(CompletableFuture<T> reply, Duration timeout, String from) {
        try {
            return reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new RedisException(String.valueOf(cause.getMessage()), cause);
        } catch (TimeoutException e) {
            RedisException late = new RedisException("redis " + from + " did not answer in time", e);
            reply.completeExceptionally(late);
            throw late;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisException("interrupted", e);
        }
    }
}
