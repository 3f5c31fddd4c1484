package dev.heliograph.capacity;

import dev.heliograph.capacity.Calibration.Measured;
import dev.heliograph.capacity.Calibration.Redis;
import java.util.Optional;

/// What one of some relays has to do if these alone carry a load.
///
/// Waiting: publications come at random times, and each keeps the relay's loops busy for the service time `s`;
/// at a utilisation `u` a delivery then takes `s / (1 - u)` on average, and the 99th percentile is `ln 100`
/// times that (M/M/1). That is more than for publications at an even pace, and less than for bursts.
///
/// Batches: frames that wait for the same connection share a write. By Little's law these are the rate of that
/// connection times how long a frame waits, and so a relay works less for each delivery the longer it may let
/// it wait.
final class NodeLoad {

    private static final double MICROS = 1e6;
    private static final int STEPS = 60;

    private final Demand demand;
    private final Measured measured;
    private final DeliveryCost cost;
    private final double relays;
    private final Optional<Redis> redis;

    /// @param relays that share the load
    /// @param redis  what they share, if they are more than one
    NodeLoad(Demand demand, Measured measured, DeliveryCost cost, double relays, Optional<Redis> redis) {
        this.demand = demand;
        this.measured = measured;
        this.cost = cost;
        this.relays = relays;
        this.redis = redis;
    }

    double connections() {
        return demand.allConnections() / relays;
    }

    double deliveries() {
        return demand.deliveries() / relays;
    }

    /// Publications a second that come over the API of this relay.
    private double accepted() {
        return demand.allPublications() / relays;
    }

    /// Publications a second that somebody on this relay gets: with few subscribers not each relay has one.
    double heard() {
        double any = 1 - Math.pow(1 - 1 / relays, demand.fanOut());
        // No more than deliveries: a publication that is heard here has one subscriber at least.
        return Math.min(demand.allPublications() * any, deliveries());
    }

    /// Subscribers on this relay of a publication that any of them gets.
    private double localFanOut() {
        return heard() == 0 ? 0 : deliveries() / heard();
    }

    /// What each of two percentiles has to be within, without what an idle relay takes, in seconds; the mean.
    double meanWaitAllowed() {
        return (demand.latencyMs() - idleMs()) / 1_000 / Assumed.P99_OF_MEAN;
    }

    /// p99 without load, in milliseconds.
    double idleMs() {
        return redis.map(Redis::idleP99Ms).orElse(measured.latency().idleP99Ms());
    }

    /// Frames that share a write if they wait so long.
    double batch(double meanWaitSeconds) {
        return 1 + deliveries() / connections() * meanWaitSeconds;
    }

    private double deliveryMicros(double meanWaitSeconds) {
        return cost.micros(batch(meanWaitSeconds), demand.payloadBytes());
    }

    private double acceptMicros() {
        return redis.map(each -> demand.guarantee().keepsHistory() ? each.apiHistoryCpuUs() : each.apiCpuUs())
                .orElse(measured.publication().apiCpuUs());
    }

    private double heardMicros() {
        return redis.map(each -> each.heardCpuUs().orElse(Assumed.HEARD_US)).orElse(0.0);
    }

    /// Processors that this load needs, if deliveries may wait so long on average.
    double cpu(double meanWaitSeconds) {
        Calibration.Connection connection = measured.connection();
        double presence = connections() * subscriptions() * demand.presenceShare() / Assumed.PRESENCE_SECONDS;
        return (accepted() * acceptMicros()
                        + heard() * heardMicros()
                        + deliveries() * deliveryMicros(meanWaitSeconds)
                        + connections() / demand.pingSeconds() * pingMicros()
                        + presence * pingMicros()
                        + demand.allConnects() / relays * connection.connectCpuUs())
                / MICROS;
    }

    /// The part of the processors that will be seen busy, at most: a relay that has time between publications
    /// is woken up by each, and spends more on a delivery than one that is never idle.
    double busyShare() {
        double saturated = deliveryMicros(expectedWait());
        double paced = measured.pacedDeliveryCpuUs().orElse(saturated);
        double more = Math.max(0, paced - saturated) * deliveries() / MICROS;
        return Math.min(1, (cpu(expectedWait()) + more) / demand.cores());
    }

