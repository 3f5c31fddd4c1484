package dev.heliograph.loadtest;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/// What a load test does.
///
/// @param urls      where clients connect to; each client takes them in turn when an attempt fails
/// @param apis      where publishers go to, likewise; as in `http://10.0.0.1/api`
/// @param apiKey    of the HTTP API; empty for none
/// @param token     makes a client's token out of its user's name; an empty one is not sent
/// @param clients   subscribers that stay
/// @param channels  that they are spread over
/// @param prefix    what channels are called before a name of their own
/// @param rate      publications a second in all channels
/// @param churn     clients a second that come, hear something, and go
/// @param ramp      clients a second that come in at the beginning
/// @param time      from when all have come in
public record LoadPlan(
        List<URI> urls,
        List<URI> apis,
        String apiKey,
        UnaryOperator<String> token,
        int clients,
        int channels,
        String prefix,
        int rate,
        int churn,
        int ramp,
        Duration time) {

    public static final int MAX_CLIENTS = 19_000;
    public static final int MAX_CHANNELS = 10_000;
    public static final int MAX_RATE = 10_000;
    public static final int MAX_CHURN = 1_000;
    public static final Duration MAX_TIME = Duration.ofHours(1);

    /// @throws IllegalArgumentException with a reason, if it is out of bounds
    public LoadPlan {
        urls = List.copyOf(urls);
        apis = List.copyOf(apis);
        require(!urls.isEmpty(), "there is no URL of a WebSocket");
        require(!apis.isEmpty() || rate == 0, "there is no URL of an API to publish to");
        within("clients", clients, 1, MAX_CLIENTS);
        within("channels", channels, 1, MAX_CHANNELS);
        within("publish rate", rate, 0, MAX_RATE);
        within("churn", churn, 0, MAX_CHURN);
        within("ramp", ramp, 1, MAX_CLIENTS);
        within("seconds", (int) Math.min(time.toSeconds(), Integer.MAX_VALUE), 1, (int) MAX_TIME.toSeconds());
        urls.forEach(Endpoint::of);
    }

    private static void within(String name, int value, int least, int most) {
        require(value >= least && value <= most, name + ": from " + least + " to " + most);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
