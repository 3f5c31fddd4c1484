package dev.heliograph.server.redis;

/// Which Redis each partition lives on. Threadsafe.
interface Topology extends AutoCloseable {

    /// @throws RedisException if nobody knows where the partition is
    Commands commands(int partition);

    /// @throws RedisException if nobody knows where the partition is
    Subscriptions subscriptions(int partition);

    @Override
    void close();
}
