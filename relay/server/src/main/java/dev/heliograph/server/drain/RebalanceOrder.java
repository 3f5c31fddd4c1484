package dev.heliograph.server.drain;

/// How evenly nodes are to share the clients, and how fast these move.
///
/// @param perSecond        clients a second of each node that has too many
/// @param tolerancePercent of the mean, by which a node may have more
public record RebalanceOrder(double perSecond, double tolerancePercent) {

    /// @throws IllegalArgumentException if it says what cannot be
    public RebalanceOrder {
        if (!(perSecond > 0 && perSecond <= 1_000)) {
            throw new IllegalArgumentException("a rate in 0..1000 is needed");
        }
        if (!(tolerancePercent >= 1 && tolerancePercent <= 100)) {
            throw new IllegalArgumentException("a tolerance in 1..100 percent is needed");
        }
    }
}
