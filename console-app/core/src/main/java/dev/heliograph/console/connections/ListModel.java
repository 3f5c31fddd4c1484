package dev.heliograph.console.connections;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.LiveFeed;
import dev.heliograph.console.api.StreamWish;
import dev.heliograph.console.live.LiveRows;
import dev.heliograph.console.live.Rows;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.ConnectionList;
import dev.heliograph.console.wire.ConnectionRow;
import dev.heliograph.console.wire.ConnectionsMessage;
import dev.heliograph.console.wire.StreamMessage;
import dev.heliograph.console.wire.Topic;
import dev.heliograph.console.wire.TopicProblem;
import dev.heliograph.console.workspace.LinkState;
import dev.heliograph.console.workspace.Loader;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// The list of connections that a query means: filtered, sorted and cut by the relays.
///
/// The first [#LIVE_ROWS] rows come by the live stream, every two seconds. If more are wanted, their pages are fetched
/// one after the other, a page a second, round and round: what that costs the cluster does not depend on how many there
/// are. A query that is refused changes nothing of what is shown. Costs nothing while nobody looks. Threadsafe.
public final class ListModel implements AutoCloseable {

    /// Rows that the live stream can carry.
    public static final int LIVE_ROWS = 200;

    /// More rows than this are no list for people: a narrower query or groups serve better.
    public static final int MOST_ROWS = 20_000;

    private static final Duration PAGE_PAUSE = Duration.ofSeconds(1);

    private final Workspace workspace;
    private final LiveRows<String, ConnectionRow> rows;
    private final Value<ListState> state = new Value<>(ListState.NOTHING);
    private final Watch link;

    // ---- guarded by this ----

    private String query = "";
    private int window = LIVE_ROWS;
    private boolean looked;
    private int turn;
    private Optional<CompletableFuture<ConnectionList>> asked = Optional.empty();
    private Optional<Watch> stream = Optional.empty();
    private Optional<Watch> paging = Optional.empty();
    private Optional<Sweep> sweep = Optional.empty();

    ListModel(Workspace workspace) {
        this.workspace = workspace;
        this.rows = new LiveRows<>(ConnectionRow::id, QueryField.ID.order(false));
        this.link = workspace.link().listen(now -> {
            if (now instanceof LinkState.Live) {
                retryIfFailed();
            }
        });
    }

    public Value<ListState> state() {
        return state;
    }

    public Value<Rows<ConnectionRow>> rows() {
        return rows.picture();
    }

    /// Whether rows are to stay where they are.
    public void freeze(boolean frozen) {
        rows.freeze(frozen);
    }

    /// Shows what a query means.
    public synchronized void ask(String next) {
        query = next.strip();
        ask();
    }

    /// Asks the same again.
    public synchronized void retry() {
        ask();
    }

    private synchronized void retryIfFailed() {
        if (state.get().problem().isPresent()) {
            ask();
        }
    }

    /// Shows the same connections in another order.
    public synchronized void order(QueryField field, boolean descending) {
        ask(QueryText.ordered(query, new QueryText.Order(field, descending)));
    }

    /// Shows so many of the connections, if there are.
    public synchronized void window(int most) {
        int next = Math.clamp(most, LIVE_ROWS, MOST_ROWS);
        if (next != window) {
            window = next;
            ask();
        }
    }

    /// Gives up the question that is on its way.
    public synchronized void cancel() {
        turn++;
        asked.ifPresent(each -> each.cancel(true));
        query = state.get().query();
        state.update(ListState::givenUp);
        follow();
    }

    synchronized void looked(boolean now) {
        if (now != looked) {
            looked = now;
            if (now) {
                ask();
            } else {
                turn++;
                stop();
            }
        }
    }

    private void ask() {
        if (!looked) {
            return;
        }
        int mine = ++turn;
        stop();
        String wanted = query;
        int most = window;
        state.update(ListState::asking);
        CompletableFuture<ConnectionList> question = workspace
                .background()
                .call(() -> workspace.api().connections(wanted, Math.min(most, Sweep.PAGE), Optional.empty()));
        asked = Optional.of(question);
        var _ = question.whenComplete((page, failure) -> answered(mine, wanted, most, page, failure));
    }

