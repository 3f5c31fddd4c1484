package dev.heliograph.server.admin;

import dev.heliograph.server.connections.Connections;
import dev.heliograph.server.connections.DisconnectPreview;
import dev.heliograph.server.connections.DisconnectRequest;
import dev.heliograph.server.connections.DisconnectRequest.Selection;
import dev.heliograph.server.connections.DisconnectStatus;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ends connections: one, some, or all that a query means, paced.
final class DisconnectsApi {

    /// How long an operation may take unless the wish says.
    private static final Duration WITHIN = Duration.ofHours(1);

    /// What a client reads in its close frame unless the wish says.
    private static final String CLOSE_REASON = "disconnected by an operator";

    /// @param operation   chosen by who asks; the same one asked for twice is one operation; random if left out
    /// @param ids         connections; or
    /// @param query       those that it means, and the order in which they end
    /// @param by          with `group`: what they are grouped by
    /// @param group       the key of the group
    /// @param reconnect   whether SDKs come back by themselves, true if left out; sets the code
    /// @param code        of the close frame, 3000 to 4999, instead of that
    /// @param closeReason of the close frame
    /// @param perSecond   connections a second over all nodes; 0 or left out for as fast as it goes
    /// @param cap         at most so many
    /// @param all         all that are meant, however many: without it a query needs a cap
    /// @param withinMs    what takes longer is refused; an hour if left out
    record DisconnectWish(
            @Nullable String operation,
            @Nullable List<String> ids,
            @Nullable String query,
            @Nullable String by,
            @Nullable String group,
            @Nullable Boolean reconnect,
            @Nullable Integer code,
            @Nullable String closeReason,
            @Nullable Double perSecond,
            @Nullable Integer cap,
            @Nullable Boolean all,
            @Nullable Long withinMs) {}

    /// @param matched   connections that are meant
    /// @param selected  those of them that would end
    /// @param examples  the first of these, 20 at most
    record WouldDisconnect(
            long matched, int selected, List<ConnectionRow> examples, long takesMs, List<String> missing) {
        static WouldDisconnect of(DisconnectPreview preview) {
            return new WouldDisconnect(
                    preview.matched(),
                    preview.selected(),
                    preview.examples().stream().map(ConnectionRow::of).toList(),
                    preview.takesMs(),
                    preview.missing());
        }
    }

    /// @param selected connections that are to end
    /// @param told     that were told to
    /// @param gone     that had ended by themselves
    /// @param leftMs   until it is done, by its pace
    record OperationRow(
            String operation,
            DisconnectStatus.State state,
            String by,
            int code,
            String closeReason,
            double perSecond,
            long matched,
            int selected,
            int told,
            int gone,
            List<String> failures,
            long startedAt,
            @Nullable Long endedAt,
            long leftMs) {
        static OperationRow of(DisconnectStatus status) {
            return new OperationRow(
                    status.operation(),
                    status.state(),
                    status.by(),
                    status.code(),
                    status.reason(),
                    status.perSecond(),
                    status.matched(),
                    status.selected(),
                    status.told(),
                    status.gone(),
                    status.failures(),
                    status.startedAt(),
                    status.endedAt() == 0 ? null : status.endedAt(),
                    status.leftMs());
        }
    }

    /// @param preview   what it would do, in a dry run
    /// @param operation what has begun, else
    record DisconnectAnswer(
            boolean dryRun,
            @Nullable WouldDisconnect preview,
            @Nullable OperationRow operation) {}

    record OperationList(List<OperationRow> operations) {}

    private final Connections connections;

    DisconnectsApi(Connections connections) {
        this.connections = connections;
    }

    List<Route> routes() {
        return List.of(
                Route.change(
                        Route.Method.POST,
                        "/v1/disconnects",
                        "connection.disconnect",
                        Role.OPERATOR,
                        "End connections. Which ones is settled when it begins; then they end at the pace.",
                        List.of(),
                        DisconnectWish.class,
                        DisconnectAnswer.class,
                        this::disconnect),
                Route.get(
                        "/v1/disconnects",
                        "disconnect.list",
                        Role.VIEWER,
                        "The operations that end connections, the newest first.",
                        List.of(),
                        OperationList.class,
                        _ -> new OperationList(connections.operations().stream()
                                .map(OperationRow::of)
                                .toList())),
                Route.get(
                        "/v1/disconnects/{operation}",
                        "disconnect.get",
                        Role.VIEWER,
                        "How far an operation is.",
                        List.of(),
                        OperationRow.class,
                        call -> OperationRow.of(find(call))),
                Route.change(
                        Route.Method.DELETE,
                        "/v1/disconnects/{operation}",
                        "disconnect.cancel",
                        Role.OPERATOR,
                        "End an operation: connections that it has not ended yet stay.",
                        List.of(),
                        null,
                        OperationRow.class,
                        this::cancel));
    }

    private DisconnectStatus find(Call call) {
        String operation = call.path("operation");
        return connections
                .operation(operation)
                .orElseThrow(() -> AdminException.notFound("no node knows an operation '" + operation + "'"));
    }

    private Object cancel(Call call) {
        String operation = call.path("operation");
        call.about(operation);
        DisconnectStatus status = find(call);
        if (call.dryRun()) {
            return OperationRow.of(status);
        }
        OperationRow after = OperationRow.of(connections.cancel(operation).orElse(status));
        call.done(null, after);
        return after;
    }

    private Object disconnect(Call call) {
        DisconnectRequest request = request(call.body(DisconnectWish.class), call.operator());
        call.about(target(request.selection()));
        if (call.dryRun()) {
            return new DisconnectAnswer(true, WouldDisconnect.of(connections.preview(request)), null);
        }
        OperationRow begun = OperationRow.of(connections.disconnect(request));
        call.done(null, begun);
        return new DisconnectAnswer(false, null, begun);
    }

    private static DisconnectRequest request(DisconnectWish wish, Operator operator) {
        List<String> ids = Objects.requireNonNullElse(wish.ids(), List.of());
        String query = Objects.requireNonNullElse(wish.query(), "");
        String by = Objects.requireNonNullElse(wish.by(), "");
        if (!ids.isEmpty() && !(query + by).isEmpty()) {
            throw AdminException.invalid("either ids or a query, not both");
        }
        if (by.isEmpty() != (wish.group() == null)) {
            throw AdminException.invalid("by and group belong together");
        }
        boolean reconnect = Objects.requireNonNullElse(wish.reconnect(), true);
        return new DisconnectRequest(
                Objects.requireNonNullElseGet(
                        wish.operation(), () -> UUID.randomUUID().toString()),
                new Selection(ids, query, by, Objects.requireNonNullElse(wish.group(), "")),
                Objects.requireNonNullElseGet(
                        wish.code(),
                        () -> reconnect ? DisconnectRequest.RECONNECT.code() : DisconnectRequest.STAY_AWAY.code()),
                Objects.requireNonNullElse(wish.closeReason(), CLOSE_REASON),
                Objects.requireNonNullElse(wish.perSecond(), 0.0),
                Objects.requireNonNullElse(wish.cap(), 0),
                Objects.requireNonNullElse(wish.all(), false),
                wish.withinMs() == null ? WITHIN : Duration.ofMillis(wish.withinMs()),
                operator.name());
    }

    private static String target(Selection selection) {
        if (!selection.clients().isEmpty()) {
            return String.join(", ", selection.clients());
        }
        String query = selection.query().isEmpty() ? "all connections" : selection.query();
        return selection.by().isEmpty() ? query : selection.by() + " " + selection.group() + " of " + query;
    }
}
