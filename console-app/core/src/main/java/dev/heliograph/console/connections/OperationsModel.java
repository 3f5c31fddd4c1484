package dev.heliograph.console.connections;

import dev.heliograph.console.action.Proposal;
import dev.heliograph.console.action.Risk;
import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.OperationRow;
import dev.heliograph.console.wire.OperationState;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The operations that end connections, on whichever node and whoever began them: asked for once a second while one
/// runs
/// and somebody looks, else every five seconds. Threadsafe.
public final class OperationsModel implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration QUIET = Duration.ofSeconds(5);

    /// An operation that ended is shown for so long.
    private static final Duration SHOWN = Duration.ofMinutes(5);

    private final Workspace workspace;
    private final Value<List<OperationRow>> recent = new Value<>(List.of());
    private Optional<Watch> asking = Optional.empty();
    private Instant due = Instant.MIN;

    OperationsModel(Workspace workspace) {
        this.workspace = workspace;
    }

    /// Those that run, and those that ended a short while ago; the newest first.
    public Value<List<OperationRow>> recent() {
        return recent;
    }

    /// Asks at the next second, since something has begun.
    public synchronized void soon() {
        due = Instant.MIN;
    }

    synchronized void looked(boolean now) {
        asking.ifPresent(Watch::close);
        asking = now ? Optional.of(workspace.background().every(PAUSE, this::fetchIfDue)) : Optional.empty();
        due = Instant.MIN;
    }

    private void fetchIfDue() {
        Instant now = workspace.clock().instant();
        synchronized (this) {
            if (now.isBefore(due)) {
                return;
            }
        }
        boolean running = false;
        try {
            List<OperationRow> rows = workspace.api().disconnects().operations().stream()
                    .filter(row -> isShown(row, now))
                    .toList();
            running = rows.stream().anyMatch(row -> row.state() == OperationState.RUNNING);
            recent.set(rows);
        } catch (AdminException _) {
            // The list of connections says that the cluster is away; the last progress stays in sight.
        }
        synchronized (this) {
            due = running ? now : now.plus(QUIET);
        }
    }

    private static boolean isShown(OperationRow row, Instant now) {
        Long ended = row.endedAt();
        return ended == null || Instant.ofEpochMilli(ended).plus(SHOWN).isAfter(now);
    }

    /// Ends an operation: connections that it has not ended yet stay.
    public Proposal cancel(OperationRow row) {
        int left = row.selected() - row.told() - row.gone();
        return new Proposal(
                "disconnect.cancel",
                Messages.text("connections.cancel.title", row.operation()),
                Risk.UNDOABLE,
                Role.OPERATOR,
                List.of(new Proposal.Parameter(
                        Messages.text("connections.cancel.left"), String.format(java.util.Locale.ROOT, "%,d", left))),
                Optional.empty(),
                List.of(),
                reason -> {
                    OperationRow after = workspace.api().cancelDisconnect(row.operation(), Change.because(reason));
                    soon();
                    return new Proposal.Outcome(
                            Messages.text(
                                    "connections.cancel.done",
                                    String.format(java.util.Locale.ROOT, "%,d", after.told()),
                                    String.format(java.util.Locale.ROOT, "%,d", after.selected())),
                            Optional.empty());
                });
    }

    @Override
    public synchronized void close() {
        asking.ifPresent(Watch::close);
        asking = Optional.empty();
    }
}
