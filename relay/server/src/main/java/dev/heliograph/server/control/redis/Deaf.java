package dev.heliograph.server.control.redis;

import dev.heliograph.server.redis.Subscriber;

/// For a use of Redis that subscribes to nothing.
final class Deaf implements Subscriber.Listener {

    @Override
    public void onMessage(byte[] name, byte[] message) {}

    @Override
    public void onResubscribed() {}
}
