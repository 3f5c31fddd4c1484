package dev.heliograph.capacity;

/// A load that a relay is to carry at its limit.
///
/// @param cores        that the relay's process can have; a fraction if others share the machine
/// @param subscribers  that each channel has
/// @param channels     that are published to; each subscriber has one of them
/// @param payloadBytes of a publication
/// @param inFlight     publications that are on their way at any time, in all channels together
/// @param publishing   how they come
public record Scenario(
        double cores, int subscribers, int channels, int payloadBytes, int inFlight, Publishing publishing) {

    /// How publications reach the relay.
    public enum Publishing {
        /// One a request to the HTTP API, a relay alone.
        API,
        /// 32 a request.
        BATCH,
        /// By a client over its WebSocket; as [#BATCH] if that was not measured.
        WEBSOCKET,
        /// One a request, with a shared Redis.
        REDIS,
        /// The same, with a history.
        REDIS_HISTORY
    }

    public Scenario {
        Check.within("cores", cores, 0.01, 4_096);
        Check.within("subscribers", subscribers, 1, 10_000_000);
        Check.within("channels", channels, 1, 10_000_000);
        Check.within("payload_bytes", payloadBytes, 1, 16 * 1024 * 1024);
        Check.within("in_flight", inFlight, 1, 10_000_000);
    }

    /// Publications that are on their way to one subscriber.
    double inFlightToEach() {
        return Math.max(1, (double) inFlight / channels);
    }
}
