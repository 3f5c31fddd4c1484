package dev.heliograph.loadtest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetSocketAddress;
import java.net.URI;

/// Where WebSocket connections go to.
///
/// @param upgrade the request that opens one (RFC 6455 section 4.1)
record Endpoint(InetSocketAddress address, byte[] upgrade) {

    private static final int HTTP = 80;

    /// @throws IllegalArgumentException with a reason, if it is no such URL or its host is not known
    static Endpoint of(URI url) {
        return of(url, "");
    }

    /// @param subprotocol to ask for (RFC 6455 section 1.9); empty for none
    /// @throws IllegalArgumentException with a reason, if it is no such URL or its host is not known
    static Endpoint of(URI url, String subprotocol) {
        if (!"ws".equals(url.getScheme()) || url.getHost() == null) {
            throw new IllegalArgumentException("'" + url + "' is not a URL such as ws://10.0.0.1/connection/websocket");
        }
        InetSocketAddress address = new InetSocketAddress(url.getHost(), url.getPort() < 0 ? HTTP : url.getPort());
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("'" + url + "': the host is not known");
        }
        String target = url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery());
        String request = "GET " + (target.isEmpty() ? "/" : target) + " HTTP/1.1\r\nHost: " + url.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=="
                + (subprotocol.isEmpty() ? "" : "\r\nSec-WebSocket-Protocol: " + subprotocol) + "\r\n\r\n";
        return new Endpoint(address, request.getBytes(US_ASCII));
    }
}
