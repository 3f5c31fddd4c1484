package dev.heliograph.server.admin;

import dev.heliograph.server.control.AuditEntry;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request of a route.
final class Call {

    private static final int MAX_TARGET = 300;

    private final Route route;
    private final Operator operator;
    private final ServerRequest request;
    private final Arguments arguments;
    private final Audit audit;
    private final long now;
    private String target = "";

    /// @param now in Unix milliseconds
    Call(Route route, Operator operator, ServerRequest request, Audit audit, long now) {
        this.audit = audit;
        this.route = route;
        this.operator = operator;
        this.request = request;
        this.arguments = new Arguments(request.query(), route.params());
        this.now = now;
    }

    /// Requires parameters to be the route's.
    ///
    /// @throws AdminException 400 for a parameter that the route does not have, or that is not of its kind
    void check() {
        arguments.check();
    }

    Operator operator() {
        return operator;
    }

    /// When the request came, in Unix milliseconds.
    long now() {
        return now;
    }

    /// A parameter of the path.
    String path(String name) {
        return request.path().pathParameters().get(name);
    }

    Optional<String> text(String name) {
        return arguments.text(name);
    }

    /// @throws AdminException 400 if it is out of bounds
    long integer(String name, long fallback, long min, long max) {
        return arguments.integer(name, fallback, min, max);
    }

    boolean flag(String name) {
        return arguments.flag(name);
    }

    boolean dryRun() {
        return flag(Route.DRY_RUN.name());
    }

    /// Why the operator does it, as far as they say.
    String reason() {
        return arguments.reason();
    }

    /// The body.
    ///
    /// @throws AdminException 400 if it is not what the route takes
    <T> T body(Class<T> type) {
        if (!request.content().hasEntity()) {
            throw AdminException.invalid("a JSON body is needed");
        }
        return Json.read(request.content().as(byte[].class), type);
    }

    /// A line of the audit record for what this call does.
    AuditEntry entry(String subject, @Nullable Object before, @Nullable Object after, String outcome) {
        return new AuditEntry(
                "",
                now,
                operator.name(),
                operator.role().text(),
                operator.from(),
                route.id(),
                subject,
                reason(),
                before == null ? null : Json.MAPPER.valueToTree(before),
                after == null ? null : Json.MAPPER.valueToTree(after),
                outcome);
    }

    /// Says what this is about, so that the record can tell even if it is refused.
    void about(String newTarget) {
        target = newTarget.length() > MAX_TARGET ? newTarget.substring(0, MAX_TARGET) + "..." : newTarget;
    }

    /// Puts on record that it is done; for changes that are no documents, whose commits record them.
    void done(@Nullable Object before, @Nullable Object after) {
        audit.record(entry(target, before, after, "ok"));
    }

    /// Puts on record that it was refused or failed.
    void refused(String why) {
        audit.record(entry(target, null, null, "refused: " + why));
    }
}
