package dev.heliograph.compare;

import dev.heliograph.loadtest.Burst;
import dev.heliograph.loadtest.Swarm;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// How cost grows with the number of subscribers, of channels, and with the size of payloads: one thing at a time, on a
/// server of its own.
final class Growth {

    private static final int[] SUBSCRIBERS = {100, 300, 1_000, 3_000, 10_000, 15_000};
    private static final int[] CHANNELS = {1, 10, 100, 1_000, 10_000};
    private static final int[] SIZES = {64, 256, 1_024, 4_096, 16_384, 65_536};
    private static final int USUAL_SIZE = 256;
    private static final int USUAL_SUBSCRIBERS = 1_000;
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration TIME = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /// Publications on their way, 32 for each channel.
    private static final int MOST_PUBLICATIONS = 4_096;

    /// Bytes on their way to all subscribers together; more would wait in kernels.
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    /// What is left of the rate from one point to the next, at least: one has three to ten times of the other.
    private static final double NO_CLIFF = 0.5;

    private final Sheet sheet;

    Growth(Sheet sheet) {
        this.sheet = sheet;
    }

    void run() {
        for (Peer peer : List.of(Peer.HELIOGRAPH, Peer.REFERENCE)) {
            step(
                    "growth_subscribers_step",
                    peer,
                    IntStream.of(SUBSCRIBERS)
                            .mapToObj(each -> measure(peer, "growth_subscribers_" + each, each, 1, USUAL_SIZE))
                            .map(Burst::deliveriesPerSecond));
            for (int channels : CHANNELS) {
                measure(
                        peer,
                        "growth_channels_" + channels,
                        Math.max(USUAL_SUBSCRIBERS, channels),
                        channels,
                        USUAL_SIZE);
            }
            step(
                    "growth_size_step",
                    peer,
                    IntStream.of(SIZES)
                            .mapToObj(each -> measure(peer, "growth_size_" + each, USUAL_SUBSCRIBERS, 1, each)
                                            .deliveriesPerSecond()
                                    * each));
        }
        sheet.ownAtLeast("growth_subscribers_step", NO_CLIFF);
        sheet.ownAtLeast("growth_size_step", NO_CLIFF);
        // With ten times the channels a publication has a tenth of the deliveries, on any server: beside the other one.
        sheet.add(
                "growth_channels_worst",
                Peer.HELIOGRAPH,
                IntStream.of(CHANNELS)
                        .mapToDouble(each -> ratio("growth_channels_" + each + "_per_s"))
                        .min()
                        .orElseThrow());
        sheet.ownAtLeast("growth_channels_worst", 1);
    }

    private double ratio(String figure) {
        double[] spread = sheet.ratio(figure, Peer.REFERENCE);
        return spread == null ? 0 : spread[1];
    }

    /// Notes the worst ratio of a point to the one before it.
    private void step(String figure, Peer peer, Stream<Double> points) {
        List<Double> rates = points.toList();
        sheet.add(
                figure,
                peer,
                IntStream.range(1, rates.size())
                        .mapToDouble(i -> rates.get(i) / rates.get(i - 1))
                        .min()
                        .orElseThrow());
    }

    private Burst measure(Peer peer, String name, int subscribers, int channels, int size) {
        List<String> names =
                IntStream.range(0, channels).mapToObj(i -> "bench-" + i).toList();
        try (Running server = Running.start(peer, Peer.Task.LARGE);
                Swarm swarm = new Swarm(server.url(), peer.dialect(), names, 1)) {
            swarm.enter(subscribers, number -> new int[] {number % channels}, PATIENCE);
            double fanOut = (double) subscribers / channels;
            int inFlight =
                    (int) Math.clamp(MOST_BYTES / (fanOut * size), 2, Math.min(32 * channels, MOST_PUBLICATIONS));
            swarm.saturate(inFlight, size, WARM_UP);
            double cpu = server.cpuSeconds();
            Burst burst = swarm.saturate(inFlight, size, TIME);
            cpu = server.cpuSeconds() - cpu;
            if (!burst.exact()) {
                throw new IllegalStateException(
                        "%s %s: %d of %d deliveries".formatted(peer.key(), name, burst.deliveries(), burst.expected()));
            }
            sheet.add(name + "_per_s", peer, burst.deliveriesPerSecond());
            sheet.add(name + "_cpu_us", peer, cpu / burst.deliveries() * 1e6);
            sheet.add(name + "_rss_mb", peer, server.rss() / 1024.0 / 1024);
            return burst;
        }
    }
}
