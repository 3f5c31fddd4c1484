package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/// Asks Redis Sentinel which server is the master now. The first sentinel that knows one is believed.
///
/// @param addresses of the sentinels
/// @param master    the name they watch it by
record Sentinels(List<HostAndPort> addresses, String master, JedisClientConfig config) {

    /// @throws JedisConnectionException if no sentinel knows
    HostAndPort current() {
        for (HostAndPort address : addresses) {
            try (Connection sentinel = new Connection(address, config)) {
                Object answer = sentinel.executeCommand(new CommandArguments(Command.SENTINEL)
                        .add("GET-MASTER-ADDR-BY-NAME")
                        .add(master));
                if (answer instanceof List<?> parts
                        && parts.get(0) instanceof byte[] host
                        && parts.get(1) instanceof byte[] port) {
                    return new HostAndPort(new String(host, UTF_8), Integer.parseInt(new String(port, UTF_8)));
                }
            } catch (JedisException _) {
                // The next one may be there.
            }
        }
        throw new JedisConnectionException("no sentinel knows the master " + master);
    }
}
