package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/// Asks Redis Sentinel which server is the master now: all of them at once, since one of them may be gone with the
/// master. Of different answers the one of the latest failover is believed (`config-epoch`).
///
/// @param addresses of the sentinels
/// @param master    the name they watch it by
record Sentinels(List<HostAndPort> addresses, String master, JedisClientConfig config) {

    /// How long the others have after the first answer. A failover is told among sentinels within milliseconds.
    private static final Duration GRACE = Duration.ofMillis(100);

    private record Answer(HostAndPort address, long epoch) {}

    /// @throws JedisConnectionException if no sentinel knows
    HostAndPort current() {
        BlockingQueue<Optional<Answer>> answers = new LinkedBlockingQueue<>();
        for (HostAndPort sentinel : addresses) {
            Thread.ofVirtual().name("redis-sentinel-" + sentinel).start(() -> answers.add(ask(sentinel)));
        }
        try {
            return latest(answers).address;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JedisConnectionException("interrupted while sentinels were asked", e);
        }
    }

    private Answer latest(BlockingQueue<Optional<Answer>> answers) throws InterruptedException {
        @Nullable Answer latest = null;
        long end = 0;
        for (int left = addresses.size(); left > 0; left--) {
            // Each of them comes to an end: connections have a timeout.
            Optional<Answer> next =
                    latest == null ? answers.take() : answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) {
                break;
            }
            if (next.isPresent() && (latest == null || next.get().epoch > latest.epoch)) {
                end = latest == null ? System.nanoTime() + GRACE.toNanos() : end;
                latest = next.get();
            }
        }
        if (latest == null) {
            throw new JedisConnectionException("no sentinel knows the master " + master);
        }
        return latest;
    }

    private Optional<Answer> ask(HostAndPort sentinel) {
        try (Connection connection = new Connection(sentinel, config)) {
            Object state = connection.executeCommand(command("MASTER"));
            // Names the one that takes over while the failover is still at other replicas; the state does not yet.
            // After it, so that it is not older.
            Object address = connection.executeCommand(command("GET-MASTER-ADDR-BY-NAME"));
            if (address instanceof List<?> parts
                    && parts.get(0) instanceof byte[] host
                    && parts.get(1) instanceof byte[] port) {
                return Optional.of(new Answer(
                        new HostAndPort(new String(host, UTF_8), Integer.parseInt(new String(port, UTF_8))),
                        epoch(state)));
            }
        } catch (JedisException | NumberFormatException _) {
            // It is not there, or knows no such master.
        }
        return Optional.empty();
    }

    private CommandArguments command(String word) {
        return new CommandArguments(Command.SENTINEL).add(word).add(master);
    }

    private static long epoch(Object state) {
        if (state instanceof List<?> parts) {
            for (int i = 0; i + 1 < parts.size(); i += 2) {
                if (parts.get(i) instanceof byte[] name
                        && new String(name, UTF_8).equals("config-epoch")
                        && parts.get(i + 1) instanceof byte[] value) {
                    return Long.parseLong(new String(value, UTF_8));
                }
            }
        }
        return 0;
    }
}
