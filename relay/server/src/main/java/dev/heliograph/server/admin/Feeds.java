package dev.heliograph.server.admin;

import dev.heliograph.server.connections.Tail;
import dev.heliograph.server.connections.TailLine;
import dev.heliograph.server.connections.TailRequest;
import dev.heliograph.server.control.Control;
import dev.heliograph.server.follow.FollowedEvent;
import dev.heliograph.server.follow.Follows;
import dev.heliograph.server.observe.FollowSpec;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Where the topics of a stream come from. Each tells on a thread of its own, and waits while it is not
/// listened to: what is seen meanwhile is old then, and is left out or counted at its source.
final class Feeds {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Nodes nodes;
    private final Control control;
    private final AdminServer.Facades facades;

    Feeds(Nodes nodes, Control control, AdminServer.Facades facades) {
        this.nodes = nodes;
        this.control = control;
        this.facades = facades;
    }

    /// Begins a topic. When this returns, what happens from now on is told.
    ///
    /// @param out     takes the messages; may block
    /// @param whenEnd told if it ends by itself, behind its last message
    /// @return ends it soon
    /// @throws RuntimeException as facades do
    AutoCloseable begin(Topic topic, StreamWish wish, Consumer<StreamMessage> out, Runnable whenEnd) {
        return switch (topic) {
            case NODES ->
                new Look(
                                topic,
                                SECOND,
                                () -> List.of(new StreamMessage.NodesMessage(
                                        nodes.list().nodes())),
                                out)
                        .start();
            case AUDIT -> new Look(topic, SECOND, new AuditSight(control), out).start();
            case DRAINS -> new Look(topic, SECOND, new DrainsSight(facades.drains()), out).start();
            case LIMITS -> new Look(topic, SECOND, new LimitsSight(facades.guard(), System::nanoTime), out).start();
            case CONNECTIONS -> new Look(topic, wish.every(), () -> connections(wish), out).start();
            case TAIL -> tail(wish.tail().orElseThrow(), out, whenEnd);
            case FOLLOW -> follow(wish.follow().orElseThrow(), out, whenEnd);
        };
    }

    private List<StreamMessage> connections(StreamWish wish) {
        return List.of(new StreamMessage.ConnectionsMessage(
                ConnectionsApi.ConnectionList.of(facades.connections().list(wish.query(), wish.limit(), ""))));
    }

    private AutoCloseable tail(TailRequest request, Consumer<StreamMessage> out, Runnable whenEnd) {
        return facades.connections().tail(request, new Tail.Listener() {
            @Override
            public void onLine(TailLine line, long skipped) {
                out.accept(StreamMessage.TailMessage.of(request.channel(), line, skipped));
            }

            @Override
            public void onEnd(long seen, long skipped) {
                out.accept(new StreamMessage.TailEnd(request.channel(), seen, skipped));
                whenEnd.run();
            }
        });
    }

    private AutoCloseable follow(FollowSpec spec, Consumer<StreamMessage> out, Runnable whenEnd) {
        return facades.follows().begin(spec, new Follows.Listener() {
            private List<String> missed = List.of();

            @Override
            public void onEvents(List<FollowedEvent> events, long dropped, List<String> missing) {
                // A node that is missing is told when it is missed, and when it is there again.
                if (!events.isEmpty() || dropped > 0 || !missing.equals(missed)) {
                    missed = missing;
                    out.accept(new StreamMessage.FollowMessage(
                            events.stream().map(StreamMessage.FollowRow::of).toList(), dropped, missing));
                }
            }

            @Override
            public void onEnd(long shown, long dropped) {
                out.accept(new StreamMessage.FollowEnd(shown, dropped));
                whenEnd.run();
            }
        });
    }
}
