package dev.heliograph.console.limits;

import dev.heliograph.console.api.AdminApi;
import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.Change;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.text.Times;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.LimitChange;
import dev.heliograph.console.wire.LimitRow;
import dev.heliograph.console.workspace.Loader;
import dev.heliograph.console.workspace.Workspace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Changes of limits that are in force for a while, and are taken back at its end unless they are kept. One trial at a
/// time.
///
/// ```
/// none --start--> running --keep--> none
///                    | revert, or its end
///                    v
///                reverting --done--> none        (what fails is tried again until it is done)
/// ```
///
/// Threadsafe; what it asks of the cluster it asks on threads of the background.
public final class LimitTrial implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(1);

    /// How long the console waits, when it is closed, for what it takes back.
    private static final long CLOSING_SECONDS = 3;

    /// A trial that goes on.
    ///
    /// @param end       when it is taken back
    /// @param names     of the limits that are changed
    /// @param unguarded those of them that stay as they are if this console is gone at the end
    /// @param reverting whether it is being taken back
    /// @param problem   what went wrong with that, so far
    public record Running(
            Instant end, List<String> names, List<String> unguarded, boolean reverting, Optional<String> problem) {}

    private record Applied(Step step, LimitChange change) {

        /// Whether the cluster still has what was applied.
        boolean stands(Map<String, LimitRow> now) {
            LimitRow row = now.get(step.touched());
            return change.after() == null
                    ? row == null
                    : row != null && row.rule().created() == change.after().created();
        }
    }

    private final AdminApi api;
    private final Clock clock;
    private final Workspace workspace;
    private final Value<Optional<Running>> running = new Value<>(Optional.empty());

    /// Told in a sentence when a trial has been taken back.
    private final Value<Optional<String>> ended = new Value<>(Optional.empty());

    /// Guarded by this; empty when there is no trial.
    private List<Applied> applied = List.of();

    /// Guarded by this.
    private Watch looking = () -> {};

    LimitTrial(Workspace workspace) {
        this.workspace = workspace;
        this.api = workspace.api();
        this.clock = workspace.clock();
    }

    public Value<Optional<Running>> running() {
        return running;
    }

    /// What became of the last trial that was taken back by its timer.
    public Value<Optional<String>> ended() {
        return ended;
    }

    /// Applies all changes, or none: when one fails those before it are taken back, and that is said.
    ///
    /// @param after when it is taken back; empty if it is there to stay
    synchronized void start(List<Step> steps, String reason, Optional<Duration> after) {
        if (running.get().isPresent()) {
            throw new AdminException(AdminException.Kind.CONFLICT, Messages.text("limits.trial.one"));
        }
        Optional<Instant> end = after.map(clock.instant()::plus);
        String why = end.map(at -> Messages.text("limits.trial.reason", reason, Times.clock(at))
                        .strip())
                .orElse(reason);
        List<Applied> done = new ArrayList<>();
        for (Step step : steps) {
            try {
                done.add(new Applied(step, step.apply(api, Change.because(why), end)));
            } catch (RuntimeException e) {
                throw takenBack(step, done, e);
            }
        }
        ended.set(Optional.empty());
        if (end.isPresent()) {
            applied = List.copyOf(done);
            running.set(Optional.of(new Running(
                    end.get(),
                    steps.stream().map(Step::name).toList(),
                    steps.stream()
                            .filter(step -> !step.endsByItself())
                            .map(Step::name)
                            .toList(),
                    false,
                    Optional.empty())));
            looking = workspace.background().every(LOOK, this::look);
        }
    }

    private AdminException takenBack(Step failed, List<Applied> done, RuntimeException cause) {
        String sentence = Messages.text("limits.apply.failed", failed.name(), Loader.sentence(cause));
        List<String> left = new ArrayList<>();
        for (Applied each : done.reversed()) {
            try {
                each.step().revert(api, Change.because(Messages.text("limits.apply.revert")), clock.instant());
            } catch (RuntimeException _) {
                left.add(each.step().name());
            }
        }
        AdminException.Kind kind = cause instanceof AdminException e ? e.kind() : AdminException.Kind.UNAVAILABLE;
        String end = left.isEmpty()
                ? Messages.text("limits.apply.failed.back", done.size())
                : Messages.text("limits.apply.failed.left", String.join(", ", left));
        return new AdminException(kind, sentence + " " + end, cause);
    }

    private void look() {
        boolean due = running.get()
                .filter(each -> !each.end().isAfter(clock.instant()))
                .isPresent();
        if (due) {
            revert(Messages.text("limits.trial.over"));
        }
    }

    /// The changes stay. Blocks.
    ///
    /// @throws AdminException what failed; the trial goes on
    synchronized void keep(String reason) {
        if (running.get().filter(each -> !each.reverting()).isEmpty()) {
            throw new AdminException(AdminException.Kind.CONFLICT, Messages.text("limits.trial.none"));
        }
        applied.forEach(each -> each.step().keep(api, Change.because(reason)));
        finish(Optional.empty());
    }

    /// What was there before is there again. Blocks; what fails is told in [#running], and tried again each second.
    ///
    /// @param reason for the audit record
    synchronized void revert(String reason) {
        if (running.get().isEmpty()) {
            return;
        }
        update(true, running.get().flatMap(Running::problem));
        List<String> left = new ArrayList<>();
        try {
            Map<String, LimitRow> now = new HashMap<>();
            api.limits().limits().forEach(row -> now.put(row.name(), row));
            List<Applied> open = new ArrayList<>(applied);
            for (Applied each : applied.reversed()) {
                if (each.stands(now)) {
                    each.step().revert(api, Change.because(reason), clock.instant());
                } else if (!each.step().endsByItself()) {
                    // Somebody has changed it since: theirs is newer.
                    left.add(each.step().name());
                }
                open.remove(each);
                applied = List.copyOf(open);
            }
        } catch (RuntimeException e) {
            update(true, Optional.of(Loader.sentence(e)));
            return;
        }
        finish(Optional.of(
                left.isEmpty()
                        ? Messages.text("limits.trial.reverted")
                        : Messages.text("limits.trial.reverted.but", String.join(", ", left))));
    }

    private void update(boolean reverting, Optional<String> problem) {
        running.update(before ->
                before.map(each -> new Running(each.end(), each.names(), each.unguarded(), reverting, problem)));
    }

    private void finish(Optional<String> how) {
        looking.close();
        applied = List.of();
        running.set(Optional.empty());
        ended.set(how);
    }

    /// Takes back what is on trial: nobody would be there to do it later.
    @Override
    public void close() {
        if (running.get().isEmpty()) {
            return;
        }
        try {
            workspace
                    .background()
                    .call(() -> {
                        revert(Messages.text("limits.trial.closed"));
                        return true;
                    })
                    .get(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            System.getLogger(LimitTrial.class.getName())
                    .log(System.Logger.Level.WARNING, "limits on trial could not be taken back", e);
        }
        looking.close();
    }
}
