package dev.heliograph.server.operations;

import dev.heliograph.protocol.Bytes;
import dev.heliograph.protocol.Disconnect;
import dev.heliograph.protocol.StreamPosition;
import dev.heliograph.server.auth.SubscriptionOptions;
import dev.heliograph.server.channel.Glob;
import dev.heliograph.server.cluster.Answers;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.session.Services;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What back ends and operators do with connections on all nodes. A call returns when every node that is there has
/// done its part, with the number of sessions that were told; it throws [ClusterException] when one has not, though
/// others have. Threadsafe.
public final class Operations {

    private final Cluster cluster;

    /// @param cluster not started yet: this node's part is added to it
    public Operations(Services services, Cluster cluster) {
        this.cluster = cluster;
        new LocalOperations(services).offer(cluster);
    }

    /// Subscribes sessions to a channel, unless they are already, and tells their clients.
    ///
    /// @param since recovers from there
    public int subscribe(Target target, String channel, SubscriptionOptions options, Optional<StreamPosition> since) {
        return told(cluster.ask(
                Questions.SUBSCRIBE,
                new Questions.Subscribe(
                        target,
                        channel,
                        options.info().array(),
                        options.data().array(),
                        Questions.Override.of(options),
                        options.expireAt(),
                        since.map(position -> new Questions.Since(position.epoch(), position.offset()))
                                .orElse(null))));
    }

    /// Ends a subscription of sessions, or all of them if the channel is empty, and tells their clients.
    public int unsubscribe(Target target, String channel, int code, String reason) {
        return told(cluster.ask(Questions.UNSUBSCRIBE, new Questions.Unsubscribe(target, channel, code, reason)));
    }

    /// @param spared client ids that are left alone
    public int disconnect(Target target, List<String> spared, Disconnect disconnect) {
        return told(cluster.ask(
                Questions.DISCONNECT,
                new Questions.Disconnect(target, spared, disconnect.code(), disconnect.reason())));
    }

    /// Changes when connections expire, and what others see of their user.
    ///
    /// @param expireAt Unix seconds; 0 for never
    /// @param info     empty to leave it as it is
    public int refresh(Target target, long expireAt, Bytes info) {
        return told(cluster.ask(Questions.REFRESH, new Questions.Refresh(target, false, expireAt, info.array())));
    }

    /// Ends connections as those whose token has expired.
    public int expire(Target target) {
        return told(cluster.ask(Questions.REFRESH, new Questions.Refresh(target, true, 0, new byte[0])));
    }

    private static int told(Answers<Questions.Told> answers) {
        return answers.all().stream().mapToInt(Questions.Told::sessions).sum();
    }

    /// Channels with subscribers, and how many on all nodes together.
    ///
    /// @param pattern of their names
    public Map<String, Integer> channels(Glob pattern) {
        Map<String, Integer> all = new TreeMap<>();
        for (Questions.Subscribers some : cluster.ask(Questions.CHANNELS, new Questions.ListChannels(pattern.pattern()))
                .all()) {
            some.byChannel().forEach((channel, count) -> all.merge(channel, count, Integer::sum));
        }
        return all;
    }

    /// The nodes that are there, this one first; what others carry is as old as their last heartbeat.
    public List<Node> nodes() {
        return cluster.nodes();
    }
}
