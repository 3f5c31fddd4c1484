package dev.heliograph.capacity;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// A number that a [Demand] has, with the values that make sense. The guarantee is none.
public enum DemandInput {
    CONNECTIONS(true, 1, 100_000_000, Demand::connections),
    CHANNELS(true, 1, 100_000_000, Demand::channels),
    PUBLISH_RATE(false, 0, 10_000_000, Demand::publishRate),
    /// At most as much as a publication may have.
    PAYLOAD_BYTES(true, 1, 16 * 1024 * 1024, Demand::payloadBytes),
    FAN_OUT(false, 0, 100_000_000, Demand::fanOut),
    PRESENCE_SHARE(false, 0, 1, Demand::presenceShare),
    HISTORY_SIZE(true, 0, 1_000_000, Demand::historySize),
    HISTORY_SECONDS(true, 0, 31_536_000, Demand::historySeconds),
    LATENCY_MS(false, 1, 600_000, Demand::latencyMs),
    FAILURES(true, 0, 100, Demand::failures),
    GROWTH(false, 0.01, 1_000, Demand::growth),
    CONNECT_RATE(false, 0, 1_000_000, Demand::connectRate),
    PING_SECONDS(false, 1, 86_400, Demand::pingSeconds),
    DRAIN_PACE(false, 1, 1_000_000, Demand::drainPace),
    /// Above that there is nothing left for what no model knows.
    TARGET_UTILISATION(false, 0.05, 0.9, Demand::targetUtilisation),
    CORES(true, 1, 1_024, Demand::cores),
    MEMORY_GIB(false, 0.25, 65_536, Demand::memoryGib),
    NETWORK_MBIT(false, 1, 1_000_000, Demand::networkMbit),
    PRICE(false, 0, 1_000_000, Demand::price),
    PRICE_PER_GB(false, 0, 1_000, Demand::pricePerGb);

    private final boolean whole;
    private final double least;
    private final double most;

    @SuppressWarnings("ImmutableEnumChecker") // without state
    private final ToDoubleFunction<Demand> value;

    DemandInput(boolean whole, double least, double most, ToDoubleFunction<Demand> value) {
        this.whole = whole;
        this.least = least;
        this.most = most;
        this.value = value;
    }

    /// `publish_rate`, as in JSON.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether fractions make no sense.
    public boolean isWhole() {
        return whole;
    }

    /// The least value that makes sense.
    public double least() {
        return least;
    }

    /// The greatest value that makes sense in any demand.
    public double most() {
        return most;
    }

    /// The greatest value that makes sense beside the other inputs of a demand.
    public double most(Demand demand) {
        return this == FAN_OUT ? Math.min(most, demand.connections()) : most;
    }

    /// What a demand has of it.
    public double of(Demand demand) {
        return value.applyAsDouble(demand);
    }

    void check(double given) {
        Check.within(key(), given, least, most);
    }
}
