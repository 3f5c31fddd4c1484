package dev.heliograph.server.transport;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/// Looks at the head of every request before Helidon looks for an upgrade, and puts right what Helidon reads too
/// narrowly:
///
/// - `Upgrade` may name `websocket` in any case and within a list (RFC 6455 section 4.2.1, RFC 9110 section 7.8);
///   Helidon knows the lower-case word alone.
/// - `Origin` is moved to a header of our own, since Helidon compares it with exact values only and the relay's
///   patterns are checked by [HandshakeFilter].
/// - Another `Sec-WebSocket-Version` is left to the filter, too: Helidon would answer 400 before it is asked.
final class UpgradeNormalizer implements Http1ConnectionListener {

    /// The client's `Origin` on its way to the filter; a client's own header of this name is dropped.
    static final HeaderName ORIGIN = HeaderNames.create("x-heliograph-origin");

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        if (!(headers instanceof WritableHeaders<?> writable)) {
            return;
        }
        writable.remove(ORIGIN);
        if (!headers.contains(HeaderNames.UPGRADE)) {
            return;
        }
        for (String value : headers.values(HeaderNames.UPGRADE)) {
            for (String token : value.split(",")) {
                if (token.strip().equalsIgnoreCase("websocket")) {
                    normalize(writable);
                    return;
                }
            }
        }
    }

    private static void normalize(WritableHeaders<?> headers) {
        if (headers.first(WsHeaders.VERSION).orElse("").equals(WsHeaders.SUPPORTED_VERSION)) {
            headers.set(HeaderValues.create(HeaderNames.UPGRADE, "websocket"));
        } else {
            headers.remove(HeaderNames.UPGRADE);
        }
        if (headers.contains(HeaderNames.ORIGIN)) {
            headers.set(
                    HeaderValues.create(ORIGIN, headers.get(HeaderNames.ORIGIN).get()));
            headers.remove(HeaderNames.ORIGIN);
        }
    }
}
