package dev.heliograph.cli.plan;

import dev.heliograph.cli.Failure;
import dev.heliograph.loadtest.Burst;
import dev.heliograph.loadtest.Dialect;
import dev.heliograph.loadtest.Dialects;
import dev.heliograph.loadtest.Swarm;
import dev.heliograph.server.auth.TokenIssuer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Clients of a relay, each with a token of its own.
///
/// @param swarm    all of them
/// @param channels that they hear
record Load(Swarm swarm, int channels) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /// As long as any calibration.
    private static final Duration TOKEN_LIFE = Duration.ofHours(2);

    /// Has clients come in, spread over channels evenly.
    ///
    /// @param prefix of the channels' names
    static Load enter(MeasuredRelay relay, String prefix, int channels, int subscribersEach) {
        Load load = new Load(
                new Swarm(url(relay), dialect(channels * subscribersEach), names(prefix, channels), 1), channels);
        try {
            load.swarm.enter(channels * subscribersEach, number -> new int[] {number % channels}, PATIENCE);
            return load;
        } catch (RuntimeException e) {
            load.close();
            throw e;
        }
    }

    /// Has clients come in that each hear the first so many channels.
    static Load enterAll(MeasuredRelay relay, String prefix, int channels, int clients) {
        Load load = new Load(new Swarm(url(relay), dialect(clients), names(prefix, channels), 1), channels);
        try {
            int[] all = IntStream.range(0, channels).toArray();
            load.swarm.enter(clients, _ -> all, PATIENCE);
            return load;
        } catch (RuntimeException e) {
            load.close();
            throw e;
        }
    }

    static URI url(MeasuredRelay relay) {
        return URI.create("ws://127.0.0.1:" + relay.port() + "/connection/websocket");
    }

    static List<String> names(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(each -> prefix + each).toList();
    }

    /// Tokens are signed beforehand: that is work of a back end, not of a client that connects.
    private static Dialect dialect(int clients) {
        TokenIssuer issuer = TokenIssuer.hs256(MeasuredRelay.SECRET, Clock.systemUTC());
        IntFunction<String> sign = number ->
                issuer.connection("user-" + number).expiresIn(TOKEN_LIFE).sign();
        List<String> tokens =
                new ArrayList<>(IntStream.range(0, clients).mapToObj(sign).toList());
        // Those who only publish have numbers beyond.
        return Dialects.clientProtocol(
                number -> number < tokens.size() ? tokens.get(number) : sign.apply(number), false);
    }

    /// @throws Failure if not everything came once and in order, since that would be no measurement
    static Burst exact(Burst burst) {
        if (!burst.exact()) {
            throw new Failure("of " + burst.expected() + " deliveries " + burst.deliveries() + " came, "
                    + burst.duplicated() + " again and " + burst.reordered() + " out of order");
        }
        return burst;
    }

    @Override
    public void close() {
        swarm.close();
    }
}
