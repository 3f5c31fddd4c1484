package dev.heliograph.server.admin;

import dev.heliograph.server.cluster.ClusterException;
import dev.heliograph.server.control.ControlException;
import dev.heliograph.server.observe.Counts;
import dev.heliograph.server.observe.Instruments;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.Status;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// Serves the routes: finds out who asks, whether they may, what they want; answers in JSON. Each request, whatever its
/// path, needs a token. A failure is `{"error":{"code":..,"message":..}}` with its status; what nobody expected is 500
/// with a number that stands in the log, too.
final class AdminApi {

    private static final System.Logger LOG = System.getLogger(AdminApi.class.getName());

    private final List<Route> routes;
    private final Authenticator authenticator;
    private final FailureLimit failures;
    private final Counts<AccessFailure> failureCounts;
    private final Audit audit;
    private final LiveStreams streams;
    private final Clock clock;
    private final byte[] description;

    /// @param version of the relay, for the description
    AdminApi(
            List<Route> routes,
            Authenticator authenticator,
            FailureLimit failures,
            Instruments instruments,
            Audit audit,
            LiveStreams streams,
            Clock clock,
            String version) {
        this.routes = List.copyOf(routes);
        this.description = Json.write(OpenApi.of(routes, version));
        this.authenticator = authenticator;
        this.failures = failures;
        this.failureCounts = instruments.counts(
                "heliograph_admin_auth_failures",
                "Requests of the admin API that were not let in, by what was wrong with the operator's token or role.",
                "cause",
                AccessFailure.class);
        this.audit = audit;
        this.streams = streams;
        this.clock = clock;
    }

    void route(HttpRouting.Builder http) {
        http.addFilter(this::authenticate);
        for (Route route : routes) {
            switch (route.method()) {
                case GET -> http.get(route.path(), (request, response) -> handle(route, request, response));
                case POST -> http.post(route.path(), (request, response) -> handle(route, request, response));
                case PUT -> http.put(route.path(), (request, response) -> handle(route, request, response));
                case DELETE -> http.delete(route.path(), (request, response) -> handle(route, request, response));
            }
        }
        http.get(
                LiveStreams.PATH,
                (_, response) -> fail(response, AdminException.invalid("this is a WebSocket: ask for an upgrade")));
        http.get("/v1/openapi.json", (_, response) -> send(response, description));
        http.any((request, response) -> fail(
                response,
                AdminException.notFound(
                        "there is no " + request.prologue().method().text() + " at this path")));
    }

    private void authenticate(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String from = request.remotePeer().host();
        Operator operator;
        try {
            operator = authenticator.authenticate(bearer(request.headers()), from);
        } catch (AdminException e) {
            count(e);
            fail(response, e.status() == 401 ? failed(from, response, e) : e);
            return;
        }
        request.context().register(operator);
        if (request.path().path().equals(LiveStreams.PATH)) {
            try {
                streams.check(operator, request.query());
            } catch (AdminException e) {
                count(e);
                fail(response, e);
                return;
            }
        }
        chain.proceed();
    }

    private void count(AdminException e) {
        e.failure().ifPresent(failureCounts::add);
    }

    /// What someone whose token is not accepted is told: when there were many of them, to wait. A good token is
    /// let in all the same: a script with an old one must not lock out everybody who comes from its address.
    private AdminException failed(String from, ServerResponse response, AdminException why) {
        long wait = failures.wait(from);
        if (wait > 0) {
            response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, String.valueOf(wait)));
            return AdminException.tooMany("too many tokens that are not accepted; wait " + wait + " seconds");
        }
        failures.failed(from);
        response.header(HeaderValues.create(HeaderNames.WWW_AUTHENTICATE, "Bearer"));
        LOG.log(Level.WARNING, () -> "a request of the admin API from " + from + " is refused: " + why.text());
        return why;
    }

    /// The token of a request.
    ///
    /// @throws AdminException 401 if it has none
    static String bearer(Headers headers) {
        String header = headers.first(HeaderNames.AUTHORIZATION).orElse("");
        if (header.isEmpty()) {
            throw AdminException.unauthenticated(
                    AccessFailure.MISSING, "a token is needed: Authorization: Bearer <token>");
        }
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw AdminException.unauthenticated(
                    AccessFailure.MALFORMED, "the Authorization header is not Bearer <token>");
        }
        return header.substring(7).strip();
    }

    /// Who makes a request that the filter has let through.
    static Operator operator(ServerRequest request) {
        return request.context()
                .get(Operator.class)
                .orElseThrow(() -> new IllegalStateException("a request without an operator"));
    }

    private void handle(Route route, ServerRequest request, ServerResponse response) {
        Operator operator = operator(request);
        Call call = new Call(route, operator, request, audit, clock.millis());
        try {
            if (!operator.role().allows(route.role())) {
                throw AdminException.forbidden(
                        "this needs the role " + route.role().text() + ", and '" + operator.name() + "' is "
                                + operator.role().text());
            }
            call.check();
            json(response, Status.OK_200, route.handler().handle(call));
        } catch (RuntimeException e) {
            Optional<AdminException> answer = AdminException.of(e);
            if (answer.isEmpty()) {
                LOG.log(Level.ERROR, "admin API: " + route.id() + " failed", e);
                refused(
                        route,
                        call,
                        AdminException.unavailable("failed: " + e.getClass().getSimpleName()));
                response.status(Status.INTERNAL_SERVER_ERROR_500);
                send(response, new Failure(new Problem("internal", "it failed; the log of the relay says why")));
                return;
            }
            if (e instanceof ControlException || e instanceof ClusterException) {
                LOG.log(Level.WARNING, () -> "admin API: " + route.id() + ": " + e.getMessage());
            }
            count(answer.get());
            refused(route, call, answer.get());
            fail(response, answer.get());
        }
    }

    /// A change that was tried is on record, too; a question is not.
    private static void refused(Route route, Call call, AdminException e) {
        if (route.isChange() && !call.dryRun()) {
            call.refused(e.text());
        }
    }

    record Failure(Problem error) {}

    record Problem(String code, String message) {}

    private static void fail(ServerResponse response, AdminException e) {
        response.status(Status.create(e.status()));
        send(response, new Failure(new Problem(e.code(), e.text())));
    }

    private static void json(ServerResponse response, Status status, Object body) {
        response.status(status);
        send(response, body);
    }

    private static void send(ServerResponse response, Object body) {
        send(response, Json.write(body));
    }

    private static void send(ServerResponse response, byte[] json) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.header(HeaderValues.create(HeaderNames.CACHE_CONTROL, "no-store"));
        response.header(HeaderValues.create("X-Content-Type-Options", "nosniff"));
        response.send(json);
    }
}
