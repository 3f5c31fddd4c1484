package dev.heliograph.console.overview;

import dev.heliograph.console.api.AdminException;
import dev.heliograph.console.api.LiveFeed;
import dev.heliograph.console.api.StreamWish;
import dev.heliograph.console.value.Value;
import dev.heliograph.console.value.Watch;
import dev.heliograph.console.wire.NodeRow;
import dev.heliograph.console.wire.NodesMessage;
import dev.heliograph.console.wire.StreamMessage;
import dev.heliograph.console.wire.Topic;
import dev.heliograph.console.wire.TopicProblem;
import dev.heliograph.console.workspace.LinkState;
import dev.heliograph.console.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the overview shows.
///
/// Hears of the nodes once a second from its beginning to its end, whether the page is in sight or not: what the charts
/// show of the past is what was heard. That costs the cluster one small message a second. The charts themselves are
/// made
/// only while somebody looks at them. Threadsafe.
public final class OverviewModel implements AutoCloseable {

    private final Workspace workspace;
    private final Recorder recorder = new Recorder();
    private final Marks marks;
    private final AuditMarks audit;
    private final ChartMaker charts;
    private final Value<OverviewState> state = new Value<>(OverviewState.NOTHING);
    private final Watch link;

    // Of the feed's thread, guarded by this.
    private final Readings readings = new Readings();
    private final NodeWatch nodes = new NodeWatch();
    private Optional<Watch> feed = Optional.empty();
    private boolean closed;

    public OverviewModel(Workspace workspace) {
        this(workspace, Optional.empty());
    }

    /// @param archive where figures come from of the time before the console was opened
    public OverviewModel(Workspace workspace, Optional<History> archive) {
        this.workspace = workspace;
        this.marks = new Marks(workspace.clock());
        this.charts = new ChartMaker(workspace, recorder, archive, marks);
        this.audit = new AuditMarks(workspace, marks);
        follow();
        this.link = workspace.link().listen(now -> {
            if (now instanceof LinkState.Live) {
                follow();
            }
        });
    }

    public Value<OverviewState> state() {
        return state;
    }

    public Value<Charts> charts() {
        return charts.value();
    }

    /// What is marked on the charts; others who know of something put it here, too.
    public Marks marks() {
        return marks;
    }

    /// How much time the charts show.
    public void range(Range range) {
        charts.range(range);
    }

    /// Whether there is a line for each node.
    public void byNode(boolean next) {
        charts.byNode(next);
    }

    /// Somebody looks at the charts, or does not any more.
    public void looked(boolean now) {
        charts.looked(now);
    }

    /// Tries at once what failed.
    public void retry() {
        follow();
        charts.again();
    }

    private synchronized void follow() {
        if (feed.isEmpty() && !closed) {
            feed = Optional.of(workspace.live().watch(StreamWish.of(Topic.NODES), new Nodes()));
        }
    }

    private synchronized void hear(List<NodeRow> rows) {
        Instant now = workspace.clock().instant();
        Map<String, NodeRow> named = NodeWatch.named(rows);
        Map<String, Map<Figure, Double>> figures = readings.read(named, now);
        recorder.add(now, figures);
        marks.put(nodes.hear(rows, now));
        state.set(new OverviewState(
                Optional.of(now), nodes.tiles(named, figures), Readings.together(figures), Optional.empty()));
    }

    private void problem(String sentence) {
        state.update(before -> before.withProblem(Optional.of(sentence)));
    }

    @Override
    public void close() {
        link.close();
        audit.close();
        charts.close();
        synchronized (this) {
            closed = true;
            feed.ifPresent(Watch::close);
            feed = Optional.empty();
        }
    }

    private final class Nodes implements LiveFeed.Listener {

        @Override
        public void onMessage(StreamMessage message) {
            switch (message) {
                case NodesMessage heard -> hear(heard.nodes());
                case TopicProblem told -> problem(told.message());
                default -> {}
            }
        }

        @Override
        public void onInterrupted(AdminException cause) {
            problem(cause.sentence());
        }

        @Override
        public void onEnd(AdminException cause) {
            synchronized (OverviewModel.this) {
                feed = Optional.empty();
            }
            problem(cause.sentence());
        }
    }

    /// From one making of the charts to the next, by how much time they show.
    static Duration pace(Range range) {
        Duration tenth = range.span().dividedBy(600);
        return tenth.compareTo(Duration.ofSeconds(1)) < 0
                ? Duration.ofSeconds(1)
                : tenth.compareTo(Duration.ofSeconds(15)) > 0 ? Duration.ofSeconds(15) : tenth;
    }
}
