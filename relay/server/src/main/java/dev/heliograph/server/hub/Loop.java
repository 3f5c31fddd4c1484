package dev.heliograph.server.hub;

import java.util.concurrent.Executor;

/// The event loop a shard lives on, as the hub sees it: a queue in order of arrival, served by one thread.
public interface Loop extends Executor {

    /// Queues a delivery for the loop's shard, behind everything queued before it. From any thread; never
    /// blocks.
    void deliver(Delivery delivery);

    /// Runs a task now if this is the loop's thread, else queues it; dropped if the loop has ended.
    void run(Runnable task);

    /// How many deliveries wait in the queue, about.
    int backlog();

    /// Whether it only looks on: then it counts as no subscriber, nobody waits for it, and it has no shard.
    default boolean observes() {
        return false;
    }

    /// The shard; only for the loop's own thread.
    Shard shard();
}
