package dev.heliograph.server.transport;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;

/// Header names of the WebSocket handshake (RFC 6455 section 11.3).
final class WsHeaders {

    static final HeaderName KEY = HeaderNames.create("Sec-WebSocket-Key");
    static final HeaderName VERSION = HeaderNames.create("Sec-WebSocket-Version");
    static final HeaderName PROTOCOL = HeaderNames.create("Sec-WebSocket-Protocol");

    /// The one version there is (RFC 6455 section 4.1).
    static final String SUPPORTED_VERSION = "13";

    private WsHeaders() {}
}
