package dev.heliograph.capacity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one relay was measured to use. Times are CPU time of the relay's process in microseconds unless said
/// otherwise, sizes are bytes.
///
/// @param machine  in words, for who reads the plan
/// @param cores    that the relay and what loaded it shared
/// @param date     of the measurement, `2026-11-30`
/// @param version  of the relay
/// @param sources  where figures come from that were not measured in this run, by their key; may be empty
/// @param measured the figures
public record Calibration(
        String machine, int cores, String date, String version, Map<String, String> sources, Measured measured) {

    private static final String REFERENCE = "reference-calibration.json";

    /// No single operation takes a second.
    private static final double MOST_MICROS = 1_000_000;

    /// A process, a connection or a channel that needs more is not this product.
    private static final double MOST_BYTES = 64.0 * 1024 * 1024 * 1024;

    public Calibration {
        Check.notEmpty("machine", machine);
        Check.within("cores", cores, 1, 4_096);
        if (!date.matches("\\d{4}-\\d{2}-\\d{2}")) {
            throw new IllegalArgumentException("date: '" + date + "' is not a date such as 2026-11-30");
        }
        Check.notEmpty("version", version);
        sources = Map.copyOf(sources);
    }

    /// @param delivery   what deliveries cost, at some batches and sizes
    /// @param pacedDeliveryCpuUs of 128 bytes, when the relay is idle between publications and is woken up by
    ///     each
    /// @param redis      absent if there was no Redis to measure with
    /// @param saturation what a relay did at its limit: what predictions are compared with
    public record Measured(
            Base process,
            Connection connection,
            Publication publication,
            List<Delivery> delivery,
            Optional<Double> pacedDeliveryCpuUs,
            Network network,
            Latency latency,
            Optional<Redis> redis,
            List<Saturation> saturation) {

        public Measured {
            pacedDeliveryCpuUs.ifPresent(each -> micros("paced_delivery_cpu_us", each));
            delivery = List.copyOf(delivery);
            saturation = List.copyOf(saturation);
            if (delivery.stream().noneMatch(each -> each.inFlight() == 1)) {
                throw new IllegalArgumentException(
                        "delivery: has no figure with in_flight 1, a write for each delivery");
            }
        }
    }

    /// A relay that has served some connections and has none.
    public record Base(double rssBytes, double heapBytes) {
        public Base {
            bytes("rss_bytes", rssBytes);
            bytes("heap_bytes", heapBytes);
        }
    }

    /// @param rssBytes        more of the process, for an idle connection with one subscription
    /// @param heapBytes       likewise
    /// @param connectCpuUs    handshake, token and one subscription
    /// @param pingCpuUs       a ping and its pong
    /// @param subscriptionBytes resident, for each further subscription of a connection
    public record Connection(
            double rssBytes,
            double heapBytes,
            double connectCpuUs,
            Optional<Double> pingCpuUs,
            Optional<Double> subscriptionBytes) {
        public Connection {
            bytes("rss_bytes", rssBytes);
            bytes("heap_bytes", heapBytes);
            micros("connect_cpu_us", connectCpuUs);
            pingCpuUs.ifPresent(each -> micros("ping_cpu_us", each));
            subscriptionBytes.ifPresent(each -> bytes("subscription_bytes", each));
        }
    }

    /// Accepted by a relay that is alone, without subscribers.
    ///
    /// @param apiCpuUs       one a request over the HTTP API
    /// @param apiBatchCpuUs  of a batch of 32 in a request
    /// @param websocketCpuUs by a client over its WebSocket, acknowledged
    public record Publication(double apiCpuUs, double apiBatchCpuUs, Optional<Double> websocketCpuUs) {
        public Publication {
            micros("api_cpu_us", apiCpuUs);
            micros("api_batch_cpu_us", apiBatchCpuUs);
            websocketCpuUs.ifPresent(each -> micros("websocket_cpu_us", each));
        }
    }

    /// What one delivery to one subscriber costs, beside what its publication costs.
    ///
    /// @param inFlight     publications on their way to each subscriber: so many share a write, at most
    /// @param fanOut       subscribers of the channel
    /// @param payloadBytes of the publication
    /// @param cpuUs        of the relay
    /// @param perSecond    deliveries, while this was measured
    /// @param framesPerWrite that shared a write on average; absent in calibrations that did not measure it, and
    ///     taken to be as many as were in flight
    public record Delivery(
            int inFlight,
            int fanOut,
            int payloadBytes,
            double cpuUs,
            double perSecond,
            Optional<Double> framesPerWrite) {
        public Delivery {
            Check.within("in_flight", inFlight, 1, 100_000);
            Check.within("fan_out", fanOut, 1, 10_000_000);
            Check.within("payload_bytes", payloadBytes, 1, 16 * 1024 * 1024);
            micros("cpu_us", cpuUs);
            Check.within("per_second", perSecond, 0, 1e12);
            framesPerWrite.ifPresent(each -> Check.within("frames_per_write", each, 1, 100_000));
        }

        double batch() {
            return framesPerWrite.orElse((double) inFlight);
        }
    }

    /// @param deliveryOverheadBytes that a client receives beside the payload, without TCP and IP
    public record Network(double deliveryOverheadBytes) {
        public Network {
            Check.within("delivery_overhead_bytes", deliveryOverheadBytes, 0, 100_000);
        }
    }

    /// @param idleP99Ms from the API to ten subscribers of an otherwise idle relay, on one machine
    public record Latency(double idleP99Ms) {
        public Latency {
            Check.within("idle_p99_ms", idleP99Ms, 0, 60_000);
        }
    }

    /// Relays that share a Redis.
    ///
    /// @param apiCpuUs           of the relay, for one publication a request over the HTTP API
    /// @param apiHistoryCpuUs    likewise, in a channel with a history
    /// @param heardCpuUs         of another relay that hears of a publication for its subscribers
    /// @param redisCpuUs         of Redis, for a publication
    /// @param redisHistoryCpuUs  likewise, in a channel with a history
    /// @param baseBytes          of an empty Redis
    /// @param channelBytes       for a channel with a history, beside its entries
    /// @param entryBytes         for a stored publication, beside its payload
    public record Redis(
            double apiCpuUs,
            double apiHistoryCpuUs,
            Optional<Double> heardCpuUs,
            double redisCpuUs,
            double redisHistoryCpuUs,
            double idleP99Ms,
            Optional<Double> baseBytes,
            Optional<Double> channelBytes,
            Optional<Double> entryBytes) {
        public Redis {
            micros("api_cpu_us", apiCpuUs);
            micros("api_history_cpu_us", apiHistoryCpuUs);
            heardCpuUs.ifPresent(each -> micros("heard_cpu_us", each));
            micros("redis_cpu_us", redisCpuUs);
            micros("redis_history_cpu_us", redisHistoryCpuUs);
            Check.within("idle_p99_ms", idleP99Ms, 0, 60_000);
            baseBytes.ifPresent(each -> bytes("base_bytes", each));
            channelBytes.ifPresent(each -> bytes("channel_bytes", each));
            entryBytes.ifPresent(each -> bytes("entry_bytes", each));
        }
    }

    /// A relay at its limit.
    ///
    /// @param scenario     what was done
    /// @param deliveriesPerS that came
    /// @param relayCores   that the relay used meanwhile, of those that it could have had
    /// @param framesPerWrite that shared a write on average
    public record Saturation(
            String name, Scenario scenario, double deliveriesPerS, double relayCores, Optional<Double> framesPerWrite) {
        public Saturation {
            Check.notEmpty("name", name);
            Check.within("deliveries_per_s", deliveriesPerS, 0, 1e12);
            Check.within("relay_cores", relayCores, 0, 4_096);
            framesPerWrite.ifPresent(each -> Check.within("frames_per_write", each, 1, 100_000));
        }
    }

    /// @throws CapacityException with file and key, if something is missing or makes no sense
    public static Calibration read(Path file) {
        return Tree.read(file.toString(), Tree.object(file), Calibration.class);
    }

    /// @param source what errors call the text
    /// @throws CapacityException likewise
    public static Calibration parse(String source, String json) {
        return Tree.read(source, Tree.object(source, json), Calibration.class);
    }

    /// The one that comes with the product.
    public static Calibration reference() {
        try (InputStream in = Calibration.class.getResourceAsStream(REFERENCE)) {
            if (in == null) {
                throw new IllegalStateException(REFERENCE + " is not there");
            }
            return parse(REFERENCE, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As [#read] takes it.
    public String json() {
        return Tree.pretty(Tree.write(this));
    }

    /// Where the figures are from, in some words.
    public String words() {
        return machine + ", " + date + ", relay " + version;
    }

    private static void micros(String key, double value) {
        Check.within(key, value, 0.001, MOST_MICROS);
    }

    private static void bytes(String key, double value) {
        Check.within(key, value, 1, MOST_BYTES);
    }
}
