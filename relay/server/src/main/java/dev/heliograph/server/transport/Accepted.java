package dev.heliograph.server.transport;

import dev.heliograph.protocol.Encoding;

/// What the handshake settled about a connection.
///
/// @param messageLimit bytes of an incoming message
/// @param outboxLimit  bytes that may wait for the peer
record Accepted(Encoding encoding, boolean nativePing, String remoteAddress, int messageLimit, int outboxLimit) {}
