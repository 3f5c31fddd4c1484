package dev.heliograph.console.overview;

import dev.heliograph.console.action.Role;
import dev.heliograph.console.api.AdminApi.AuditQuestion;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.LiveFeed;
import dev.heliograph.console.api.StreamWish;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.AuditMessage;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.wire.Hello;
import dev.heliograph.console.wire.StreamMessage;
import dev.heliograph.console.wire.Topic;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Marks what operators did, from the audit record: of the last day, and live. Only for those who may read it; for
/// others there are no such marks. Threadsafe.
final class AuditMarks implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AuditMarks.class.getName());

    private static final Duration BACK = Duration.ofHours(24);

    private static final int MOST = 500;

    private final Workspace workspace;
    private final Marks marks;
    private final Watch role;
    private Optional<Watch> audit = Optional.empty();
    private boolean closed;

    AuditMarks(Workspace workspace, Marks marks) {
        this.workspace = workspace;
        this.marks = marks;
        this.role = workspace.gate().role().listen(this::take);
    }

    private synchronized void take(Optional<Role> now) {
        boolean may = now.filter(each -> each.covers(Role.OPERATOR)).isPresent();
        if (may && audit.isEmpty() && !closed) {
            audit = Optional.of(workspace.live().watch(StreamWish.of(Topic.AUDIT), new Lines()));
        } else if (!may) {
            stop();
        }
    }

    private void stop() {
        audit.ifPresent(Watch::close);
        audit = Optional.empty();
    }

    private void catchUp() {
        Instant since = workspace.clock().instant().minus(BACK);
        AuditQuestion question = new AuditQuestion(
                Optional.of(since),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                MOST);
        var _ = workspace
                .background()
                .call(() -> workspace.api().audit(question).entries())
                .whenComplete((rows, failure) -> {
                    if (failure == null) {
                        marks.put(rows.stream().flatMap(row -> of(row).stream()).toList());
                    } else {
                        LOG.log(System.Logger.Level.INFO, "the audit record cannot be read: {0}", failure.toString());
                    }
                });
    }

    /// How far a deployment is comes again and again: what counts of it is marked as a deployment, not as somebody's
    /// action.
    private static List<Mark> of(AuditRow row) {
        return row.action().equals(DeploymentMarks.ACTION) && row.after() != null
                ? DeploymentMarks.of(row)
                : List.of(mark(row));
    }

    static Mark mark(AuditRow row) {
        String why = row.reason().isEmpty() ? row.outcome() : row.outcome() + ": " + row.reason();
        return new Mark(
                "audit:" + row.id(),
                Instant.ofEpochMilli(row.at()),
                Mark.Kind.ACTION,
                Messages.text("overview.mark.action", row.operator(), row.action(), row.target())
                        .strip(),
                why);
    }

    @Override
    public void close() {
        role.close();
        synchronized (this) {
            closed = true;
            stop();
        }
    }

    private final class Lines implements LiveFeed.Listener {

        @Override
        public void onMessage(StreamMessage message) {
            switch (message) {
                // What was done before it began, or while it was interrupted, is in the record.
                case Hello _ -> catchUp();
                case AuditMessage line -> marks.put(of(line.entry()));
                default -> {}
            }
        }

        @Override
        public void onEnd(AdminException cause) {
            LOG.log(System.Logger.Level.INFO, "the audit record is not followed any more: {0}", cause.getMessage());
            synchronized (AuditMarks.this) {
                stop();
            }
        }
    }
}
