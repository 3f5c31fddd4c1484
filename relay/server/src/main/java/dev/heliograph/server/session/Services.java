package dev.heliograph.server.session;

import dev.heliograph.server.auth.TokenVerifier;
import dev.heliograph.server.broker.Broker;
import dev.heliograph.server.channel.Channels;
import dev.heliograph.server.config.RelayConfig;
import dev.heliograph.server.guard.Guard;
import dev.heliograph.server.hub.Hub;
import java.time.Clock;

/// What every session of a node shares.
///
/// @param tokens             for connections
/// @param subscriptionTokens for subscriptions; the same unless configured apart
/// @param version            of the relay, told to clients
/// @param meter              counts what sessions do
public record Services(
        RelayConfig config,
        TokenVerifier tokens,
        TokenVerifier subscriptionTokens,
        Channels channels,
        Broker broker,
        Hub hub,
        Publisher publisher,
        Sessions sessions,
        Guard guard,
        Clock clock,
        String version,
        SessionMeter meter) {

    long unixSeconds() {
        return clock.millis() / 1_000;
    }
}
