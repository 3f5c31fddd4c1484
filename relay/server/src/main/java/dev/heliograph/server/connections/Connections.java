package dev.heliograph.server.connections;

import dev.heliograph.protocol.Publication;
import dev.heliograph.server.broker.BrokerException;
import dev.heliograph.server.broker.HistoryPage;
import dev.heliograph.server.broker.HistoryQuery;
import dev.heliograph.server.broker.PresenceCount;
import dev.heliograph.server.channel.Channel;
import dev.heliograph.server.channel.ChannelException;
import dev.heliograph.server.cluster.Answers;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.cluster.Procedure;
import dev.heliograph.server.session.Services;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/// The live connections and channels of all nodes, for operators. Threadsafe.
///
/// Every node filters, sorts and cuts its own; the node that was asked merges what it gets. A node that does not
/// answer is named in the answer, and its connections are not in it. While nobody asks, nothing of this costs
/// anything but the plain counters of each connection.
///
/// A bad argument is an [IllegalArgumentException] that says what would be right; a query that cannot be read is
/// a [QueryException].
public final class Connections implements AutoCloseable {

    /// How long an operator waits for a node that does not answer.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /// Tails that run at once on this node.
    static final int MAX_TAILS = 20;

    private final Services services;
    private final Cluster cluster;
    private final LocalConnections localConnections;
    private final LocalChannels localChannels;
    private final Disconnects disconnects;
    private final Semaphore tails = new Semaphore(MAX_TAILS);

    /// @param cluster not started yet: this node's part is added to it
    /// @param self    what this node is; what it carries does not matter
    public Connections(Services services, Cluster cluster, Node self) {
        this(services, cluster, self, new Departed(Departed.CAPACITY, System::nanoTime));
    }

    Connections(Services services, Cluster cluster, Node self, Departed departed) {
        this.services = services;
        this.cluster = cluster;
        this.localConnections = new LocalConnections(services.sessions(), services.clock(), self, departed);
        this.localChannels = new LocalChannels(services.hub());
        this.disconnects = new Disconnects(cluster, self.id(), services.clock());
        localConnections.offer(cluster);
        localChannels.offer(cluster);
        disconnects.offer();
    }

    // ---- connections ----

    /// A page of the connections that a query means.
    ///
    /// @param limit  rows, 1 to [ListPage#MAX_LIMIT]
    /// @param cursor of the page before, or empty for the first one
    public ListPage list(String query, int limit, String cursor) {
        require(limit, ListPage.MAX_LIMIT);
        Order order = Query.parse(query).order();
        if (!cursor.isEmpty()) {
            Cursor.read(cursor, order);
        }
        Answers<Questions.Rows> answers = ask(Questions.LIST, new Questions.Listing(query, limit, cursor));
        return Merge.rows(answers.byNode().values(), order, limit, answers.missing());
    }

    /// The largest groups of the connections that a query means. Where connections are grouped by channel, one
    /// counts in each of its channels.
    ///
    /// @param by    as [GroupBy#parse] reads it
    /// @param limit groups, 1 to [GroupPage#MAX_LIMIT]
    public GroupPage group(String query, String by, Group.Measure measure, int limit) {
        require(limit, GroupPage.MAX_LIMIT);
        Query.parse(query);
        GroupBy.parse(by);
        // Sums are only right if each node tells all of its groups, not only its largest ones.
        Answers<Questions.Groups> answers =
                ask(Questions.GROUP, new Questions.GroupUp(query, by, measure, LocalConnections.MAX_TOLD));
        return Merge.groups(answers.byNode().values(), measure, limit, answers.missing());
    }

    /// What is known of one connection.
    ///
    /// @param detail  empty if no node knows it; of a closed one for a while only
    /// @param missing nodes that did not answer, and why: it may be one of theirs
    public record Lookup(Optional<ConnectionDetail> detail, List<String> missing) {}

    /// Looks for a connection on all nodes, among those that are open and those that closed of late.
    public Lookup find(String client) {
        Answers<Questions.Found> answers = ask(Questions.FIND, new Questions.Find(client));
        Optional<ConnectionDetail> detail = answers.byNode().values().stream()
                .map(Questions.Found::detail)
                .filter(Objects::nonNull)
                .max(Comparator.comparing(each -> each.closedAt() == 0));
        return new Lookup(detail, answers.missing());
    }

    /// The rows of some connections, in the order of their ids here; those that are gone are left out.
    List<Row> rows(List<String> clients) {
        if (clients.isEmpty()) {
            return List.of();
        }
        String query = clients.stream().map(Values::quoted).collect(Collectors.joining(",", "id in (", ")"));
        Map<String, Row> rows = new HashMap<>();
        list(query, clients.size(), "").rows().forEach(row -> rows.put(row.client(), row));
        return clients.stream().map(rows::get).filter(Objects::nonNull).toList();
    }

    // ---- ending them ----

    /// What [#disconnect] would do now. Touches nothing.
    public DisconnectPreview preview(DisconnectRequest request) {
        return disconnects.preview(request, this);
    }

    /// Begins to end connections, and returns at once. Which ones is settled when this returns; an id that is
    /// known already begins nothing, and the answer is how far that one is.
    ///
    /// @throws IllegalStateException if too many run
    public DisconnectStatus disconnect(DisconnectRequest request) {
        return disconnects.begin(request);
    }

    /// How far an operation is. Every node remembers the last [Disconnects#REMEMBERED] of its own while it runs.
    public Optional<DisconnectStatus> operation(String id) {
        return disconnects.find(id);
    }

