package dev.heliograph.server.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Protocol.Keyword;

/// What must happen in one step, in Lua. A connection loads it once and then names it by its digest.
public final class Script {

    private final byte[] text;
    private final byte[] digest;

    private Script(byte[] text) {
        try {
            this.text = text;
            this.digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-1").digest(text))
                    .getBytes(UTF_8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /// Reads a script from a resource.
    ///
    /// @param beside a class of the package that the resource is in
    public static Script load(Class<?> beside, String file) {
        try (InputStream in = beside.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + " is missing");
            }
            return new Script(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Loads scripts into a server.
    public static void load(Connection redis, List<Script> scripts) {
        for (Script script : scripts) {
            redis.executeCommand(
                    new CommandArguments(Command.SCRIPT).add(Keyword.LOAD).add(script.text));
        }
    }

    /// A call of it.
    ///
    /// @param keys all in one slot
    public CommandArguments call(byte[][] keys, Object... arguments) {
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
