package dev.heliograph.server.transport;

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
import java.util.function.BooleanSupplier;

/// Refuses bad WebSocket handshakes with an HTTP status, before Helidon upgrades (RFC 6455 section 4.2.1): 400 for what
/// is not a handshake, 403 for a foreign origin, 426 for another version, 503 when the node is full.
final class HandshakeFilter implements Filter {

    private static final Log LOG = Log.of(HandshakeFilter.class);

    private final String path;
    private final OriginPatterns origins;
    private final BooleanSupplier admits;
    private final Counts<HandshakeOutcome> outcomes;

    /// @param path   of the WebSocket endpoint
    /// @param admits   whether the node takes one more connection now
    /// @param outcomes counts refusals
    HandshakeFilter(
            String path, OriginPatterns origins, BooleanSupplier admits, Counts<HandshakeOutcome> outcomes) {
        this.outcomes = outcomes;
        this.path = path;
        this.origins = origins;
        this.admits = admits;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        if (!request.path().path().equals(path)) {
            chain.proceed();
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
        } else if (!headers.first(UpgradeNormalizer.ORIGIN).map(origins::allows).orElse(true)) {
            outcomes.add(HandshakeOutcome.ORIGIN);
            refuse(request, response, Status.FORBIDDEN_403, "origin not allowed");
        } else if (!admits.getAsBoolean()) {
            response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, "1"));
            outcomes.add(HandshakeOutcome.FULL);
            refuse(request, response, Status.SERVICE_UNAVAILABLE_503, "too many connections");
        } else {
            chain.proceed();
        }
    }

    private static boolean supportedVersion(ServerRequestHeaders headers) {
        return headers.first(WsHeaders.VERSION).orElse("").equals(WsHeaders.SUPPORTED_VERSION);
    }

    private static void refuse(RoutingRequest request, RoutingResponse response, Status status, String reason) {
        LOG.debug(
                "handshake refused: {} {}",
                Log.about("", "", request.remotePeer().host()),
                status.code(),
                reason);
        response.status(status);
        response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/json"));
        response.send("{\"error\":\"" + reason + "\"}");
    }
}
