package dev.heliograph.server.admin;

import dev.heliograph.server.connections.ConnectionDetail;
import dev.heliograph.server.connections.Connections;
import dev.heliograph.server.connections.Group;
import dev.heliograph.server.connections.GroupPage;
import dev.heliograph.server.connections.ListPage;
import dev.heliograph.server.session.Event;
import dev.heliograph.server.session.SubscriptionSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The live connections of all nodes, to see.
final class ConnectionsApi {

    private static final int DEFAULT_LIMIT = 100;

    static final Param QUERY = Param.text(
            "q", "Which ones, and in which order: `ip in 10.0.0.0/8 and queue > 64KiB order by out_rate desc`.");

    /// @param matched connections that the query means, on all pages
    /// @param next    the cursor of the next page; left out on the last one
    /// @param missing nodes that did not answer, and why
    record ConnectionList(
            List<ConnectionRow> connections,
            long matched,
            @Nullable String next,
            List<String> missing) {
        static ConnectionList of(ListPage page) {
            return new ConnectionList(
                    page.rows().stream().map(ConnectionRow::of).toList(),
                    page.matched(),
                    page.next().orElse(null),
                    page.missing());
        }
    }

    /// @param key what the connections have in common; empty for all the others together
    record GroupRow(
            String key,
            long connections,
            long queueBytes,
            double inRate,
            double outRate,
            double inBytesRate,
            double outBytesRate) {
        static GroupRow of(Group group) {
            return new GroupRow(
                    group.key(),
                    group.connections(),
                    group.queueBytes(),
                    group.inRate(),
                    group.outRate(),
                    group.inBytesRate(),
                    group.outBytesRate());
        }
    }

    /// @param others groups besides
    /// @param rest   the sums of those
    /// @param exact  false if a node had more groups than it can tell
    record GroupList(
            List<GroupRow> groups, long others, GroupRow rest, long matched, boolean exact, List<String> missing) {
        static GroupList of(GroupPage page) {
            return new GroupList(
                    page.groups().stream().map(GroupRow::of).toList(),
                    page.others(),
                    GroupRow.of(page.rest()),
                    page.matched(),
                    page.exact(),
                    page.missing());
        }
    }

    /// @param expiresAt Unix milliseconds; left out for never
    record SubscriptionRow(
            String channel,
            boolean serverSide,
            boolean positioned,
            boolean presence,
            boolean joinLeave,
            @Nullable Long expiresAt) {
        static SubscriptionRow of(SubscriptionSnapshot each) {
            return new SubscriptionRow(
                    each.channel(),
                    each.serverSide(),
                    each.positioned(),
                    each.presence(),
                    each.joinLeave(),
                    each.expireAt() == 0 ? null : each.expireAt() * 1_000);
        }
    }

    /// @param at     Unix milliseconds
    /// @param code   of an error, an unsubscribe or a disconnect; left out if there is none
    /// @param detail the channel, the message or the reason
    /// @param by     who made it happen
    record EventRow(long at, Event.Kind kind, @Nullable Integer code, String detail, String by) {
        static EventRow of(Event event) {
            return new EventRow(
                    event.at(), event.kind(), event.code() == 0 ? null : event.code(), event.detail(), event.by());
        }
    }

    /// @param closedAt      Unix milliseconds; left out while it is open
    /// @param subscriptions at most 1,000
    /// @param events        the last ones, the oldest first
    record ConnectionView(
            ConnectionRow connection,
            @Nullable Long closedAt,
            List<SubscriptionRow> subscriptions,
            List<EventRow> events,
            List<String> missing) {
        static ConnectionView of(ConnectionDetail detail, List<String> missing) {
            return new ConnectionView(
                    ConnectionRow.of(detail.row()),
                    detail.closedAt() == 0 ? null : detail.closedAt(),
                    detail.subscriptions().stream().map(SubscriptionRow::of).toList(),
                    detail.events().stream().map(EventRow::of).toList(),
                    missing);
        }
    }

    private final Connections connections;

    ConnectionsApi(Connections connections) {
        this.connections = connections;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/connections",
                        "connection.list",
                        Role.VIEWER,
                        "The connections of all nodes that a query means.",
                        List.of(
                                QUERY,
                                Param.integer("limit", "Rows of a page, 1 to 1000; 100 without it."),
                                Param.text("cursor", "`next` of the page before.")),
                        ConnectionList.class,
                        this::list),
                Route.get(
                        "/v1/connections/groups",
                        "connection.group",
                        Role.VIEWER,
                        "The largest groups of the connections that a query means.",
                        List.of(
                                Param.needed(
                                        "by",
                                        "`ip`, `ip/16`, `ip/24/64`, `user`, `channel`, `client`, `version`, `node`,"
                                                + " `colour`, `encoding` or `transport`."),
                                QUERY,
                                Param.text(
                                        "measure",
                                        "What they are sorted by, the largest first: " + words(Group.Measure.values())
                                                + "; `connections` without it."),
                                Param.integer("limit", "Groups, 1 to 1000; 100 without it.")),
                        GroupList.class,
                        this::group),
                Route.get(
                        "/v1/connections/{id}",
                        "connection.get",
                        Role.VIEWER,
                        "One connection with its subscriptions and what happened to it; of a closed one for 15 minutes.",
                        List.of(),
                        ConnectionView.class,
                        this::find));
    }

    private ConnectionList list(Call call) {
        return ConnectionList.of(connections.list(
                call.text(QUERY.name()).orElse(""),
                limit(call),
                call.text("cursor").orElse("")));
    }

    private GroupList group(Call call) {
        return GroupList.of(connections.group(
                call.text(QUERY.name()).orElse(""),
                call.text("by").orElse(""),
                word(call, "measure", Group.Measure.CONNECTIONS),
                limit(call)));
    }

    private ConnectionView find(Call call) {
        String id = call.path("id");
        Connections.Lookup lookup = connections.find(id);
        return lookup.detail()
                .map(detail -> ConnectionView.of(detail, lookup.missing()))
                .orElseThrow(() -> AdminException.notFound("no node knows a connection '" + id + "'"
                        + (lookup.missing().isEmpty()
                                ? ""
                                : "; not all have answered: " + String.join("; ", lookup.missing()))));
    }

    static int limit(Call call) {
        return (int) call.integer("limit", DEFAULT_LIMIT, 1, ListPage.MAX_LIMIT);
    }

    /// A parameter that is one of some words.
    static <E extends Enum<E>> E word(Call call, String name, E fallback) {
        String text = call.text(name).orElse("");
        if (text.isEmpty()) {
            return fallback;
        }
        E[] all = fallback.getDeclaringClass().getEnumConstants();
        return Arrays.stream(all)
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                .findAny()
                .orElseThrow(() -> AdminException.invalid("the parameter " + name + " is none of " + words(all)));
    }

    static String words(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