    private synchronized void answered(
            int mine, String wanted, int most, @Nullable ConnectionList page, @Nullable Throwable failure) {
        if (mine != turn) {
            return;
        }
        if (page != null) {
            QueryText.Order order = QueryText.order(wanted);
            rows.reset(order.field().order(order.descending()), _ -> true);
            rows.put(page.connections());
            Instant now = workspace.clock().instant();
            state.update(before -> before.answered(wanted, page.matched(), most, page.missing(), now));
            sweep = most > LIVE_ROWS ? Optional.of(new Sweep(workspace.api(), wanted, most, page)) : Optional.empty();
            follow();
        } else {
            refused(failure);
        }
    }

    private void refused(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : Objects.requireNonNullElseGet(failure, CancellationException::new);
        if (cause instanceof AdminException e && e.kind() == AdminException.Kind.INVALID) {
            state.update(before -> before.refused(QueryProblem.of(e.sentence())));
            // What was shown before goes on.
            query = state.get().query();
        } else {
            state.update(before -> before.failed(Loader.sentence(cause)));
        }
        follow();
    }

    private void stop() {
        stream.ifPresent(Watch::close);
        stream = Optional.empty();
        paging.ifPresent(Watch::close);
        paging = Optional.empty();
        asked.ifPresent(each -> each.cancel(true));
        asked = Optional.empty();
    }

    /// Keeps up to date what is shown.
    private void follow() {
        if (!looked || state.get().at().isEmpty()) {
            return;
        }
        int mine = turn;
        if (stream.isEmpty()) {
            StreamWish wish = StreamWish.of(Topic.CONNECTIONS)
                    .with("q", state.get().query())
                    .with("limit", Integer.toString(LIVE_ROWS));
            stream = Optional.of(workspace.live().watch(wish, new Pages(mine)));
        }
        if (paging.isEmpty()) {
            paging = sweep.map(each -> workspace.background().every(PAGE_PAUSE, () -> page(mine, each)));
        }
    }

    private void page(int mine, Sweep of) {
        try {
            Sweep.Step step = of.next();
            synchronized (this) {
                if (mine == turn) {
                    rows.put(step.page().connections());
                    rows.remove(step.gone());
                    heard(step.page());
                }
            }
        } catch (AdminException e) {
            synchronized (this) {
                if (mine == turn) {
                    state.update(before -> before.failed(e.sentence()));
                }
            }
        }
    }

    private void heard(ConnectionList page) {
        Instant now = workspace.clock().instant();
        state.update(before -> before.heard(page.matched(), page.missing(), now));
    }

    @Override
    public void close() {
        link.close();
        synchronized (this) {
            looked = false;
            turn++;
            stop();
            rows.close();
        }
    }

    private final class Pages implements LiveFeed.Listener {

        private final int mine;

        Pages(int mine) {
            this.mine = mine;
        }

        @Override
        public void onMessage(StreamMessage message) {
            synchronized (ListModel.this) {
                if (mine != turn) {
                    return;
                }
                switch (message) {
                    case ConnectionsMessage told -> take(told.page());
                    case TopicProblem told -> state.update(before -> before.failed(told.message()));
                    default -> {}
                }
            }
        }

        private void take(ConnectionList page) {
            List<ConnectionRow> now = page.connections();
            sweep.ifPresentOrElse(
                    each -> {
                        rows.put(now);
                        each.saw(now);
                    },
                    () -> rows.replace(now));
            heard(page);
        }

        @Override
        public void onInterrupted(AdminException cause) {
            fail(cause);
        }

        @Override
        public void onEnd(AdminException cause) {
            fail(cause);
        }

        private void fail(AdminException cause) {
            synchronized (ListModel.this) {
                if (mine == turn) {
                    state.update(before -> before.failed(cause.sentence()));
                }
            }
        }
    }
}
