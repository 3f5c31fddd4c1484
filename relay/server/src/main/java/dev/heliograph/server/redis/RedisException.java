package dev.heliograph.server.redis;

/// Redis is away, too slow, or refuses.
public final class RedisException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RedisException(String message) {
        super(message);
    }

    public RedisException(String message, Throwable cause) {
        super(message, cause);
    }
}
