package dev.heliograph.server.connections;

import dev.heliograph.protocol.Disconnect;
import dev.heliograph.server.cluster.Cluster;
import dev.heliograph.server.cluster.Node;
import dev.heliograph.server.session.Session;
import dev.heliograph.server.session.SessionSnapshot;
import dev.heliograph.server.session.Sessions;
import dev.heliograph.server.session.SubscriptionSnapshot;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What this node knows and does of connections when a node of the cluster, itself maybe, asks. Threadsafe.
///
/// It walks over all sessions while they come and go: one that is there all the time is seen once.
final class LocalConnections implements AutoCloseable {

    /// Groups that one node keeps apart; those of connections that come later are not told.
    static final int MAX_GROUPS = 100_000;

    /// Groups or channels of one answer.
    static final int MAX_TOLD = 10_000;

    /// What a query may take on this node; usual ones take milliseconds.
    static final Duration BUDGET = Duration.ofSeconds(3);

    private final Sessions sessions;
    private final Clock clock;
    private final Node self;
    private final Sampler sampler;
    private final Departed departed;

    /// @param self what this node is; what it carries does not matter
    LocalConnections(Sessions sessions, Clock clock, Node self, Departed departed) {
        this.sessions = sessions;
        this.clock = clock;
        this.self = self;
        this.sampler = new Sampler(sessions, System::nanoTime);
        this.departed = departed;
        sessions.whenEnding(this::ending);
    }

    void offer(Cluster cluster) {
        cluster.handle(Questions.LIST, this::list);
        cluster.handle(Questions.GROUP, this::group);
        cluster.handle(Questions.FIND, this::find);
        cluster.handle(Questions.SELECT, this::select);
        cluster.handle(Questions.END, this::end);
    }

    // ---- lists and groups ----

    /// A row and its place in the order, which is compared many times.
    private record Ranked(Key key, Row row) {}

    Questions.Rows list(Questions.Listing wish) {
        Query query = Query.parse(wish.query());
        Order order = query.order();
        @Nullable Key after = wish.cursor().isEmpty() ? null : Cursor.read(wish.cursor(), order);
        Top<Ranked> top = new Top<>(Comparator.comparing(Ranked::key, order), wish.limit());
        long[] matched = {0};
        sampler.watch();
        forEach(member -> {
            if (member.is(query.filter())) {
                matched[0]++;
                Key key = order.key(member.row());
                if (after == null || order.compare(key, after) > 0) {
                    top.offer(new Ranked(key, member.row()));
                }
            }
        });
        return new Questions.Rows(top.sorted().stream().map(Ranked::row).toList(), matched[0], top.dropped());
    }

    Questions.Groups group(Questions.GroupUp wish) {
        Query query = Query.parse(wish.query());
        GroupBy by = GroupBy.parse(wish.by());
        Map<String, Group> groups = new HashMap<>();
        Group[] overflow = {Group.empty("")};
        long[] matched = {0};
        sampler.watch();
        forEach(member -> {
            if (member.is(query.filter())) {
                matched[0]++;
                by.keys(member, key -> {
                    Group one = Group.of(key, member.row());
                    if (groups.size() < MAX_GROUPS || groups.containsKey(key)) {
                        groups.merge(key, one, Group::plus);
                    } else {
                        overflow[0] = overflow[0].plus(one);
                    }
                });
            }
        });
        List<Group> sorted =
                groups.values().stream().sorted(wish.measure().order()).toList();
        int told = Math.min(wish.limit(), sorted.size());
        Group rest = sorted.subList(told, sorted.size()).stream().reduce(overflow[0], Group::plus);
        long others = (long) sorted.size() - told + (overflow[0].connections() > 0 ? 1 : 0);
        return new Questions.Groups(sorted.subList(0, told), others, rest, matched[0]);
    }

    private void forEach(Consumer<Member> action) {
        long at = clock.millis();
        long deadline = System.nanoTime() + BUDGET.toNanos();
        for (Session session : sessions.all()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("the query is too much work: it takes longer than %d s on one node"
                        .formatted(BUDGET.toSeconds()));
            }
            action.accept(member(session, at));
        }
    }

    private Member member(Session session, long at) {
        SessionSnapshot snapshot = session.snapshot();
        Rates rates = sampler.rates(session, snapshot.figures(), at - snapshot.connectedAt());
        return new Member(Row.of(self, snapshot, rates, at), session);
    }

    // ---- one ----

    private Questions.Found find(Questions.Find wish) {
        sampler.watch();
        return new Questions.Found(sessions.client(wish.client())
                .map(session -> detail(session, 0))
                .or(() -> departed.find(wish.client()))
                .orElse(null));
    }

    private void ending(Session session) {
        departed.add(detail(session, clock.millis()));
    }

    private ConnectionDetail detail(Session session, long closedAt) {
        Row row = member(session, clock.millis()).row();
        List<SubscriptionSnapshot> subscriptions = session.subscriptions();
        int most = closedAt == 0 ? ConnectionDetail.MAX_SUBSCRIPTIONS : ConnectionDetail.MAX_KEPT;
        return new ConnectionDetail(
                row, closedAt, subscriptions.subList(0, Math.min(subscriptions.size(), most)), session.events());
    }

    // ---- ending them ----

    Questions.Selected select(Questions.Select wish) {
        Query query = Query.parse(wish.query());
        Optional<GroupBy> by = wish.by().isEmpty() ? Optional.empty() : Optional.of(GroupBy.parse(wish.by()));
        Top<Key> top = new Top<>(query.order(), wish.limit());
        long[] matched = {0};
        Consumer<Member> visit = member -> {
            boolean[] in = {by.isEmpty()};
            by.ifPresent(group -> group.keys(member, key -> in[0] |= key.equals(wish.group())));
            if (in[0] && member.is(query.filter())) {
                matched[0]++;
                top.offer(query.order().key(member.row()));
            }
        };
        if (wish.clients().isEmpty()) {
            forEach(visit);
        } else {
            long at = clock.millis();
            wish.clients().stream()
                    .distinct()
                    .flatMap(client -> sessions.client(client).stream())
                    .forEach(session -> visit.accept(member(session, at)));
        }
        return new Questions.Selected(top.sorted(), matched[0]);
    }

    private Questions.Ended end(Questions.End wish) {
        Disconnect disconnect = new Disconnect(wish.code(), wish.reason());
        int told = 0;
        for (String client : wish.clients()) {
            Optional<Session> session = sessions.client(client);
            if (session.isPresent()) {
                session.get().whenConnected(control -> control.disconnect(disconnect, wish.by()));
                told++;
            }
        }
        return new Questions.Ended(told);
    }

    boolean sampling() {
        return sampler.running();
    }

    @Override
    public void close() {
        sampler.close();
    }
}
