package dev.heliograph.server.hub;

import dev.heliograph.server.observe.Buckets;
import dev.heliograph.server.observe.Counts;
import dev.heliograph.server.observe.Histogram;
import dev.heliograph.server.observe.Instruments;
import dev.heliograph.server.observe.RecentDurations;
import dev.heliograph.server.observe.Tracer;
import java.util.List;
import java.util.Optional;

/// What a shard tells of its work. One for all shards of a node.
///
/// The delay of a delivery is measured once for each publication and loop, when it has been written to all
/// subscribers of the loop, and counts as often as there are subscribers: a clock and a bucket for a thousand
/// writes.
public final class ShardMeter {

    /// Where it was seen that a subscription has missed something.
    enum Gap {
        /// By the offset of a publication that came.
        PUBLICATION,
        /// By the position that its stream should have reached.
        POSITION_CHECK,
        /// Between the reply to its subscribe request and the first publication.
        BEGINNING
    }

    private final boolean timed;
    private final Histogram delays;
    private final RecentDurations recent = new RecentDurations();
    private final Counts<Gap> gaps;
    private final Tracer tracer;

    public ShardMeter(Instruments instruments, Tracer tracer) {
        this(instruments, tracer, false);
    }

    /// @param watched whether somebody may look at the delays though metrics are off
    public ShardMeter(Instruments instruments, Tracer tracer, boolean watched) {
        this.timed = instruments.on() || watched;
        this.tracer = tracer;
        this.delays = instruments.histogram(
                "heliograph_delivery_delay_seconds",
                "From the call that published a message until it was written to the sockets of its subscribers.",
                Buckets.WAITING);
        this.gaps = instruments.counts(
                "heliograph_gaps",
                "Subscriptions that ended because they had missed something, by how that was seen.",
                "seen",
                Gap.class);
    }

    /// The delays of about the last ten seconds; nothing if nobody may look at them.
    public Optional<RecentDurations.Percentiles> recentDelays() {
        return recent.percentiles();
    }

    /// Whether events of deliveries are wanted.
    boolean tracing() {
        return tracer.active();
    }

    Tracer tracer() {
        return tracer;
    }

    void gap(Gap seen) {
        gaps.add(seen);
    }

    /// A run of deliveries has been written.
    ///
    /// @param subscribers how many got it
    void written(List<Delivery> run, int subscribers) {
        if (timed && subscribers > 0) {
            long now = System.nanoTime();
            for (Delivery each : run) {
                long delay = now - each.since();
                delays.record(delay, subscribers);
                recent.record(delay, subscribers);
            }
        }
    }
}
