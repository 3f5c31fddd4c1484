package dev.heliograph.console.connections;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.ConnectionView;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.util.Optional;

/// One connection with its subscriptions and what happened to it: asked for every two seconds while somebody looks and
/// until it has ended. Threadsafe.
public final class DetailModel implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Workspace workspace;
    private final Value<DetailState> state = new Value<>(DetailState.CLOSED);
    private Optional<Watch> asking = Optional.empty();
    private boolean looked;
    private int turn;

    DetailModel(Workspace workspace) {
        this.workspace = workspace;
    }

    public Value<DetailState> state() {
        return state;
    }

    public synchronized void open(String id) {
        if (!state.get().id().equals(Optional.of(id))) {
            state.set(DetailState.of(id));
            restart();
        }
    }

    /// Shows none any more.
    public synchronized void shut() {
        state.set(DetailState.CLOSED);
        stop();
    }

    /// Asks again at once.
    public synchronized void retry() {
        restart();
    }

    synchronized void looked(boolean now) {
        looked = now;
        if (now) {
            restart();
        } else {
            stop();
        }
    }

    private void restart() {
        stop();
        Optional<String> id = state.get().id();
        if (looked && id.isPresent() && !state.get().isClosed()) {
            int mine = turn;
            asking = Optional.of(workspace.background().every(PAUSE, () -> fetch(mine, id.get())));
        }
    }

    private void stop() {
        turn++;
        asking.ifPresent(Watch::close);
        asking = Optional.empty();
    }

    private void fetch(int mine, String id) {
        try {
            ConnectionView view = workspace.api().connection(id);
            synchronized (this) {
                if (mine == turn) {
                    state.update(
                            before -> before.answered(view, workspace.clock().instant()));
                    if (view.closedAt() != null) {
                        stop();
                    }
                }
            }
        } catch (AdminException e) {
            synchronized (this) {
                if (mine == turn) {
                    state.update(before -> before.failed(e.sentence()));
                    if (e.kind() == AdminException.Kind.NOT_FOUND) {
                        stop();
                    }
                }
            }
        }
    }

    @Override
    public synchronized void close() {
        looked = false;
        stop();
    }
}
