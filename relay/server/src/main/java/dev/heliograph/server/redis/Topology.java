package dev.heliograph.server.redis;

/// Which Redis each partition lives on. Threadsafe.
interface Topology extends AutoCloseable {

    /// Runs commands where a partition is.
    ///
    /// @throws RedisException if nobody knows where
    Commands commands(int partition);

    /// Hears messages where a partition is.
    ///
    /// @throws RedisException if nobody knows where
    Subscriptions subscriptions(int partition);

    @Override
    void close();
}
