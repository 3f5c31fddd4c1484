package dev.heliograph.server.redis;

import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/// How messages get from those who publish to those who hear them.
public enum PubSub {
    /// To subscribers at the same Redis; in a cluster to every node of it.
    PLAIN(Command.PUBLISH, Command.SUBSCRIBE, Command.UNSUBSCRIBE),

    /// To subscribers at the node of a cluster that has the slot of the name, and no others: Redis 7 and later.
    SHARDED(Command.SPUBLISH, Command.SSUBSCRIBE, Command.SUNSUBSCRIBE);

    private final Command publish;
    private final Command subscribe;
    private final Command unsubscribe;

    PubSub(Command publish, Command subscribe, Command unsubscribe) {
        this.publish = publish;
        this.subscribe = subscribe;
        this.unsubscribe = unsubscribe;
    }

    /// The command that publishes; scripts are given its name.
    public Command publish() {
        return publish;
    }

    Command subscribe() {
        return subscribe;
    }

    Command unsubscribe() {
        return unsubscribe;
    }

    /// What a node of a cluster knows. Publishers and subscribers of a partition ask the same node, so that
    /// they agree even while the nodes are being upgraded one by one.
    static PubSub of(Connection node) {
        Object answer = node.executeCommand(
                new CommandArguments(Command.COMMAND).add("INFO").add(Command.SSUBSCRIBE));
        return answer instanceof List<?> commands && commands.getFirst() instanceof List<?> known && !known.isEmpty()
                ? SHARDED
                : PLAIN;
    }
}
