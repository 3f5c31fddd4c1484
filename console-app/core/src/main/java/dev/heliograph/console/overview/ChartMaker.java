package dev.heliograph.console.overview;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.overview.Charts.Line;
import dev.heliograph.console.overview.Charts.Source;
import dev.heliograph.console.text.Messages;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes the charts again and again while somebody looks at them, in the background: often for short times, seldom for
/// long ones, and soon after something was marked. What the console saw itself is preferred; the archive is asked for
/// times before that. Threadsafe.
final class ChartMaker implements AutoCloseable {

    /// A screen has hardly more.
    static final int MOST_POINTS = 300;

    /// The archive is no better than this, and not asked more often.
    private static final Duration ARCHIVE_PACE = Duration.ofSeconds(15);

    private static final Duration TICK = Duration.ofSeconds(1);

    /// What is to be made.
    private record Wish(Range range, boolean byNode, int turn) {}

    private final Workspace workspace;
    private final Recorder recorder;
    private final Optional<History> archive;
    private final Marks marks;
    private final Value<Charts> value;
    private final Watch marked;

    private Wish wish = new Wish(Range.M10, false, 0);
    private Optional<Watch> looking = Optional.empty();
    private Instant due = Instant.MIN;

    ChartMaker(Workspace workspace, Recorder recorder, Optional<History> archive, Marks marks) {
        this.workspace = workspace;
        this.recorder = recorder;
        this.archive = archive;
        this.marks = marks;
        this.value = new Value<>(Charts.none(wish.range, workspace.clock().instant()));
        this.marked = marks.list().listen(_ -> hasten());
    }

    Value<Charts> value() {
        return value;
    }

    synchronized void range(Range range) {
        wish(range, wish.byNode);
    }

    synchronized void byNode(boolean next) {
        wish(wish.range, next);
    }

    synchronized void again() {
        wish(wish.range, wish.byNode);
    }

    private synchronized void hasten() {
        due = Instant.MIN;
    }

    private void wish(Range range, boolean byNode) {
        wish = new Wish(range, byNode, wish.turn + 1);
        due = Instant.MIN;
        if (looking.isPresent()) {
            var _ = workspace.background().call(() -> {
                makeIfDue();
                return true;
            });
        }
    }

    synchronized void looked(boolean now) {
        if (now && looking.isEmpty()) {
            due = Instant.MIN;
            looking = Optional.of(workspace.background().every(TICK, this::makeIfDue));
        } else if (!now) {
            stop();
        }
    }

    /// Makes them now, if it is time.
    void makeIfDue() {
        Wish now;
        Instant at = workspace.clock().instant();
        Instant next;
        synchronized (this) {
            if (at.isBefore(due)) {
                return;
            }
            now = wish;
            next = at.plus(OverviewModel.pace(now.range));
            due = next;
        }
        Charts made = make(now, at);
        synchronized (this) {
            // Meanwhile something else may have been asked for, and be there already.
            if (now.turn != wish.turn) {
                return;
            }
            // Unless something was marked meanwhile.
            if (made.source() == Source.PROMETHEUS && due.equals(next)) {
                due = at.plus(ARCHIVE_PACE);
            }
        }
        value.set(made);
    }

    private Charts make(Wish now, Instant to) {
        Instant from = to.minus(now.range.span());
        Optional<Instant> since = recorder.since();
        boolean known = since.filter(each -> !each.isAfter(from)).isPresent();
        if (!known && archive.isPresent() && now.range.compareTo(Range.M10) >= 0) {
            try {
                Charts made = make(now, from, to, archive.get(), Source.PROMETHEUS, Optional.empty(), Optional.empty());
                return made.lines().values().stream().allMatch(List::isEmpty)
                        ? make(now, from, to, recorder, Source.CONSOLE, since, Optional.of(nothing()))
                        : made;
            } catch (AdminException e) {
                String problem = Messages.text("overview.archive.failed", e.sentence());
                return make(now, from, to, recorder, Source.CONSOLE, since, Optional.of(problem));
            }
        }
        return make(now, from, to, recorder, Source.CONSOLE, since, Optional.empty());
    }

    private static String nothing() {
        return Messages.text("overview.archive.failed", Messages.text("overview.archive.nothing"));
    }

    private Charts make(
            Wish now,
            Instant from,
            Instant to,
            History history,
            Source source,
            Optional<Instant> since,
            Optional<String> problem) {
        Map<Chart, List<Line>> lines = new EnumMap<>(Chart.class);
        for (Chart chart : Chart.values()) {
            lines.put(chart, now.byNode ? byNode(chart, history, from, to) : cluster(chart, history, from, to));
        }
        List<Mark> shown = marks.list().get().stream()
                .filter(mark -> !mark.at().isBefore(from) && !mark.at().isAfter(to))
                .toList();
        return new Charts(now.range, now.byNode, from, to, lines, shown, source, since, problem);
    }

    private static List<Line> cluster(Chart chart, History history, Instant from, Instant to) {
        List<Line> lines = new ArrayList<>();
        for (Figure figure : chart.figures()) {
            var points = history.read(figure, from, to, MOST_POINTS).cluster();
            if (!points.isEmpty()) {
                lines.add(new Line("", figure, points));
            }
        }
        return lines;
    }

    private static List<Line> byNode(Chart chart, History history, Instant from, Instant to) {
        List<Line> lines = new ArrayList<>();
        new TreeMap<>(history.read(chart.main(), from, to, MOST_POINTS).nodes())
                .forEach((name, points) -> lines.add(new Line(name, chart.main(), points)));
        return lines;
    }

    @Override
    public void close() {
        marked.close();
        stop();
    }

    private synchronized void stop() {
        looking.ifPresent(Watch::close);
        looking = Optional.empty();
    }
}
