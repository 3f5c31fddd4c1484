package dev.heliograph.console.connections;

import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.wire.ConnectionList;
import dev.heliograph.console.wire.ConnectionRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Goes through the pages of a query round and round, and finds out which connections are not there any more.
///
/// A connection whose place in the order changes while it goes may be on no page of a round; only in an order that does
/// not change is one missing round enough to say that it went. One page at a time; else threadsafe.
final class Sweep {

    /// Rows of a page; the API gives no more.
    static final int PAGE = 1_000;

    /// @param page what is there
    /// @param gone ids of rows that are not there any more, or not among those that are wanted
    record Step(ConnectionList page, List<String> gone) {}

    private final AdminApi api;
    private final String query;
    private final int window;
    private final int patience;

    // ---- guarded by this ----

    /// The number of the round that each row was seen in last.
    private final Map<String, Integer> seen = new HashMap<>();

    private int round = 1;
    private int covered;
    private Optional<String> cursor;

    /// @param first the first page, which has been shown already
    Sweep(AdminApi api, String query, int window, ConnectionList first) {
        this.api = api;
        this.query = query;
        this.window = window;
        QueryField field = QueryText.order(query).field();
        this.patience = field == QueryField.ID || field == QueryField.CONNECTED ? 1 : 2;
        this.cursor = Optional.ofNullable(first.next());
        this.covered = first.connections().size();
        saw(first.connections());
    }

    /// Rows that were seen elsewhere.
    synchronized void saw(Collection<ConnectionRow> rows) {
        rows.forEach(row -> seen.put(row.id(), round));
    }

    /// Fetches the next page. Blocks.
    Step next() {
        Optional<String> from;
        int limit;
        synchronized (this) {
            if (cursor.isEmpty() || covered >= window) {
                cursor = Optional.empty();
                covered = 0;
                round++;
            }
            from = cursor;
            limit = Math.min(PAGE, window - covered);
        }
        ConnectionList page = api.connections(query, limit, from);
        synchronized (this) {
            covered += page.connections().size();
            cursor = Optional.ofNullable(page.next());
            saw(page.connections());
            boolean over = cursor.isEmpty() || covered >= window;
            return new Step(page, over ? gone() : List.of());
        }
    }

    private List<String> gone() {
        List<String> gone = new ArrayList<>();
        seen.forEach((id, last) -> {
            if (round - last >= patience) {
                gone.add(id);
            }
        });
        gone.forEach(seen::remove);
        return gone;
    }
}
