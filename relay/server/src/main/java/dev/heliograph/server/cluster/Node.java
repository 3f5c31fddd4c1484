package dev.heliograph.server.cluster;

import org.jspecify.annotations.Nullable;

/// What a node says of itself with each heartbeat. Nodes of other versions read it, too: a component that comes
/// later must have a value for heartbeats that do not have it.
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
    /// @param traffic    what went through it; [Traffic#UNKNOWN] if it is of a version that does not tell
    public record Load(
            int clients,
            int users,
            int channels,
            int subscriptions,
            double cpu,
            int processors,
            long rss,
            long accepted,
            long refused,
            Traffic traffic) {

        public Load(
                int clients,
                int users,
                int channels,
                int subscriptions,
                double cpu,
                int processors,
                long rss,
                long accepted,
                long refused,
                @Nullable Traffic traffic) {
            this.clients = clients;
            this.users = users;
            this.channels = channels;
            this.subscriptions = subscriptions;
            this.cpu = cpu;
            this.processors = processors;
            this.rss = rss;
            this.accepted = accepted;
            this.refused = refused;
            this.traffic = traffic == null ? Traffic.UNKNOWN : traffic;
        }

        /// One that does not tell its traffic.
        public Load(
                int clients,
                int users,
                int channels,
                int subscriptions,
                double cpu,
                int processors,
                long rss,
                long accepted,
                long refused) {
            this(clients, users, channels, subscriptions, cpu, processors, rss, accepted, refused, Traffic.UNKNOWN);
        }
    }

    /// What went through a node since its start, and how long deliveries took lately.
    ///
    /// @param known     whether the node tells it
    /// @param published publications that its broker accepted from its clients and back ends
    /// @param delivered messages of channels that were handed to subscribers' connections
    /// @param bytesIn   that clients sent after their handshakes
    /// @param bytesOut  that were written to clients after their handshakes
    /// @param errors    commands answered with an error, save those that a limit refused, and connections
    ///     that ended for one
    /// @param rejected  what rules, bans and limits did not admit
    /// @param slow      connections that ended since their peer was too slow
    /// @param delayed   whether anything was delivered in about the last ten seconds; then the percentiles
    ///     are of these deliveries, from the call that published, in milliseconds
    public record Traffic(
            boolean known,
            long published,
            long delivered,
            long bytesIn,
            long bytesOut,
            long errors,
            long rejected,
            long slow,
            boolean delayed,
            double p50,
            double p95,
            double p99) {

        public static final Traffic UNKNOWN = new Traffic(false, 0, 0, 0, 0, 0, 0, 0, false, 0, 0, 0);
    }
}
