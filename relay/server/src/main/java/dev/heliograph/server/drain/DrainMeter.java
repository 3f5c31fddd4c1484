package dev.heliograph.server.drain;

import dev.heliograph.server.drain.DrainStatus.State;
import dev.heliograph.server.observe.Instruments;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// Shows in the metrics how far the drain, rebalance or shutdown of this node is.
final class DrainMeter {

    private static final String PREFIX = "heliograph_drain_";

    private final Instruments instruments;
    private final Supplier<DrainStatus> status;

    private DrainMeter(Instruments instruments, Supplier<DrainStatus> status) {
        this.instruments = instruments;
        this.status = status;
    }

    /// @param status of this node; asked at each scrape
    static void show(Instruments instruments, Supplier<DrainStatus> status) {
        DrainMeter meter = new DrainMeter(instruments, status);
        for (State state : State.values()) {
            meter.gauge(
                    "state",
                    "1 for the state of the drain, rebalance or shutdown that goes on or went on last, 0 for the others.",
                    now -> now.state() == state ? 1 : 0,
                    "state",
                    state.name().toLowerCase(Locale.ROOT));
        }
        meter.gauge("moved_clients", "Clients that the node's drain has asked to reconnect.", DrainStatus::moved);
        meter.gauge("left_clients", "Clients that the node's drain has still to ask.", DrainStatus::left);
        meter.gauge(
                "set_point_clients_per_second",
                "Clients a second that the drain was told to ask, or must to be done in time.",
                DrainStatus::setPoint);
        meter.gauge(
                "pace_clients_per_second",
                "Clients a second that the drain means to ask now: fewer while the other nodes do not keep up.",
                DrainStatus::pace);
        meter.gauge(
                "measured_clients_per_second",
                "Clients a second that the drain has asked in the last five seconds.",
                DrainStatus::measured);
    }

    private void gauge(String name, String help, ToDoubleFunction<DrainStatus> value, String... tags) {
        instruments.gauge(PREFIX + name, help, () -> value.applyAsDouble(status.get()), tags);
    }
}
