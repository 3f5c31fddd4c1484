package dev.heliograph.server.broker;

import java.util.concurrent.locks.ReentrantLock;

/// One lock for every channel, without keeping anything per channel.
///
/// Channels share a fixed number of locks by the hash of their name, so a lock never has to be created, found again or
/// thrown away. Never take a second one while holding one: two names may have the same lock, or the same two in another
/// order.
final class ChannelLocks {

    // Far more than there are carrier threads, so that two busy channels seldom meet; a power of two.
    private static final int COUNT = 1024;

    private final ReentrantLock[] locks = new ReentrantLock[COUNT];

    ChannelLocks() {
        for (int i = 0; i < COUNT; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    ReentrantLock of(String channel) {
        int hash = channel.hashCode();
        return locks[(hash ^ (hash >>> 16)) & (COUNT - 1)];
    }
}
