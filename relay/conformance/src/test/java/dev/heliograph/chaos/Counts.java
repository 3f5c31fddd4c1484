package dev.heliograph.chaos;

import java.util.concurrent.atomic.LongAdder;

/// What happened in a run. Threadsafe.
final class Counts {
    /// Requests of publishers, those that failed and those that were sent twice without need among them.
    final LongAdder requests = new LongAdder();
    /// Requests without any good answer.
    final LongAdder failedRequests = new LongAdder();
    /// Messages that were sent more than once.
    final LongAdder repeats = new LongAdder();
    /// Messages that readers were given, each place once a reader.
    final LongAdder deliveries = new LongAdder();
    /// Connections of readers that were cut.
    final LongAdder drops = new LongAdder();
    /// Recoveries that were told to be whole.
    final LongAdder recoveries = new LongAdder();
    /// Of these, those under another epoch.
    final LongAdder continuations = new LongAdder();
    /// Recoveries that were told not to be possible.
    final LongAdder gaps = new LongAdder();
    /// Subscriptions that the relay ended since it could not vouch for them.
    final LongAdder insufficient = new LongAdder();
}
