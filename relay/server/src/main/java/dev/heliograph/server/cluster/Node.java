package dev.heliograph.server.cluster;

/// What a node says of itself with each heartbeat.
///
/// @param id       random for each start
/// @param name     for people; those of a cluster may be equal
/// @param address  where it can be reached, `host:port`
/// @param version  of the relay
/// @param colour   of its deployment, `blue` or `green` for example; empty without one
/// @param started  in Unix milliseconds
/// @param draining whether it sends new clients elsewhere
/// @param load     what it carries
public record Node(
        String id,
        String name,
        String address,
        String version,
        String colour,
        long started,
        boolean draining,
        Load load) {

    /// What a node carries at a moment.
    ///
    /// @param users      distinct ones on this node
    /// @param cpu        of its process, in percent of one processor
    /// @param processors that it may use
    /// @param rss        resident bytes of its process
    /// @param accepted   handshakes since its start
    /// @param refused    handshakes that it could not take since its start
    public record Load(
            int clients,
            int users,
            int channels,
            int subscriptions,
            double cpu,
            int processors,
            long rss,
            long accepted,
            long refused) {}
}
