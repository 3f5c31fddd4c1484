package dev.heliograph.console.overview;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heliograph.console.deployment.DeploymentPoll;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.wire.Deployment;
import dev.heliograph.console.workspace.Workspace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Marks deployments: when each began, when it switched to the new version, and when it was taken back or failed.
///
/// Asks the cluster from its beginning to its end, whether anybody looks or not. What was before, or too short to be
/// seen, stands in the audit record: [#of] marks that by the same ids. Threadsafe.
public final class DeploymentMarks implements AutoCloseable {

    /// The action of the audit record.
    static final String ACTION = "deployment.put";

    private final DeploymentPoll poll;
    private final Watch states;

    /// @param marks where to
    public DeploymentMarks(Workspace workspace, Marks marks) {
        this.poll = new DeploymentPoll(workspace);
        this.states = poll.state().listen(state -> state.deployment().ifPresent(each -> mark(each, marks)));
        poll.start();
    }

    /// A phase is marked when it begins, not each time that something is said of it.
    private static void mark(Deployment deployment, Marks marks) {
        List<Mark> known = marks.list().get();
        marks.put(of(deployment).stream()
                .filter(mark -> known.stream().noneMatch(each -> each.id().equals(mark.id())))
                .toList());
    }

    private static List<Mark> of(Deployment it) {
        return of(
                it.id(),
                it.version(),
                it.by(),
                it.note(),
                it.phase().name().toLowerCase(Locale.ROOT),
                it.startedMs(),
                it.updatedMs());
    }

    /// What a line of the record about a deployment is marked with; it may be nothing.
    static List<Mark> of(AuditRow row) {
        JsonNode after = row.after();
        JsonNode before = row.before();
        boolean sameAsBefore = after != null
                && before != null
                && before.path("id").equals(after.path("id"))
                && before.path("phase").equals(after.path("phase"));
        return after == null || sameAsBefore
                ? List.of()
                : of(
                        after.path("id").asText(),
                        after.path("version").asText(),
                        after.path("by").asText(),
                        after.path("note").asText(),
                        after.path("phase").asText(),
                        after.path("started_ms").asLong(),
                        after.path("updated_ms").asLong());
    }

    private static List<Mark> of(
            String id, String version, String by, String note, String phase, long started, long updated) {
        List<Mark> marks = new ArrayList<>();
        marks.add(new Mark(
                "deployment:" + id + ":begin",
                Instant.ofEpochMilli(started),
                Mark.Kind.DEPLOY,
                Messages.text("overview.mark.deployment.begin", version),
                by));
        switch (phase) {
            case "switch", "rolling_back", "rolled_back", "failed" ->
                marks.add(new Mark(
                        "deployment:" + id + ":" + phase,
                        Instant.ofEpochMilli(updated),
                        Mark.Kind.DEPLOY,
                        Messages.text("overview.mark.deployment." + phase, version),
                        note.isEmpty() ? by : by + ": " + note));
            default -> {}
        }
        return marks;
    }

    @Override
    public void close() {
        states.close();
        poll.close();
    }
}
