package dev.heliograph.capacity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;

/// A load, what is expected of those who carry it, and the machines there are for it. Rates and numbers are
/// those of the
/// busiest minutes; `growth` is multiplied with connections, channels, publications and connects.
///
/// @param connections       at the same time
/// @param channels          that somebody is subscribed to
/// @param publishRate       publications a second, in all channels together
/// @param payloadBytes      of one publication
/// @param fanOut            subscribers that get a publication, on average; a fraction of 1 if many have none
/// @param presenceShare     of all subscriptions, those in channels that keep presence; 0 to 1
/// @param guarantee         what a client that was away gets
/// @param historySize       publications that a channel keeps at most
/// @param historySeconds    how long it keeps them
/// @param latencyMs         within which 99 of 100 deliveries are to arrive, from the API to the client's
///     socket
/// @param failures          relays that may be lost at the same time while the rest carries the whole load
/// @param growth            what all of it is multiplied with
/// @param connectRate       connects a second that are usual, beside storms
/// @param pingSeconds       between two pings of a connection
/// @param drainPace         connections a second that a drain asks to go
/// @param targetUtilisation of processors, network and Redis that is not to be exceeded, even after `failures`
/// @param cores             of one machine
/// @param memoryGib         of one machine
/// @param networkMbit       of one machine, each way
/// @param price             of one machine and month
/// @param pricePerGb        of traffic to clients
public record Demand(
        int connections,
        int channels,
        double publishRate,
        int payloadBytes,
        double fanOut,
        double presenceShare,
        Guarantee guarantee,
        int historySize,
        int historySeconds,
        double latencyMs,
        int failures,
        double growth,
        double connectRate,
        double pingSeconds,
        double drainPace,
        double targetUtilisation,
        int cores,
        double memoryGib,
        double networkMbit,
        double price,
        double pricePerGb) {

    /// What is taken where nothing is said. The price is an example: every provider has another one.
    public static final Demand DEFAULT = new Demand(
            10_000,
            1_000,
            100,
            256,
            10,
            0,
            Guarantee.AT_LEAST_ONCE,
            300,
            600,
            200,
            1,
            1,
            10,
            25,
            100,
            0.6,
            4,
            8,
            1_000,
            50,
            0);

    /// @throws IllegalArgumentException with the key and a reason
    public Demand {
        DemandInput.CONNECTIONS.check(connections);
        DemandInput.CHANNELS.check(channels);
        DemandInput.PUBLISH_RATE.check(publishRate);
        DemandInput.PAYLOAD_BYTES.check(payloadBytes);
        DemandInput.FAN_OUT.check(fanOut);
        if (fanOut > connections) {
            throw new IllegalArgumentException(
                    "fan_out: " + Check.number(fanOut) + " is more than the " + connections + " connections");
        }
        DemandInput.PRESENCE_SHARE.check(presenceShare);
        DemandInput.HISTORY_SIZE.check(historySize);
        DemandInput.HISTORY_SECONDS.check(historySeconds);
        DemandInput.LATENCY_MS.check(latencyMs);
        DemandInput.FAILURES.check(failures);
        DemandInput.GROWTH.check(growth);
        DemandInput.CONNECT_RATE.check(connectRate);
        DemandInput.PING_SECONDS.check(pingSeconds);
        DemandInput.DRAIN_PACE.check(drainPace);
        DemandInput.TARGET_UTILISATION.check(targetUtilisation);
        DemandInput.CORES.check(cores);
        DemandInput.MEMORY_GIB.check(memoryGib);
        DemandInput.NETWORK_MBIT.check(networkMbit);
        DemandInput.PRICE.check(price);
        DemandInput.PRICE_PER_GB.check(pricePerGb);
    }

    /// The default with what a JSON object says instead.
    ///
    /// @throws CapacityException with file and key, if a key is unknown or a value makes no sense
    public static Demand read(Path file) {
        return DEFAULT.with(file.toString(), Tree.object(file));
    }

    /// The JSON object of a file, to be given to [#with] together with other values.
    ///
    /// @throws CapacityException if there is none
    public static ObjectNode fileObject(Path file) {
        return Tree.object(file);
    }

    /// This one with some values replaced.
    ///
    /// @param source  what errors call the values
    /// @param changes by key, as in `payload_bytes`
    /// @throws CapacityException with source and key
    public Demand with(String source, ObjectNode changes) {
        ObjectNode all = json();
        changes.properties().forEach(each -> all.set(each.getKey(), each.getValue()));
        return Tree.read(source, all, Demand.class);
    }

    /// This one with one number replaced; that of an input that is whole is rounded.
    ///
    /// @throws CapacityException if the value makes no sense
    public Demand with(DemandInput input, double value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return with(input.key(), input.isWhole() ? json.numberNode((int) Math.rint(value)) : json.numberNode(value));
    }

    /// This one with one value replaced.
    ///
    /// @throws CapacityException if there is no such key, or the value makes no sense
    public Demand with(String key, JsonNode value) {
        ObjectNode all = json();
        all.set(key, value);
        return Tree.read("demand", all, Demand.class);
    }

    /// With all keys.
    public ObjectNode json() {
        return Tree.write(this);
    }

    double allConnections() {
        return connections * growth;
    }

    double allChannels() {
        return channels * growth;
    }

    double allPublications() {
        return publishRate * growth;
    }

    double allConnects() {
        return connectRate * growth;
    }

    /// Deliveries a second of the whole load.
    public double deliveries() {
        return allPublications() * fanOut;
    }

    /// Publications that a channel has in its history, on average.
    double historyEntries() {
        return guarantee.keepsHistory() ? Math.min(historySize, publishRate / channels * historySeconds) : 0;
    }
}