    /// The operations of all nodes, the newest first.
    public List<DisconnectStatus> operations() {
        return disconnects.all();
    }

    /// Ends an operation soon: connections that were told to end have ended, the others stay.
    ///
    /// @return how far it is; empty if no node knows it
    public Optional<DisconnectStatus> cancel(String id) {
        return disconnects.cancel(id);
    }

    // ---- channels ----

    /// The first channels of all that have subscribers.
    ///
    /// @param pattern of their names, as in a query; `*` for all
    /// @param limit   channels, 1 to [ChannelPage#MAX_LIMIT]
    public ChannelPage channels(String pattern, ChannelOrder order, int limit) {
        require(limit, ChannelPage.MAX_LIMIT);
        new TextPattern(pattern);
        Answers<Questions.ChannelLoads> answers =
                ask(Questions.CHANNELS, new Questions.Channels(pattern, order, LocalConnections.MAX_TOLD));
        List<ChannelRow> rows = merged(answers);
        List<ChannelRow> first =
                rows.stream().sorted(ChannelRow.order(order)).limit(limit).toList();
        long untold = answers.byNode().values().stream()
                .mapToLong(Questions.ChannelLoads::others)
                .max()
                .orElse(0);
        return new ChannelPage(first, rows.size() - first.size() + untold, untold == 0, answers.missing());
    }

    private static List<ChannelRow> merged(Answers<Questions.ChannelLoads> answers) {
        Map<String, ChannelRow> byName = new HashMap<>();
        answers.byNode()
                .values()
                .forEach(part -> part.channels()
                        .forEach(load -> byName.merge(load.channel(), ChannelRow.of(load), ChannelRow::plus)));
        return List.copyOf(byName.values());
    }

    /// All that is known of one channel, and the first page of its subscribers; the next ones are those of
    /// [#list] with the query [#subscribersOf].
    ///
    /// @throws IllegalArgumentException if no namespace allows such a name
    public ChannelDetail channel(String name, int limit) {
        Channel channel;
        try {
            channel = services.live().now().channels().resolve(name);
        } catch (ChannelException e) {
            throw new IllegalArgumentException(
                    "there is no such channel: " + e.code().message(), e);
        }
        Answers<Questions.ChannelLoads> answers = ask(
                Questions.CHANNELS,
                new Questions.Channels(TextPattern.literal(name).toString(), ChannelOrder.NAME, 1));
        ChannelRow row = merged(answers).stream().findFirst().orElse(new ChannelRow(name, 0, 0, 0, 0));
        ListPage subscribers = list(subscribersOf(name), limit, "");
        List<String> problems = new ArrayList<>(answers.missing());
        return new ChannelDetail(row, history(channel, problems), presence(channel, problems), subscribers, problems);
    }

    /// The query for the connections that are subscribed to a channel.
    public static String subscribersOf(String channel) {
        return "channel = " + Values.quoted(TextPattern.literal(channel).toString());
    }

    private Optional<ChannelDetail.History> history(Channel channel, List<String> problems) {
        if (!channel.options().keepsHistory()) {
            return Optional.empty();
        }
        try {
            HistoryPage oldest = services.broker()
                    .history(
                            channel.name(),
                            HistoryQuery.after(0, 1),
                            channel.options().metaTtl());
            long top = oldest.top().offset();
            long depth = oldest.publications().stream().mapToLong(Publication::offset).findFirst().stream()
                    .map(first -> top - first + 1)
                    .findFirst()
                    .orElse(0);
            return Optional.of(new ChannelDetail.History(oldest.top().epoch(), top, depth));
        } catch (BrokerException e) {
            problems.add("broker: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<PresenceCount> presence(Channel channel, List<String> problems) {
        if (!channel.options().presence()) {
            return Optional.empty();
        }
        try {
            return Optional.of(services.broker().presenceStats(channel.name()));
        } catch (BrokerException e) {
            problems.add("broker: " + e.getMessage());
            return Optional.empty();
        }
    }

    /// Begins to show what is published in a channel. Whether the operator may see it in the clear is for the
    /// caller to decide.
    ///
    /// @throws IllegalArgumentException if no namespace allows such a name
    /// @throws IllegalStateException    if too many tails run
    public Tail tail(TailRequest request, Tail.Listener listener) {
        try {
            services.live().now().channels().resolve(request.channel());
        } catch (ChannelException e) {
            throw new IllegalArgumentException(
                    "there is no such channel: " + e.code().message(), e);
        }
        if (!tails.tryAcquire()) {
            throw new IllegalStateException("%d tails run already".formatted(MAX_TAILS));
        }
        Tail tail = new Tail(request, services.hub(), services.clock(), listener, tails::release);
        try {
            tail.start();
        } catch (RuntimeException e) {
            tails.release();
            throw e;
        }
        return tail;
    }

    private <Q, A> Answers<A> ask(Procedure<Q, A> procedure, Q question) {
        return cluster.ask(procedure, question, PATIENCE);
    }

    private static void require(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new IllegalArgumentException("a limit is a number from 1 to %,d, not %,d".formatted(most, limit));
        }
    }

    /// How many nodes there are.
    int nodes() {
        return cluster.nodes().size();
    }

    /// Whether something is counted or read because somebody has asked of late.
    boolean measuring() {
        return localConnections.sampling() || services.hub().counted();
    }

    /// Ends what runs on this node.
    @Override
    public void close() {
        disconnects.close();
        localConnections.close();
        localChannels.close();
    }
}
