package dev.heliograph.server.redis;

/// The connections to one Redis that has partitions.
record Node(Pipeliner commands, Subscriber subscriber) implements AutoCloseable {

    @Override
    public void close() {
        commands.close();
        subscriber.close();
    }
}
