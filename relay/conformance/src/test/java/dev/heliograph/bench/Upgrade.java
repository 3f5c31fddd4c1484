package dev.heliograph.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

/// The request that opens a WebSocket connection (RFC 6455 section 4.1), always the same.
final class Upgrade {

    private static final byte[] REQUEST = """
            GET /connection/websocket HTTP/1.1\r
            Host: localhost\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
            \r
            """.getBytes(UTF_8);

    private Upgrade() {}

    static byte[] request() {
        return REQUEST.clone();
    }
}
