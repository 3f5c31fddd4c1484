package dev.heliograph.server.broker.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/// What must happen in one step, in Lua. Each connection loads all of them once and then names them by their digest.
enum Script {
    PUBLISH("publish.lua"),
    PUBLISH_ONCE("publish_once.lua"),
    HISTORY("history.lua"),
    PRESENCE("presence.lua");

    private final byte[] text;
    private final byte[] digest;

    Script(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            text = in.readAllBytes();
            digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text))
                    .getBytes(UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    byte[] text() {
        return text;
    }

    /// A call of it.
    ///
    /// @param keys all in one slot
    CommandArguments call(byte[][] keys, Object... arguments) {
        CommandArguments command =
                new CommandArguments(Command.EVALSHA).add(digest).add(keys.length);
        for (byte[] key : keys) {
            command.key(key);
        }
        for (Object argument : arguments) {
            command.add(
                    argument instanceof byte[] bytes
                            ? bytes
                            : argument.toString().getBytes(UTF_8));
        }
        return command;
    }
}
