package dev.heliograph.console.nodes;

import dev.heliograph.console.wire.DrainRow;
import dev.heliograph.console.wire.NodeRow;
import dev.heliograph.console.wire.NodeTraffic;
import java.time.Instant;
import java.util.Optional;

/// A node, as the page shows it.
///
/// @param row      what it said last
/// @param lastSeen when that was
/// @param drain    what it says of moving its clients; empty if it said nothing
/// @param share    of all connections, of 1
/// @param rates    a second, over the last seconds; empty until they are known
public record NodeView(
        NodeRow row,
        Instant lastSeen,
        Health health,
        Optional<DrainRow> drain,
        double share,
        Optional<Counters> rates) {

    /// How a node is, the worst last.
    public enum Health {
        /// It serves, and takes clients.
        SERVING,
        /// It serves, and uses most of its processors.
        BUSY,
        /// It takes no clients, and moves those that it has.
        DRAINING,
        /// It takes no clients, and has none.
        DRAINED,
        /// It was there, and is no more.
        MISSING
    }

    public String name() {
        return row.name();
    }

    /// Of its processors, of 1.
    public double load() {
        return row.cpu() / 100 / Math.max(1, row.processors());
    }

    /// The delay of deliveries in milliseconds, the median or that which 99 of 100 stay below; empty without any.
    public Optional<Double> delay(boolean median) {
        NodeTraffic traffic = row.traffic();
        return traffic == null
                ? Optional.empty()
                : Optional.ofNullable(median ? traffic.delayP50Ms() : traffic.delayP99Ms());
    }

    /// Whether it is being drained, running or paused.
    public boolean draining() {
        return drain.filter(DrainTexts::active).isPresent();
    }
}
