package dev.heliograph.server.control.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.heliograph.server.control.ControlException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Redis replies, as what it should be.
final class Replies {

    private Replies() {}

    static List<?> list(@Nullable Object reply) {
        if (reply instanceof List<?> list) {
            return list;
        }
        throw new ControlException("redis replied with something else than a list");
    }

    static byte[] bytes(@Nullable Object reply) {
        if (reply instanceof byte[] bytes) {
            return bytes;
        }
        throw new ControlException("redis replied with something else than bytes");
    }

    static String text(@Nullable Object reply) {
        return new String(bytes(reply), UTF_8);
    }

    /// A number that is written as a text.
    static long number(@Nullable Object reply) {
        try {
            return Long.parseLong(text(reply));
        } catch (NumberFormatException e) {
            throw new ControlException("redis replied with something else than a number", e);
        }
    }
}
