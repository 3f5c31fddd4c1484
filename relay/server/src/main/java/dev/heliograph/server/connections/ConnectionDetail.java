package dev.heliograph.server.connections;

import dev.heliograph.server.session.Event;
import dev.heliograph.server.session.SubscriptionSnapshot;
import java.util.List;

/// All that is known of one connection.
///
/// @param row           as in a list; of a closed connection as it was at its end
/// @param closedAt      Unix milliseconds; 0 while it is open
/// @param subscriptions by channel; at most [#MAX_SUBSCRIPTIONS], or [#MAX_KEPT] of a closed connection;
///                      `row.subscriptions` says how many there are
/// @param events        handshake, connect, and the last 50 since, the oldest first
public record ConnectionDetail(Row row, long closedAt, List<SubscriptionSnapshot> subscriptions, List<Event> events) {

    /// Subscriptions that are told.
    public static final int MAX_SUBSCRIPTIONS = 1_000;

    /// The same of a closed connection.
    public static final int MAX_KEPT = 100;

    public ConnectionDetail {
        subscriptions = List.copyOf(subscriptions);
        events = List.copyOf(events);
    }
}
