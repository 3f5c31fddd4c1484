package dev.heliograph.server.transport;

import dev.heliograph.protocol.Encoding;

/// What the handshake settled about a connection.
///
/// @param tls                whether the socket of the relay is encrypted
/// @param messageLimit       bytes of an incoming message
/// @param outboxLimit        bytes that may wait for the peer
/// @param writeTimeoutMillis how long the peer may take nothing of what waits; 0 for any time
record Accepted(
        Encoding encoding,
        boolean nativePing,
        String remoteAddress,
        boolean tls,
        int messageLimit,
        int outboxLimit,
        int writeTimeoutMillis) {}
