package dev.heliograph.server.connections;

import dev.heliograph.server.cluster.Procedure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What nodes ask of each other about connections, as it travels. Fields may be added, and never change their
/// meaning.
final class Questions {

    private Questions() {}

    /// @param cursor empty for the first page
    record Listing(String query, int limit, String cursor) {}

    /// @param more whether there are rows behind these
    record Rows(List<Row> rows, long matched, boolean more) {}

    record GroupUp(String query, String by, Group.Measure measure, int limit) {}

    /// @param others groups that are not told
    /// @param rest   their sums
    record Groups(List<Group> groups, long others, Group rest, long matched) {}

    record Find(String client) {}

    record Found(@Nullable ConnectionDetail detail) {}

    /// What is to be selected: of these clients, or all; of a group, if one is given; that a query means.
    ///
    /// @param clients empty for all
    /// @param by      empty for no group
    record Select(List<String> clients, String query, String by, String group, int limit) {}

    /// The first of those that are meant, in the order of the query.
    record Selected(List<Key> keys, long matched) {}

    record End(List<String> clients, int code, String reason, String by) {}

    /// How many were here and are told.
    record Ended(int sessions) {}

    /// Somebody begins an operation of this id on that node, or, without a node, only asks for it.
    record Claim(String operation, String node) {}

    /// What a node knows of an operation, if it runs or ran there.
    ///
    /// @param settled whether it surely does
    record Known(@Nullable DisconnectStatus status, boolean settled) {}

    record Cancel(String operation) {}

    record Recent(int limit) {}

    record Operations(List<DisconnectStatus> statuses) {}

    record Channels(String pattern, ChannelOrder order, int limit) {}

    /// @param others channels that are not told
    record ChannelLoads(List<ChannelLoad> channels, long others) {}

    /// One channel on one node.
    ///
    /// @param rateWindowMs 0 if nothing was measured yet
    record ChannelLoad(String channel, int subscribers, double rate, long rateWindowMs) {}

    static final Procedure<Listing, Rows> LIST = new Procedure<>("connections.list", Listing.class, Rows.class);

    static final Procedure<GroupUp, Groups> GROUP = new Procedure<>("connections.group", GroupUp.class, Groups.class);

    static final Procedure<Find, Found> FIND = new Procedure<>("connections.find", Find.class, Found.class);

    static final Procedure<Select, Selected> SELECT =
            new Procedure<>("connections.select", Select.class, Selected.class);

    static final Procedure<End, Ended> END = new Procedure<>("connections.end", End.class, Ended.class);

    static final Procedure<Claim, Known> CLAIM = new Procedure<>("connections.claim", Claim.class, Known.class);

    static final Procedure<Cancel, Known> CANCEL = new Procedure<>("connections.cancel", Cancel.class, Known.class);

    static final Procedure<Recent, Operations> RECENT =
            new Procedure<>("connections.recent", Recent.class, Operations.class);

    static final Procedure<Channels, ChannelLoads> CHANNELS =
            new Procedure<>("connections.channels", Channels.class, ChannelLoads.class);
}
