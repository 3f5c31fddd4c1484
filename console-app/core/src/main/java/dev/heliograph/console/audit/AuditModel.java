package dev.heliograph.console.audit;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.LiveFeed;
import dev.heliograph.console.api.StreamWish;
import dev.heliograph.console.value.Loaded;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.AuditList;
import dev.heliograph.console.wire.AuditMessage;
import dev.heliograph.console.wire.AuditRow;
import dev.heliograph.console.wire.Hello;
import dev.heliograph.console.wire.StreamMessage;
import dev.heliograph.console.wire.Topic;
import dev.heliograph.console.wire.TopicProblem;
import dev.heliograph.console.workspace.Loader;
import dev.heliograph.console.workspace.PageModel;
import dev.heliograph.console.workspace.Workspace;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The record of what operators did, the newest first: filtered by the cluster, with new lines as they come.
/// Threadsafe.
public final class AuditModel implements PageModel {

    /// Lines of one look.
    public static final int PAGE = 100;

    /// Lines of an export: more than an incident has.
    public static final int EXPORTED = 10_000;

    /// Lines that are shown.
    ///
    /// @param rows the newest first
    /// @param more whether there are older ones
    public record Lines(List<AuditRow> rows, boolean more) {

        public Lines {
            rows = List.copyOf(rows);
        }
    }

    private final Workspace workspace;
    private final AuditUndo undo;
    private final Loader<AuditList> loader;
    private final Value<AuditFilter> filter = new Value<>(AuditFilter.ALL);
    private final Value<Loaded<Lines>> lines = new Value<>(Loaded.nothing());
    private final Value<Optional<String>> liveProblem = new Value<>(Optional.empty());
    private final Watch answers;

    /// Whether the answer that is awaited is about older lines; guarded by this.
    private boolean older;

    /// Guarded by this.
    private Optional<Watch> live = Optional.empty();

    public AuditModel(Workspace workspace) {
        this.workspace = workspace;
        this.undo = new AuditUndo(workspace);
        this.loader = new Loader<>(workspace.background());
        this.answers = loader.state().listen(this::answered);
    }

    public Value<Loaded<Lines>> lines() {
        return lines;
    }

    public Value<AuditFilter> filter() {
        return filter;
    }

    /// Why new lines do not come by themselves, if they do not.
    public Value<Optional<String>> liveProblem() {
        return liveProblem;
    }

    public AuditUndo undo() {
        return undo;
    }

    public Clock clock() {
        return workspace.clock();
    }

    public String cluster() {
        return workspace.cluster();
    }

    /// Shows other lines.
    public void show(AuditFilter wanted) {
        filter.set(wanted);
        refresh();
    }

    /// The newest lines again.
    public synchronized void refresh() {
        older = false;
        ask(Optional.empty());
    }

    /// Adds older lines, if there are any.
    public synchronized void more() {
        Optional<Lines> now = lines.get().data().filter(Lines::more);
        if (now.isPresent() && !lines.get().loading()) {
            older = true;
            ask(Optional.of(now.get().rows().getLast().id()));
        }
    }

    private void ask(Optional<String> after) {
        AuditFilter wanted = filter.get();
        loader.load(() -> workspace.api().audit(wanted.question(clock(), after, PAGE)));
    }

    private void answered(Loaded<AuditList> answer) {
        boolean add;
        synchronized (this) {
            add = older;
        }
        lines.update(before -> {
            if (answer.loading()) {
                return before.asking();
            }
            if (answer.problem().isPresent()) {
                return before.failed(answer.problem().get());
            }
            return answer.data()
                    .map(list -> Loaded.of(lines(add ? before.data() : Optional.empty(), list)))
                    .orElse(before.cancelled());
        });
    }

    private static Lines lines(Optional<Lines> before, AuditList answer) {
        List<AuditRow> rows = new ArrayList<>(before.map(Lines::rows).orElse(List.of()));
        for (AuditRow row : answer.entries()) {
            if (rows.stream().noneMatch(each -> each.id().equals(row.id()))) {
                rows.add(row);
            }
        }
        return new Lines(rows, answer.more());
    }

    /// All lines of the filter, the newest first and at most [#EXPORTED]. The future can be cancelled.
    public CompletableFuture<List<AuditRow>> all() {
        AuditFilter wanted = filter.get();
        return workspace.background().call(() -> {
            List<AuditRow> rows = new ArrayList<>();
            AuditList page;
            do {
                Optional<String> after = rows.isEmpty()
                        ? Optional.empty()
                        : Optional.of(rows.getLast().id());
                page = workspace.api().audit(wanted.question(clock(), after, 1_000));
                rows.addAll(page.entries());
            } while (page.more() && rows.size() < EXPORTED && !page.entries().isEmpty());
            return List.copyOf(rows);
        });
    }

    /// The page is in sight.
    @Override
    public synchronized void shown() {
        if (live.isEmpty()) {
            refresh();
            live = Optional.of(workspace.live().watch(StreamWish.of(Topic.AUDIT), new NewLines()));
        }
    }

    /// The page is out of sight.
    @Override
    public synchronized void hidden() {
        live.ifPresent(Watch::close);
        live = Optional.empty();
        loader.cancel();
    }

    @Override
    public void close() {
        hidden();
        answers.close();
    }

    private final class NewLines implements LiveFeed.Listener {

        private boolean interrupted;

        @Override
        public void onMessage(StreamMessage message) {
            if (message instanceof AuditMessage line) {
                add(line.entry());
            } else if (message instanceof TopicProblem problem) {
                liveProblem.set(Optional.of(problem.message()));
            } else if (message instanceof Hello) {
                liveProblem.set(Optional.empty());
                if (interrupted) {
                    // What came in between is not told.
                    interrupted = false;
                    refresh();
                }
            }
        }

        private void add(AuditRow row) {
            if (filter.get().matches(row)) {
                lines.update(before ->
                        new Loaded<>(before.data().map(now -> plus(now, row)), before.loading(), before.problem()));
            }
        }

        private static Lines plus(Lines now, AuditRow row) {
            if (now.rows().stream().anyMatch(each -> each.id().equals(row.id()))) {
                return now;
            }
            List<AuditRow> rows = new ArrayList<>(now.rows());
            rows.addFirst(row);
            return new Lines(rows, now.more());
        }

        @Override
        public void onInterrupted(AdminException cause) {
            interrupted = true;
            liveProblem.set(Optional.of(cause.sentence()));
        }

        @Override
        public void onEnd(AdminException cause) {
            liveProblem.set(Optional.of(cause.sentence()));
        }
    }
}
