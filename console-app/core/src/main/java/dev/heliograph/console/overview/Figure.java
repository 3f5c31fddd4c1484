package dev.heliograph.console.overview;

/// A figure of a node, and of all nodes together.
public enum Figure {
    CONNECTIONS(Unit.COUNT, Together.SUM),
    /// Messages of channels that were handed to subscribers, a second.
    DELIVERIES(Unit.PER_SECOND, Together.SUM),
    /// Publications that were accepted, a second.
    PUBLICATIONS(Unit.PER_SECOND, Together.SUM),
    BYTES_OUT(Unit.BYTES_PER_SECOND, Together.SUM),
    BYTES_IN(Unit.BYTES_PER_SECOND, Together.SUM),
    /// Of the process; 100 is one processor.
    CPU(Unit.PERCENT, Together.SUM),
    /// Handshakes that were refused, a second.
    REFUSED(Unit.PER_SECOND, Together.SUM),
    /// Commands that were answered with an error, a second.
    ERRORS(Unit.PER_SECOND, Together.SUM),
    /// What limits and bans rejected, a second.
    REJECTED(Unit.PER_SECOND, Together.SUM),
    /// From the publishing call to the sockets of the subscribers.
    LATENCY_P50(Unit.MILLISECONDS, Together.WORST),
    LATENCY_P95(Unit.MILLISECONDS, Together.WORST),
    LATENCY_P99(Unit.MILLISECONDS, Together.WORST);

    /// What a figure is counted in.
    public enum Unit {
        COUNT,
        PER_SECOND,
        BYTES_PER_SECOND,
        PERCENT,
        MILLISECONDS
    }

    /// How the figures of nodes become that of the cluster. Percentiles cannot be added up: of those the worst node
    /// stands for all.
    public enum Together {
        SUM,
        WORST
    }

    private final Unit unit;
    private final Together together;

    Figure(Unit unit, Together together) {
        this.unit = unit;
        this.together = together;
    }

    public Unit unit() {
        return unit;
    }

    public Together together() {
        return together;
    }

    double join(double one, double other) {
        return together == Together.SUM ? one + other : Math.max(one, other);
    }
}
