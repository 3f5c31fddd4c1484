package dev.heliograph.server.session;

import dev.heliograph.server.broker.Broker;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.guard.Guard;
import dev.heliograph.server.hub.Hub;
import java.time.Clock;

/// What every session of a node shares.
///
/// @param live    the configuration, which may change at any time
/// @param version of the relay, told to clients
/// @param meter   counts what sessions do
public record Services(
        LiveConfig live,
        Broker broker,
        Hub hub,
        Publisher publisher,
        Sessions sessions,
        Guard guard,
        Clock clock,
        String version,
        SessionMeter meter) {

    /// The configuration in force at this moment. What reads more than once of it takes [LiveConfig#now].
    public RelayConfig config() {
        return live.now().config();
    }

    long unixSeconds() {
        return clock.millis() / 1_000;
    }
}
