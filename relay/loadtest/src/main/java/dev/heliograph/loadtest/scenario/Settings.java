package dev.heliograph.loadtest.scenario;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// How a scenario is run.
///
/// @param urls      of WebSockets of one cluster; clients are spread over them, publishers use the first
/// @param prefix    what channels are called before a name of their own
/// @param channels  in all
/// @param memberOf  channels that each client hears
/// @param size      of a payload in bytes
/// @param rate      publications a second in all channels; 0 to publish as fast as they are delivered
/// @param loops     threads of the clients
/// @param senders   connections that publish
/// @param ramp      clients a second that come at the beginning of [Scenario#RAMP]
/// @param churn     clients a second that go, while as many come, where the scenario has that
/// @param slowShare of the clients, from 0 to 1, that [Scenario#SLOW_CONSUMERS] has
/// @param time      of publishing
public record Settings(
        Scenario scenario,
        List<URI> urls,
        String prefix,
        int clients,
        int channels,
        int memberOf,
        int size,
        double rate,
        int loops,
        int senders,
        double ramp,
        double churn,
        double slowShare,
        Duration time) {

    public static final int MAX_CLIENTS = 19_000;
    public static final int MAX_CHANNELS = 100_000;
    private static final int MAX_LOOPS = 64;

    /// @throws IllegalArgumentException with a reason, if it is out of bounds
    public Settings {
        urls = List.copyOf(urls);
        require(!urls.isEmpty(), "there is no URL of a WebSocket");
        within("--clients", clients, 1, MAX_CLIENTS);
        within("--channels", channels, 1, MAX_CHANNELS);
        within("--member-of", memberOf, 1, Math.min(channels, 1_000));
        within("--size", size, 64, 1_000_000);
        within("--rate", rate, 0, 200_000);
        within("--loops", loops, 1, MAX_LOOPS);
        within("--senders", senders, 1, 1_000);
        within("--ramp", ramp, 1, MAX_CLIENTS);
        within("--churn", churn, 0, 1_000);
        within("--slow-share", slowShare, 0.001, 1);
        within("--seconds", time.toMillis() / 1e3, 1, Duration.ofDays(7).toSeconds());
        require(
                rate > 0
                        || scenario == Scenario.FAN_OUT
                        || scenario == Scenario.SMALL_CHANNELS
                        || scenario == Scenario.CHAT_ROOMS,
                "--rate: " + scenario.label() + " needs one above 0; only fan-out, small-channels and chat-rooms"
                        + " publish as fast as they can");
        require(prefix.matches("[\\w:.-]*"), "--channel-prefix: letters, digits and :.-_ only");
    }

    private static void within(String name, double value, double least, double most) {
        require(value >= least && value <= most, "%s: from %s to %s".formatted(name, plain(least), plain(most)));
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /// The channels of the client with a number: neighbours, so that each has as many members as the others.
    int[] channelsOf(int client) {
        int[] heard = new int[memberOf];
        for (int i = 0; i < memberOf; i++) {
            heard[i] = (int) (((long) client * memberOf + i) % channels);
        }
        return heard;
    }
}
