package dev.heliograph.loadtest;

import java.util.concurrent.atomic.AtomicInteger;

/// A channel of a [Swarm]: how many hear it, and how many publications it got, which are numbered from 0 on. Threadsafe.
final class Topic {

    private final int index;
    private final String name;
    private final AtomicInteger subscribers = new AtomicInteger();
    private final AtomicInteger published = new AtomicInteger();

    Topic(int index, String name) {
        this.index = index;
        this.name = name;
    }

    int index() {
        return index;
    }

    String name() {
        return name;
    }

    int subscribers() {
        return subscribers.get();
    }

    void joined() {
        subscribers.incrementAndGet();
    }

    void left() {
        subscribers.decrementAndGet();
    }

    /// The number of the next publication, which is published from now on.
    int publish() {
        return published.getAndIncrement();
    }

    /// Whoever hears it by now gets this number and all that follow.
    int published() {
        return published.get();
    }
}
