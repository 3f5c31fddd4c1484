package dev.heliograph.server.redis;

/// What is heard of a partition. Threadsafe.
public interface Subscriptions {

    /// Returns when Redis has confirmed.
    ///
    /// @throws RedisException if it does not in time; the channel is not subscribed to then
    void subscribe(byte[] name);

    void unsubscribe(byte[] name);
}
