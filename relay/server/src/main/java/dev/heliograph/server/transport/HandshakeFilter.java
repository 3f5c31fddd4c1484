package dev.heliograph.server.transport;

import dev.heliograph.server.guard.Admission;
import dev.heliograph.server.guard.Guard;
import dev.heliograph.server.guard.Refusal;
import dev.heliograph.server.ip.IpAddress;
import dev.heliograph.server.observe.Counts;
import dev.heliograph.server.observe.Log;
import dev.heliograph.server.websocket.Handshake;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// Refuses bad WebSocket handshakes with an HTTP status, before Helidon upgrades (RFC 6455 section 4.2.1): 400 for what
/// is not a handshake, 403 for a foreign origin or an address that is kept out, 426 for another version, 503 while the
/// node drains, 429 and 503 with `Retry-After` for what a limit does not admit. Who is admitted may have to wait for a
/// turn, up to a second.
final class HandshakeFilter implements Filter {

    private static final Log LOG = Log.of(HandshakeFilter.class);

    private final String path;
    private final Predicate<String> origins;
    private final Guard guard;
    private final BooleanSupplier draining;
    private final Handshakes handshakes;
    private final Counts<HandshakeOutcome> outcomes;

    /// @param path     of the WebSocket endpoint
    /// @param origins  which may connect
    /// @param draining whether the node sends all new clients elsewhere
    /// @param outcomes counts refusals
    HandshakeFilter(
            String path,
            Predicate<String> origins,
            Guard guard,
            BooleanSupplier draining,
            Handshakes handshakes,
            Counts<HandshakeOutcome> outcomes) {
        this.outcomes = outcomes;
        this.path = path;
        this.origins = origins;
        this.guard = guard;
        this.draining = draining;
        this.handshakes = handshakes;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!request.path().path().equals(path)) {
            chain.proceed();
            return;
        }
        IpAddress address = clientAddress(request);
        Optional<Refusal> unwanted = guard.admitAddress(address);
        if (unwanted.isPresent()) {
            refuse(request, response, unwanted.get());
            return;
        }
        ServerRequestHeaders headers = request.headers();
        if (!request.prologue().method().text().equals("GET")) {
            outcomes.add(HandshakeOutcome.METHOD);
            refuse(request, response, Status.METHOD_NOT_ALLOWED_405, "method not allowed");
        } else if (headers.contains(WsHeaders.VERSION) && !supportedVersion(headers)) {
            response.header(HeaderValues.create(WsHeaders.VERSION, WsHeaders.SUPPORTED_VERSION));
            outcomes.add(HandshakeOutcome.VERSION);
            refuse(request, response, Status.create(426, "Upgrade Required"), "unsupported WebSocket version");
        } else if (!supportedVersion(headers)
                || !Handshake.isUpgradeRequest(
                        headers.first(HeaderNames.UPGRADE).orElse(""),
                        String.join(",", headers.values(HeaderNames.CONNECTION)))) {
            response.header(HeaderValues.create(HeaderNames.UPGRADE, "websocket"));
            response.header(HeaderValues.create(HeaderNames.CONNECTION, "Upgrade"));
            outcomes.add(HandshakeOutcome.NO_UPGRADE);
            refuse(request, response, Status.create(426, "Upgrade Required"), "this is a WebSocket endpoint");
        } else if (Handshake.acceptKey(headers.first(WsHeaders.KEY).orElse("")).isEmpty()) {
            outcomes.add(HandshakeOutcome.KEY);
            refuse(request, response, Status.BAD_REQUEST_400, "bad Sec-WebSocket-Key");
        } else if (!headers.first(UpgradeNormalizer.ORIGIN).map(origins::test).orElse(true)) {
            outcomes.add(HandshakeOutcome.ORIGIN);
            refuse(request, response, Status.FORBIDDEN_403, "origin not allowed");
        } else if (draining.getAsBoolean()) {
            refuseDraining(request, response);
        } else {
            // Last: only a handshake that is fine takes a place.
            Admission admission = guard.admitHandshake(address);
            if (admission.refusal().isPresent()) {
                Refusal refusal = admission.refusal().get();
                if (refusal.cause().status() == Status.SERVICE_UNAVAILABLE_503.code()) {
                    handshakes.refuse();
                }
                refuse(request, response, refusal);
            } else if (!itsTurnCame(admission)) {
                refuseDraining(request, response);
            } else {
                handshakes.accept();
                chain.proceed();
            }
        }
    }

    /// Waits for its turn.
    ///
    /// @return whether the node takes clients then
    private boolean itsTurnCame(Admission admission) {
        try {
            if (admission.waitNanos() > 0) {
                Thread.sleep(Duration.ofNanos(admission.waitNanos()));
            }
            long more = admission.goThrough(System.nanoTime());
            if (more > 0) {
                Thread.sleep(Duration.ofNanos(more));
            }
            return admission.waitNanos() + more == 0 || !draining.getAsBoolean();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void refuseDraining(RoutingRequest request, RoutingResponse response) {
        response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, "1"));
        outcomes.add(HandshakeOutcome.DRAINING);
        refuse(request, response, Status.SERVICE_UNAVAILABLE_503, "draining");
    }

    private static IpAddress clientAddress(RoutingRequest request) {
        return IpAddress.parse(ClientAddress.of(request.headers()));
    }

    private void refuse(RoutingRequest request, RoutingResponse response, Refusal refusal) {
        outcomes.add(HandshakeOutcome.of(refusal.cause()));
        if (refusal.retryAfter() > 0) {
            response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, refusal.retryAfter()));
        }
        refuse(
                request,
                response,
                Status.create(refusal.cause().status()),
                refusal.cause().text());
    }

    private static boolean supportedVersion(ServerRequestHeaders headers) {
        return headers.first(WsHeaders.VERSION).orElse("").equals(WsHeaders.SUPPORTED_VERSION);
    }

    private static void refuse(RoutingRequest request, RoutingResponse response, Status status, String reason) {
        LOG.debug(
                "handshake refused: {} {}",
                Log.about("", "", ClientAddress.of(request.headers())),
                status.code(),
                reason);
        response.status(status);
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"));
        response.send("{\"error\":\"" + reason + "\"}");
    }
}
