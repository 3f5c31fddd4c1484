package dev.heliograph.server.transport;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.websocket.WsConfig;
import io.helidon.webserver.websocket.WsUpgrader;

/// Has Helidon look at one handshake before there can be two at the same time: at the first one its upgrader fills a
/// list that all share, without a lock, and whoever reads it meanwhile fails with a ConcurrentModificationException.
final class UpgradeWarmUp extends WsUpgrader {

    private UpgradeWarmUp() {
        super(WsConfig.create());
    }

    /// Returns when handshakes may come.
    ///
    /// @throws IllegalStateException if Helidon did not look that far
    static void run() {
        WritableHeaders<?> handshake = WritableHeaders.create();
        handshake.set(HeaderValues.create(HeaderNames.UPGRADE, "websocket"));
        handshake.set(HeaderValues.create(HeaderNames.CONNECTION, "Upgrade"));
        if (!isWebSocketUpgrade(handshake)) {
            throw new IllegalStateException("Helidon does not know a WebSocket handshake when it sees one");
        }
    }
}
