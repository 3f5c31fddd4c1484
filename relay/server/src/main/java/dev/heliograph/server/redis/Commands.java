package dev.heliograph.server.redis;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;

/// Runs commands where a partition is. Threadsafe.
public interface Commands {

    /// Runs a command that may deliver messages.
    ///
    /// @param command  made for the pub/sub of the Redis that it is sent to; must always be the same otherwise
    /// @param replicas how many of them must have what was written up to the command
    /// @throws RedisException if Redis is away, or too far behind
    CompletableFuture<Object> submit(Function<PubSub, CommandArguments> command, int replicas);

    /// Waits for a reply.
    ///
    /// @return what Redis replied: `Long`, `byte[]`, `List` of these, or null for nil
    /// @throws RedisException if Redis is too slow, or has refused
    @Nullable
    Object await(CompletableFuture<Object> reply);

    /// Runs a command.
    ///
    /// @throws RedisException if Redis is away, or too far behind
    default CompletableFuture<Object> submit(CommandArguments command) {
        return submit(_ -> command, 0);
    }

    /// Runs a command and waits for its reply.
    ///
    /// @return what Redis replied: `Long`, `byte[]`, `List` of these, or null for nil
    /// @throws RedisException if Redis is away, too slow, or refuses
    default @Nullable Object call(CommandArguments command) {
        return await(submit(command));
    }

    /// Runs a command that may deliver messages and waits for its reply, and until replicas have what was
    /// written up to it. Fails if too few have it in time, though it has run.
    ///
    /// @param command  made for the pub/sub of the Redis that it is sent to
    /// @param replicas how many of them
    /// @throws RedisException if Redis or the replicas are away, too slow, or refuse
    default @Nullable Object call(Function<PubSub, CommandArguments> command, int replicas) {
        return await(submit(command, replicas));
    }
}