    private double pingMicros() {
        return measured.connection().pingCpuUs().orElse(Assumed.PING_US);
    }

    /// Of a connection: as many as make the fan-out of the channels, and one at least.
    double subscriptions() {
        return Math.max(1, demand.allChannels() * demand.fanOut() / demand.allConnections());
    }

    /// How long one publication keeps all loops busy, in seconds.
    private double serviceSeconds(double meanWaitSeconds) {
        return (acceptMicros() + heardMicros() + localFanOut() * deliveryMicros(meanWaitSeconds))
                / MICROS
                / demand.cores();
    }

    /// How long a delivery takes on average, if it may wait as long as that; infinite if the processors do not
    /// suffice.
    private double meanSeconds(double meanWaitSeconds) {
        double left = 1 - cpu(meanWaitSeconds) / demand.cores();
        return left <= 0 ? Double.POSITIVE_INFINITY : serviceSeconds(meanWaitSeconds) / left;
    }

    /// How long a delivery waits on average: where waiting and batches agree. It waits longer the fewer share
    /// a write, and they are fewer the shorter it waits, so that there is one such point.
    ///
    /// @return infinite if it waits longer than what is allowed
    double expectedWait() {
        double low = 0;
        double high = meanWaitAllowed();
        if (meanSeconds(high) > high) {
            return Double.POSITIVE_INFINITY;
        }
        for (int i = 0; i < STEPS; i++) {
            double middle = (low + high) / 2;
            if (meanSeconds(middle) > middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /// The 99th percentile, in milliseconds; infinite if it is above what is asked for.
    double p99Ms() {
        return idleMs() + Assumed.P99_OF_MEAN * expectedWait() * 1_000;
    }

    /// Resident memory of the process and of the kernel for its sockets, in bytes.
    double memory() {
        Calibration.Connection connection = measured.connection();
        double more = (subscriptions() - 1) * subscriptionBytes();
        // A heap that has room already does not grow with the first connections.
        double resident = Math.max(connection.rssBytes(), connection.heapBytes());
        return measured.process().rssBytes()
                + connections() * (resident + more + Assumed.KERNEL_BYTES_OF_CONNECTION)
                + ownHistory();
    }

    double heap() {
        double more = (subscriptions() - 1) * subscriptionBytes();
        return measured.process().heapBytes()
                + connections() * (measured.connection().heapBytes() + more)
                + ownHistory();
    }

    private double subscriptionBytes() {
        return measured.connection().subscriptionBytes().orElse(Assumed.SUBSCRIPTION_BYTES);
    }

    /// A relay alone keeps histories itself; what an entry takes there is taken to be what it takes in Redis.
    private double ownHistory() {
        return redis.isPresent()
                ? 0
                : demand.allChannels() * demand.historyEntries() * (demand.payloadBytes() + Assumed.REDIS_ENTRY_BYTES);
    }

    /// Packets a second to clients, if no two frames share one.
    private double packets() {
        return deliveries() * Math.ceil((demand.payloadBytes() + overhead()) / Assumed.SEGMENT_BYTES);
    }

    private double overhead() {
        return measured.network().deliveryOverheadBytes();
    }

    /// To clients and to Redis, in Mbit/s.
    double outMbit() {
        return mbit(deliveries() * (demand.payloadBytes() + overhead())
                + packets() * Assumed.PACKET_BYTES
                + accepted() * Assumed.REQUEST_BYTES
                + (redis.isPresent() ? accepted() * redisMessage() : 0));
    }

    /// From back ends and from Redis, and what clients acknowledge.
    double inMbit() {
        return mbit(accepted() * (demand.payloadBytes() + Assumed.REQUEST_BYTES)
                + packets() * Assumed.PACKET_BYTES
                + (redis.isPresent() ? heard() * redisMessage() : 0));
    }

    double redisMessage() {
        return demand.payloadBytes() + Assumed.REDIS_MESSAGE_BYTES;
    }

    static double mbit(double bytesPerSecond) {
        return bytesPerSecond * 8 / 1e6;
    }
}
