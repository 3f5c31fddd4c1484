package dev.heliograph.server.admin;

import dev.heliograph.server.drain.DrainOrder;
import dev.heliograph.server.drain.DrainStatus;
import dev.heliograph.server.drain.Drains;
import dev.heliograph.server.drain.RebalanceOrder;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Moves clients from node to node, paced.
final class DrainsApi {

    /// Either `percent` or `count`, and either `per_second` or `deadline_ms`.
    ///
    /// @param percent    of the clients that are there now; 100 also refuses new ones until it is cancelled
    /// @param count      of clients
    /// @param perSecond  clients a second
    /// @param deadlineMs until when all are asked, from now
    /// @param force      also if no other node is there to take them
    record DrainWish(
            @Nullable Double percent,
            @Nullable Integer count,
            @Nullable Double perSecond,
            @Nullable Long deadlineMs,
            @Nullable Boolean force) {
        DrainOrder order() {
            return new DrainOrder(
                    percent == null && count == null ? 100 : Objects.requireNonNullElse(percent, 0.0),
                    Objects.requireNonNullElse(count, 0),
                    Objects.requireNonNullElse(perSecond, 0.0),
                    Guarding.orZero(deadlineMs),
                    Objects.requireNonNullElse(force, false));
        }
    }

    /// @param perSecond        clients a second of each node that has too many
    /// @param tolerancePercent of the mean, by which a node may have more; 10 if left out
    record RebalanceWish(double perSecond, @Nullable Double tolerancePercent) {}

    /// @param total    clients that are to move
    /// @param moved    that were asked to reconnect
    /// @param setPoint clients a second that were asked for
    /// @param pace     now: less while the other nodes have trouble
    /// @param measured over the last five seconds
    /// @param etaMs    until all are asked; left out if that cannot be said
    /// @param note     why it is slow or has ended; empty if there is nothing to say
    record DrainRow(
            String node,
            String nodeId,
            DrainStatus.Kind kind,
            DrainStatus.State state,
            int total,
            int moved,
            int left,
            int connections,
            double setPoint,
            double pace,
            double measured,
            @Nullable Long etaMs,
            String note) {
        static DrainRow of(DrainStatus status) {
            return new DrainRow(
                    status.name(),
                    status.node(),
                    status.kind(),
                    status.state(),
                    status.total(),
                    status.moved(),
                    status.left(),
                    status.connections(),
                    status.setPoint(),
                    status.pace(),
                    status.measured(),
                    status.etaMillis() < 0 ? null : status.etaMillis(),
                    status.note());
        }
    }

    record DrainList(List<DrainRow> drains) {}

    record DrainAnswer(DrainRow drain, boolean dryRun) {}

    record RebalanceAnswer(List<DrainRow> drains, boolean dryRun) {}

    private final Drains drains;

    DrainsApi(Drains drains) {
        this.drains = drains;
    }

    List<Route> routes() {
        return List.of(
                Route.get(
                        "/v1/drains",
                        "drain.list",
                        Role.VIEWER,
                        "How far each node is.",
                        List.of(),
                        DrainList.class,
                        _ -> new DrainList(rows(drains.status()))),
                Route.change(
                        Route.Method.POST,
                        "/v1/drains/{node}",
                        "drain.start",
                        Role.OPERATOR,
                        "Ask the clients of a node, or a share of them, to reconnect elsewhere.",
                        List.of(),
                        DrainWish.class,
                        DrainAnswer.class,
                        this::start),
                command("pause", "Stop for a while; the node still refuses clients.", drains::pause),
                command("resume", "Go on.", drains::resume),
                command("cancel", "End it; the node takes clients again.", drains::cancel),
                Route.change(
                        Route.Method.POST,
                        "/v1/rebalance",
                        "drain.rebalance",
                        Role.OPERATOR,
                        "Move clients from nodes that have more than the mean, until they have not.",
                        List.of(),
                        RebalanceWish.class,
                        RebalanceAnswer.class,
                        this::rebalance));
    }

    private Route command(String name, String summary, Function<String, DrainStatus> command) {
        return Route.change(
                Route.Method.POST,
                "/v1/drains/{node}/" + name,
                "drain." + name,
                Role.OPERATOR,
                summary,
                List.of(),
                null,
                DrainAnswer.class,
                call -> {
                    String node = call.path("node");
                    call.about(node);
                    if (call.dryRun()) {
                        return new DrainAnswer(current(node), true);
                    }
                    DrainAnswer answer = new DrainAnswer(DrainRow.of(command.apply(node)), false);
                    call.done(null, answer.drain());
                    return answer;
                });
    }

    /// What a command to a node would touch.
    private DrainRow current(String node) {
        return drains.status().stream()
                .filter(each -> each.node().equals(node) || each.name().equals(node))
                .findFirst()
                .map(DrainRow::of)
                .orElseThrow(() -> AdminException.invalid("there is no node " + node));
    }

    private static List<DrainRow> rows(List<DrainStatus> all) {
        return all.stream().map(DrainRow::of).toList();
    }

    private DrainAnswer start(Call call) {
        String node = call.path("node");
        call.about(node);
        DrainOrder order = call.body(DrainWish.class).order();
        DrainAnswer answer = new DrainAnswer(DrainRow.of(drains.start(node, order, call.dryRun())), call.dryRun());
        if (!call.dryRun()) {
            call.done(null, answer.drain());
        }
        return answer;
    }

    private RebalanceAnswer rebalance(Call call) {
        call.about("all nodes");
        RebalanceWish wish = call.body(RebalanceWish.class);
        RebalanceOrder order =
                new RebalanceOrder(wish.perSecond(), Objects.requireNonNullElse(wish.tolerancePercent(), 10.0));
        RebalanceAnswer answer = new RebalanceAnswer(rows(drains.rebalance(order, call.dryRun())), call.dryRun());
        if (!call.dryRun()) {
            call.done(null, answer);
        }
        return answer;
    }
}
